using System.Text;
using TdmPortal.Core.Generators.Finance;
using Xunit;

namespace TdmPortal.Tests.Generators;

/// <summary>Check digits against numbers that their issuers publish as examples, and against all that is generated.</summary>
public sealed class CheckDigitTests
{
    public static TheoryData<string> IbanCountries() => [.. IbanFormats.Countries];

    [Theory]
    [InlineData("AT611904300234573201")]
    [InlineData("BE68539007547034")]
    [InlineData("CH9300762011623852957")]
    [InlineData("CZ6508000000192000145399")]
    [InlineData("DE89370400440532013000")]
    [InlineData("DK5000400440116243")]
    [InlineData("ES9121000418450200051332")]
    [InlineData("FI2112345600000785")]
    [InlineData("GB82WEST12345698765432")]
    [InlineData("HR1210010051863000160")]
    [InlineData("IT60X0542811101000000123456")]
    [InlineData("NL91ABNA0417164300")]
    [InlineData("NO9386011117947")]
    [InlineData("PL61109010140000071219812874")]
    [InlineData("PT50000201231234567890154")]
    [InlineData("SI56263300012039086")]
    public void Iban_OfTheRegistry_KeepsItsCheckDigits(string published)
    {
        var iban = Encoding.ASCII.GetBytes(published);

        NationalChecks.Apply(iban.AsSpan(0, 2), iban.AsSpan(4));
        IbanSource.WriteCheck(iban);

        Assert.Equal(published, Encoding.ASCII.GetString(iban));
        Assert.Equal(1, IbanSource.Remainder(iban));
    }

    [Theory]
    [MemberData(nameof(IbanCountries))]
    public void Iban_Generated_HasTheRightRemainder(string country)
    {
        foreach (var unique in new[] { false, true })
        {
            var ibans = Running.Rows("finance.iban", 300, $$"""{"country":"{{country}}"}""", unique: unique);

            Assert.All(ibans, iban => Assert.StartsWith(country, iban, StringComparison.Ordinal));
            Assert.All(ibans, iban => Assert.Equal(1, IbanSource.Remainder(Encoding.ASCII.GetBytes(iban))));
            Assert.Equal(300, ibans.Distinct(StringComparer.Ordinal).Count());
        }
    }

    [Theory]
    [InlineData(true, "DE", "DE136695976")]
    [InlineData(true, "AT", "ATU13585627")]
    [InlineData(true, "BE", "BE0403019261")]
    [InlineData(true, "CH", "CHE100155212")]
    [InlineData(true, "CZ", "CZ25123891")]
    [InlineData(true, "DK", "DK13585628")]
    [InlineData(true, "FI", "FI20774740")]
    [InlineData(true, "FR", "FR40303265045")]
    [InlineData(true, "GB", "GB980780684")]
    [InlineData(true, "GR", "EL094259216")]
    [InlineData(true, "HR", "HR33392005961")]
    [InlineData(true, "IE", "IE6433435F")]
    [InlineData(true, "IT", "IT00743110157")]
    [InlineData(true, "NL", "NL004495445B01")]
    [InlineData(true, "PL", "PL8567346215")]
    [InlineData(true, "PT", "PT501964843")]
    [InlineData(false, "AU", "123456782")]
    [InlineData(false, "CA", "046454286")]
    [InlineData(false, "ES", "54362315K")]
    [InlineData(false, "NL", "111222333")]
    [InlineData(false, "BR", "390.533.447-05")]
    [InlineData(false, "CH", "756.9217.0769.85")]
    [InlineData(false, "HR", "33392005961")]
    [InlineData(false, "TR", "17291716060")]
    public void TaxId_Published_KeepsItsCheckDigits(bool company, string country, string published) => Assert.Equal(published, TaxIds.Complete(company, country, published));

    [Fact]
    public void TaxIds_Counted_CoverTwelveCountries()
    {
        Assert.True(TaxIds.VatCountries.Count() >= 12);
        Assert.True(TaxIds.PersonCountries.Count() >= 12);
        Assert.True(IbanFormats.Countries.Count() >= 12);
    }

    [Fact]
    public void TaxId_GeneratedForEachCountry_IsCompleteAlready()
    {
        foreach (var country in TaxIds.VatCountries)
            Assert.All(Running.Rows("company.vatId", 100, $$"""{"country":"{{country}}"}"""), id => Assert.Equal(id, TaxIds.Complete(true, country, id)));
    }

    [Theory]
    [InlineData("79927398713")]
    [InlineData("4111111111111111")]
    [InlineData("378282246310005")]
    [InlineData("490154203237518")]
    public void Luhn_Published_Holds(string number) => Assert.Equal(number[^1], (char)CheckDigits.Luhn(Encoding.ASCII.GetBytes(number[..^1])));

    [Theory]
    [InlineData("4006381333931")]
    [InlineData("9780306406157")]
    [InlineData("73513537")]
    [InlineData("036000291452")]
    public void Gs1_Published_Holds(string number) => Assert.Equal(number[^1], (char)CheckDigits.Gs1(Encoding.ASCII.GetBytes(number[..^1])));

    [Fact]
    public void OtherNumbers_Published_KeepTheirCheckDigits()
    {
        Assert.Equal("0306406152", Completed("0306406152", Checks.Isbn10));
        Assert.Equal("080442957X", Completed("080442957X", Checks.Isbn10));
        Assert.Equal("021000021", Completed("021000021", Checks.Routing));
        Assert.Equal("US0378331005", Completed("US0378331005", Checks.Isin));
        Assert.Equal("5493001KJTIIGC8Y1R12", Completed("5493001KJTIIGC8Y1R12", Checks.Lei));
        Assert.Equal("1M8GDM9AXKP042788", Completed("1M8GDM9AXKP042788", Checks.Vin));
    }

    [Fact]
    public void CardNumber_Generated_PassesLuhnInATestRange()
    {
        string[] prefixes = ["411111", "424242", "400000", "555555", "545454", "222300", "378282", "371449", "601111", "601100"];
        foreach (var network in new[] { "any", "visa", "mastercard", "amex", "discover" })
        {
            Assert.All(Running.Rows("finance.cardNumber", 300, $$"""{"network":"{{network}}"}"""), number =>
            {
                Assert.Contains(number[..6], prefixes);
                Assert.Equal(number[^1], (char)CheckDigits.Luhn(Encoding.ASCII.GetBytes(number[..^1])));
            });
        }
    }


    private static string Completed(string number, Core.Generators.Phrases.CheckedSource.Complete complete)
    {
        var text = Encoding.ASCII.GetBytes(number);
        complete(text);
        return Encoding.ASCII.GetString(text);
    }
}
