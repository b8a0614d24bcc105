using System.Reflection;
using System.Text.RegularExpressions;
using Bogus;
using TdmPortal.Core.Generators;
using TdmPortal.Core.Generators.Internet;
using Xunit;

namespace TdmPortal.Tests.Generators;

/// <summary>The catch-all: every method of every data set of Bogus by its name, the same whatever the clock says, and reaching nobody.</summary>
public sealed partial class BogusTests
{
    /// <summary>Arguments for the methods that cannot go without.</summary>
    private static readonly Dictionary<string, string> Needed = new(StringComparer.Ordinal)
    {
        ["Random.Digits"] = """{"count":3}""",
        ["Random.Bytes"] = """{"count":3}""",
        ["Random.Chars"] = "{}",
        ["Random.String2"] = """{"length":8}""",
        ["Random.ReplaceNumbers"] = """{"format":"##-##"}""",
        ["Random.Replace"] = """{"format":"??-##"}""",
        ["Random.ClampString"] = """{"str":"abc","min":5,"max":9}""",
        ["Random.WordsArray"] = """{"count":3}""",
        ["Random.AlphaNumeric"] = """{"length":8}""",
        ["Image.DataUri"] = """{"width":10,"height":10}""",
        ["Image.PlaceholderUrl"] = """{"width":10,"height":10}""",
        ["Date.Between"] = """{"start":"2020-01-01T00:00:00Z","end":"2021-01-01T00:00:00Z"}""",
        ["Date.BetweenOffset"] = """{"start":"2020-01-01T00:00:00Z","end":"2021-01-01T00:00:00Z"}""",
        ["Date.BetweenDateOnly"] = """{"start":"2020-01-01","end":"2021-01-01"}""",
        ["Date.BetweenTimeOnly"] = """{"start":"08:00:00","end":"09:00:00"}""",
        ["Commerce.Categories"] = """{"num":2}""",
    };

    /// <summary>What draws from objects of the caller's is no data set; cards are refused.</summary>
    private static readonly string[] Excepted =
    [
        "Random.ArrayElement", "Random.ArrayElements", "Random.ListItem", "Random.ListItems", "Random.CollectionItem", "Random.Enum", "Random.EnumValues", "Random.Shuffle", "Random.WeightedRandom",
        "Random.ReplaceSymbols", "Finance.CreditCardNumber", "Finance.CreditCardCvv",
    ];

    public static TheoryData<string> DataSets() => [.. typeof(Faker).GetProperties()
        .Where(set => typeof(DataSet).IsAssignableFrom(set.PropertyType) || set.PropertyType == typeof(Randomizer))
        .SelectMany(set => set.PropertyType.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly).Where(method => !method.IsSpecialName).Select(method => $"{set.Name}.{method.Name}"))
        .Distinct(StringComparer.Ordinal).Except(Excepted).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(DataSets))]
    [Trait("Requirement", "D2")]
    [Trait("Requirement", "N5")]
    public void Bogus_EveryDataSet_IsReachedByItsNameWhateverTheClockSays(string name)
    {
        var args = $$"""{"dataSet":"{{name}}","arguments":{{Needed.GetValueOrDefault(name, "{}")}}}""";
        var clock = Bogus.DataSets.Date.SystemClock;
        try
        {
            var today = Running.Rows("bogus", 5, args);
            Bogus.DataSets.Date.SystemClock = static () => new DateTime(1999, 9, 9, 9, 9, 9, DateTimeKind.Utc);

            Assert.Equal(today, Running.Rows("bogus", 5, args));
            Assert.Equal(today[3], Running.Rows("bogus", 1, args, first: 3)[0]);
        }
        finally
        {
            Bogus.DataSets.Date.SystemClock = clock;
        }
    }

    [Theory]
    [MemberData(nameof(DataSets))]
    public void Bogus_EveryDataSetInEveryLocale_ReachesNobody(string name)
    {
        var isHost = name.StartsWith("Internet.", StringComparison.Ordinal);
        foreach (var locale in GeneratorCatalogue.Locales.Select(locale => locale.Name).Where((_, i) => i % 4 == 0 || isHost))
        {
            foreach (var text in Running.Rows("bogus", 6, $$"""{"dataSet":"{{name}}","arguments":{{Needed.GetValueOrDefault(name, "{}")}}}""", locale: locale))
            {
                Assert.All(Hosts().Matches(text).Select(match => match.Groups["host"].Value), host => Assert.True(ReservedDomains.Contains(host), text));
                Assert.True(name != "Internet.DomainName" || ReservedDomains.Contains(text), text);
            }
        }
    }

    [Theory]
    [InlineData("Internet.Ip", @"^(192\.0\.2|198\.51\.100|203\.0\.113)\.\d+$")]
    [InlineData("Internet.IpAddress", @"^(192\.0\.2|198\.51\.100|203\.0\.113)\.\d+$")]
    [InlineData("Internet.IpEndPoint", @"^(192\.0\.2|198\.51\.100|203\.0\.113)\.\d+:\d+$")]
    [InlineData("Internet.Ipv6", "^2001:db8:[0-9a-f:]+$")]
    [InlineData("Internet.Ipv6Address", "^2001:db8:[0-9a-f:]+$")]
    [InlineData("Internet.Ipv6EndPoint", @"^\[2001:db8:[0-9a-f:]+\]:\d+$")]
    [InlineData("Internet.Mac", "^02(:[0-9a-f]{2}){5}$")]
    [InlineData("Phone.PhoneNumber", @"^\(\d{3}\) 555-01\d\d$")]
    [InlineData("Phone.PhoneNumberFormat", @"^\(\d{3}\) 555-01\d\d$")]
    public void Bogus_AddressesAndNumbers_AreNobodys(string name, string form)
    {
        var texts = Running.Rows("bogus", 200, $$"""{"dataSet":"{{name}}"}""");

        Assert.All(texts, text => Assert.Matches(form, text));
        Assert.InRange(texts.Distinct().Count(), 100, 200);
    }

    [Fact]
    public void Bogus_PhoneInAFormOfTheAuthors_KeepsIt() =>
        Assert.All(Running.Rows("bogus", 5, """{"dataSet":"phone.phoneNumber","arguments":{"format":"+99 ###"}}"""), text => Assert.Matches(@"^\+99 \d{3}$", text));

    [GeneratedRegex(@"(?:[\w.]@|://|\bwww\.)(?<host>[\p{L}\p{M}\d-]+(\.[\p{L}\p{M}\d-]+)*\.\p{L}{2,})", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Hosts();
}
