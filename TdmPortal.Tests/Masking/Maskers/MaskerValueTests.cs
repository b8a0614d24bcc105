using System.Text;
using TdmPortal.Core.Generators.Finance;
using TdmPortal.Core.Generators.Internet;
using TdmPortal.Core.Masking.Maskers;
using TdmPortal.Core.Schemas;
using Xunit;

namespace TdmPortal.Tests.Masking.Maskers;

/// <summary>What single maskers make of single values.</summary>
[Trait("Requirement", "D3")]
public sealed class MaskerValueTests
{
    [Theory]
    [InlineData("default", "test1234", "********")]
    [InlineData("password", "secret", "************")]
    [InlineData("name", "ABCD", "A**D")]
    [InlineData("name", "A", "*")]
    [InlineData("address", "221 Baker Street", "221 Ba**********")]
    [InlineData("email", "ggwhite@gmail.com", "ggw****@gmail.com")]
    [InlineData("email", "n/a", "***")]
    [InlineData("mobile", "0987654321", "0987***321")]
    [InlineData("phone", "(02)2799-3078", "(02)2799-****")]
    [InlineData("id", "A123456789", "A12345****")]
    [InlineData("card", "1234567890123456", "123456******3456")]
    [InlineData("url", "http://admin:mysecretpassword@localhost:1234/uri", "http://admin:*****@localhost:1234/uri")]
    [InlineData("postcode", "SW1A 1AA", "SW******")]
    public void Partial_EachStyle_ShowsItsPart(string style, string value, string masked) =>
        Assert.Equal(masked, MaskerRun.One("partial", value, $$"""{"style":"{{style}}"}"""));

    [Theory]
    [InlineData("Müller an Jürg und Jürg", """{"pattern":"J\\w+","replacement":"Øyvind"}""", "Müller an Øyvind und Øyvind")]
    [InlineData("4711 and 4712", """{"pattern":"\\d+","replacement":""}""", " and ")]
    [InlineData("tel 030 1234", """{"pattern":"(\\d+) (\\d+)","replacement":"$1 ***"}""", "tel 030 ***")]
    [InlineData("nobody", """{"pattern":"\\d","others":"keep"}""", "nobody")]
    public void Regex_EveryMatch_IsReplaced(string value, string args, string masked) =>
        Assert.Equal(masked, MaskerRun.One("regex", value, args));

    [Fact]
    public void Card_OfAnyForm_KeepsIssuerAndLuhn()
    {
        var masked = MaskerRun.One("card", "4111-1111-1111-1111")!;
        var digits = Encoding.ASCII.GetBytes(masked.Replace("-", "", StringComparison.Ordinal));
        Assert.StartsWith("4111-11", masked, StringComparison.Ordinal);
        Assert.Equal(CheckDigits.Luhn(digits.AsSpan(..^1)), digits[^1]);
        Assert.Equal(masked.Replace("-", "", StringComparison.Ordinal), MaskerRun.One("card", "4111111111111111"));
    }

    [Theory]
    [InlineData("DE89 3704 0044 0532 0130 00")]
    [InlineData("GB29NWBK60161331926819")]
    [InlineData("fr1420041010050500013m02606")]
    [InlineData("NO9386011117947")]
    public void Iban_OfAnyCountry_KeepsCountryAndHasRightCheckDigits(string iban)
    {
        foreach (var bank in new[] { "true", "false" })
        {
            var masked = MaskerRun.One("iban", iban, $$"""{"bank":{{bank}}}""")!;
            var compact = Encoding.ASCII.GetBytes(masked.Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant());
            Assert.Equal(1, IbanSource.Remainder(compact));
            Assert.Equal(iban[..2], masked[..2]);
            Assert.NotEqual(iban, masked);
        }
    }

    [Fact]
    public void Phone_WithAndWithoutCountry_GetsTheSameSubscriber()
    {
        var (abroad, home) = (MaskerRun.One("phone", "+49 171 3920017")!, MaskerRun.One("phone", "0171/3920017")!);
        Assert.StartsWith("+49 171 ", abroad, StringComparison.Ordinal);
        Assert.StartsWith("0171/", home, StringComparison.Ordinal);
        Assert.Equal(abroad[^7..], home[^7..]);
    }

    [Fact]
    public void Email_ByDefault_IsReservedAndFollowsTheNames()
    {
        var masked = MaskerRun.One("email", "Anna.Miller@acme.com")!;
        Assert.True(ReservedDomains.Contains(masked[(masked.IndexOf('@', StringComparison.Ordinal) + 1)..]));
        Assert.Equal(masked, MaskerRun.One("email", "anna.miller@ACME.com "));

        // The same names become what they become in a full name.
        var name = MaskerRun.One("full_name", "Anna Miller")!.Split(' ');
        Assert.StartsWith($"{name[0]}.{name[1]}.".ToLowerInvariant(), masked, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("keep", "@acme.com")]
    [InlineData("map", ".example.")]
    public void Email_ByDomain_KeepsOrMapsIt(string domain, string part) =>
        Assert.Contains(part, MaskerRun.One("email", "k17@acme.com", $$"""{"domain":"{{domain}}"}""")!, StringComparison.Ordinal);

    [Fact]
    public void Email_WrongForm_IsScrambled() => Assert.Matches("^[a-z]/[a-z]$", MaskerRun.One("email", "n/a"));

    [Theory]
    [InlineData("first_name", "ANNA")]
    [InlineData("last_name", "miller")]
    public void Names_InAnyCase_KeepIt(string masker, string name)
    {
        var masked = MaskerRun.One(masker, name)!;
        Assert.Equal(char.IsUpper(name[0]) ? masked.ToUpperInvariant() : masked.ToLowerInvariant(), masked);
        Assert.Equal(masked, MaskerRun.One(masker, $" {name.ToLowerInvariant()}")!, ignoreCase: true);
    }

    [Fact]
    public void FirstName_OfAWoman_BecomesAWomansName()
    {
        foreach (var name in new[] { "Mary", "Susan", "Elizabeth", "Barbara" })
            Assert.True((NameIndex.First.Find(Encoding.UTF8.GetBytes(MaskerRun.One("first_name", name)!)).Genders & 2) != 0);
        var told = new MaskerRun { Definition = MaskerCatalogue.Find("first_name")!, Arguments = """{"gender":"sex"}""", Others = [(MaskerRun.Describe("sex", FieldType.String), ["m", "f"])] }.Mask("Kim", "Kim");
        Assert.Equal(1, NameIndex.First.Find(Encoding.UTF8.GetBytes(told[0]!)).Genders & 1);
        Assert.Equal(2, NameIndex.First.Find(Encoding.UTF8.GetBytes(told[1]!)).Genders & 2);
    }

    [Fact]
    public void FullName_InEveryOrder_AgreesWithItsParts()
    {
        var masked = MaskerRun.One("full_name", "Dr. Anna Miller")!;
        var parts = masked.Split(' ');
        Assert.Equal("Dr.", parts[0]);
        Assert.Equal($"{parts[2]}, {parts[1]}", MaskerRun.One("full_name", "Miller, Anna"));

        var followed = new MaskerRun
        {
            Definition = MaskerCatalogue.Find("full_name")!, Arguments = """{"first":"first","last":"last"}""",
            Others = [(MaskerRun.Describe("first", FieldType.String), ["Zoë"]), (MaskerRun.Describe("last", FieldType.String), ["Quux"])],
        }.Mask("MILLER, ANNA")[0];
        Assert.Equal("QUUX, ZOË", followed);
    }

    [Fact]
    public void Ip_OfOneNetwork_StaysInOneNetwork()
    {
        var masked = MaskerRun.Run("ip", ["192.0.2.17", "192.0.2.18", "192.0.3.18", "10.1.1.1", "2001:db8::1", "2001:db8::2"]);
        Assert.Equal(Network(masked[0]!, 3), Network(masked[1]!, 3));
        Assert.Equal(Network(masked[0]!, 2), Network(masked[2]!, 2));
        Assert.NotEqual(Network(masked[0]!, 3), Network(masked[2]!, 3));
        Assert.NotEqual("10", Network(masked[3]!, 1));
        Assert.Equal(masked[4]![..masked[4]!.LastIndexOf(':')], masked[5]![..masked[5]!.LastIndexOf(':')]);
        static string Network(string address, int parts) => string.Join('.', address.Split('.').Take(parts));
    }

    [Fact]
    public void Token_WithItsKey_IsReadBack()
    {
        var token = Encoding.UTF8.GetBytes(MaskerRun.One("token", "4711-Ä")!);
        Assert.Equal("4711-Ä", Encoding.UTF8.GetString(TokenMasker.Reveal(MaskerRun.KeyOf(1), token)!));
        Assert.Null(TokenMasker.Reveal(MaskerRun.KeyOf(2), token));
        Assert.Null(TokenMasker.Reveal(MaskerRun.KeyOf(1), "tok_nonsense"u8));
    }

    [Theory]
    [InlineData("44051401359")]
    [InlineData("078-05-1121")]
    [InlineData("AB123456C")]
    [InlineData("12345678Z")]
    [InlineData("131052-308T")]
    [InlineData("RSSMRA85T10A562S")]
    public void NationalId_OfAnyCountry_IsRightAgain(string number)
    {
        var masked = MaskerRun.One("national_id", number)!;
        Assert.NotEqual(number, masked);
        var (before, after) = (Find(number), Find(masked));
        Assert.True(before is not null && before == after, $"{number} is {before}, and {masked} is {after}");
        static string? Find(string text)
        {
            var found = new List<Core.PersonalData.TextFinding>();
            new Core.PersonalData.TextFinder(0.01, ["national_id", "social_security", "tax_id"]).Find(Encoding.UTF8.GetBytes(text), found);
            return found is [var only] && only.Length == text.Length ? only.Kind.Name : null;
        }
    }

    [Fact]
    public void Fpe_WholeNumbers_StayInTheirTypeAndSign()
    {
        var definition = MaskerCatalogue.Find("fpe")!;
        string[] values = ["1", "0", "-1", "999999999", "1000000000", "2147483647", "-2147483648"];
        var masked = new MaskerRun { Definition = definition, Column = MaskerRun.Describe("value", FieldType.Integer, sqlType: "integer") }.Mask(values);
        Assert.All(masked, one => Assert.InRange(long.Parse(one!, System.Globalization.CultureInfo.InvariantCulture), int.MinValue, int.MaxValue));
        Assert.Equal(values.Select(one => one[0] == '-'), masked.Select(one => one![0] == '-'));

        var small = new MaskerRun { Definition = definition, Column = MaskerRun.Describe("value", FieldType.Integer, sqlType: "smallint") };
        var context = small.Context();
        Assert.Null(definition.Create(context));
        Assert.Contains("permute", context.Problems[0].SuggestedActions[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("C-4711", false)]
    [InlineData("AB-12", false)]
    [InlineData("C-47110815", true)]
    [InlineData("abcde", true)]
    public void Fpe_TextOfAFormWithFewValues_IsRefusedWithTheFallbackNamed(string value, bool isEnough)
    {
        if (isEnough)
        {
            Assert.Equal(MaskerRun.One("fpe", value, """{"small":"permute"}"""), MaskerRun.One("fpe", value));
            return;
        }

        var refused = Assert.Throws<Core.Errors.PortalException>(() => MaskerRun.One("fpe", value));
        Assert.Equal("masking.domain_too_small", refused.Code);
        Assert.Contains("Set small to permute", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(value, refused.ToString(), StringComparison.Ordinal);
        Assert.NotEqual(value, MaskerRun.One("fpe", value, """{"small":"permute"}"""));
    }

    [Fact]
    public void DateShift_OfOnePerson_KeepsOrderAndGaps()
    {
        var masked = new MaskerRun
        {
            Definition = MaskerCatalogue.Find("date_shift")!, Arguments = """{"person":"customer"}""", Column = MaskerRun.Describe("value", FieldType.Date),
            Others = [(MaskerRun.Describe("customer", FieldType.Integer), ["7", "7", "8"])],
        }.Mask("2024-01-01", "2024-03-01", "2024-01-01").Select(text => DateOnly.Parse(text!, System.Globalization.CultureInfo.InvariantCulture)).ToArray();
        Assert.Equal(60, masked[1].DayNumber - masked[0].DayNumber);
        Assert.NotEqual(masked[0], masked[2]);
        Assert.NotEqual(new DateOnly(2024, 1, 1), masked[0]);
    }

    [Theory]
    [InlineData("generalise_date", "1985-08-19", "{}", "1985-08-01", FieldType.Date)]
    [InlineData("generalise_date", "1985-08-19", """{"to":"quarter"}""", "1985-07-01", FieldType.Date)]
    [InlineData("generalise_date", "1985-08-19", """{"to":"week"}""", "1985-08-19", FieldType.Date)]
    [InlineData("generalise_date", "1969-08-19", """{"to":"decade"}""", "1960-01-01", FieldType.Date)]
    [InlineData("range", "47", "{}", "40", FieldType.Integer)]
    [InlineData("range", "-3", """{"show":"to"}""", "0", FieldType.Integer)]
    [InlineData("range", "47.25", """{"size":0.5}""", "47.00", FieldType.Decimal)]
    [InlineData("bucket", "34000", """{"bounds":[0,20000,50000]}""", "20000", FieldType.Integer)]
    [InlineData("bucket", "-5", """{"bounds":[0,20000,50000]}""", "0", FieldType.Integer)]
    [InlineData("clamp", "104", """{"max":90}""", "90", FieldType.Integer)]
    [InlineData("age_band", "37", "{}", "30", FieldType.Integer)]
    [InlineData("age_band", "37", "{}", "30-39", FieldType.String)]
    [InlineData("age_band", "93", "{}", "90+", FieldType.String)]
    [InlineData("prefix", "SW1A 1AA", """{"length":2}""", "SW00 000", FieldType.String)]
    [InlineData("prefix", "62704", """{"fill":""}""", "627", FieldType.String)]
    [InlineData("geo", "52.520008, 13.404954", "{}", "52.5, 13.4", FieldType.String)]
    [InlineData("geo", "-52.57", "{}", "-52.6", FieldType.Double)]
    [InlineData("regex", "Order 4711", """{"pattern":"(\\w+) \\d+","replacement":"$1 #"}""", "Order #", FieldType.String)]
    [InlineData("dictionary", " berlin", """{"values":{"Berlin":"Hamburg"}}""", "Hamburg", FieldType.String)]
    [InlineData("constant", "47", """{"value":12.5}""", "12.50", FieldType.Decimal)]
    [InlineData("redact", "secret", "{}", "[redacted]", FieldType.String)]
    [InlineData("nullify", "secret", "{}", null, FieldType.String)]
    public void Mask_OneValue_GivesWhatItSays(string masker, string value, string arguments, string? masked, FieldType type) =>
        Assert.Equal(masked, MaskerRun.One(masker, value, arguments, type));

    [Fact]
    public void Template_OfOtherColumns_FollowsThem() =>
        Assert.Matches("^Zoë-7-[0-9]{3}{$", new MaskerRun
        {
            Definition = MaskerCatalogue.Find("template")!, Arguments = """{"template":"{first}-{id}-{###}{{"}""",
            Others = [(MaskerRun.Describe("first", FieldType.String), ["Zoë"]), (MaskerRun.Describe("id", FieldType.Integer), ["7"])],
        }.Mask("x")[0]!);

    [Fact]
    public void Dependents_OfTheRow_FollowIt()
    {
        Assert.Equal("Z.Q.", new MaskerRun { Definition = MaskerCatalogue.Find("initials")!, Arguments = """{"first":"first","last":"last"}""", Others = [(MaskerRun.Describe("first", FieldType.String), ["Zoë"]), (MaskerRun.Describe("last", FieldType.String), ["Quux"])] }.Mask("A.M.")[0]);
        Assert.Equal("40", new MaskerRun { Definition = MaskerCatalogue.Find("age")!, Arguments = """{"birth":"born"}""", Column = MaskerRun.Describe("value", FieldType.Integer), Others = [(MaskerRun.Describe("born", FieldType.Date), ["1985-06-01"])] }.Mask("77")[0]);
    }

    [Fact]
    public void Address_PartsByOneColumn_BelongTogether()
    {
        string One(string masker, string customer) => new MaskerRun { Definition = MaskerCatalogue.Find(masker)!, Arguments = """{"by":"customer","locale":"de"}""", Others = [(MaskerRun.Describe("customer", FieldType.String), [customer])] }.Mask("x1")[0]!;
        for (var customer = 0; customer < 20; customer++)
        {
            var line = One("address", $"c{customer}");
            Assert.Contains(One("street", $"C{customer}"), line, StringComparison.Ordinal);
            Assert.Contains(One("city", $"c{customer}"), line, StringComparison.Ordinal);
            Assert.Contains(One("postcode", $"c{customer}"), line, StringComparison.Ordinal);
        }
    }
}
