using TdmPortal.Core.Generators.Addresses;
using Xunit;

namespace TdmPortal.Tests.Generators;

/// <summary>Telephone numbers in the form of each country, with the country's code where it is written for abroad, and from the ranges for fiction where there are such.</summary>
[Trait("Requirement", "D2")]
public sealed class PhoneTests
{
    public static TheoryData<string> Countries() => [.. Country.All.Select(country => country.Code)];

    [Fact]
    public void Countries_Counted_AreTwelveAtLeast() => Assert.True(Countries().Count >= 12);

    [Theory]
    [MemberData(nameof(Countries))]
    public void Number_InEachStyle_HasTheFormOfTheCountry(string code)
    {
        var country = Country.Find(code)!;
        foreach (var generator in new[] { "phone.number", "phone.mobile" })
        {
            var (national, international, e164) = (Of("national"), Of("international"), Of("e164"));

            // Within the country with its leading 0, which is not dialled from abroad but in Italy.
            var own = national.Select(Digits).Select(number => number[0] == '0' && code != "IT" ? number[1..] : number).ToList();
            var (starts, lengths) = (own.Select(number => number[..2]).ToHashSet(StringComparer.Ordinal), own.Select(number => number.Length).ToHashSet());

            // ITU-T E.164: a country's code and up to fifteen digits in all.
            Assert.All(e164, number => Assert.Matches(@"^\+[1-9]\d{7,14}$", number));
            Assert.All(international, number => Assert.StartsWith($"{country.Dial} ", number, StringComparison.Ordinal));
            Assert.All(e164.Concat(international), number =>
            {
                Assert.StartsWith(country.Dial, number, StringComparison.Ordinal);
                Assert.Contains(Digits(number[country.Dial.Length..])[..2], starts);
                Assert.Contains(Digits(number[country.Dial.Length..]).Length, lengths);
            });

            List<string> Of(string format) => Running.Rows(generator, 400, $$"""{"country":"{{code}}","format":"{{format}}"}""");
        }
    }

    [Theory]
    [InlineData("US", @"^\(?\d{3}\)?[ -]555-01\d\d$")]
    [InlineData("CA", @"^\(?\d{3}\)?[ -]555-01\d\d$")]
    [InlineData("GB", @"^(01\d1 496 0\d{3}|011[3-8] 496 0\d{3}|01632 960\d{3}|020 7946 0\d{3}|07700 900\d{3}|029 2018 0\d{3}|028 9649 6\d{3})$")]
    [InlineData("FR", @"^(01 99 00|02 61 91|03 53 01|04 65 71|05 36 49|06 39 98) \d\d \d\d$")]
    [InlineData("AU", @"^\(0[2378]\) (5550|7010) \d{4}$|^0491 57\d \d{3}$")]
    [InlineData("DE", @"^(030 23125|040 66969|069 90009|0221 4710|089 99998) \d{3}$|^(0171 39200|0176 040690)\d\d$")]
    [InlineData("SE", @"^(031-390 06|040-628 04|08-465 004|070-174 06) \d\d$|^0980-319 2\d\d?$")]
    [InlineData("IE", @"^020 91\d \d{4}$")]
    public void Number_OfACountryWithNumbersForFiction_IsOneOfThem(string country, string form)
    {
        Assert.All(Running.Rows("phone.number", 200, $$"""{"country":"{{country}}"}"""), number => Assert.Matches(form, number));
        Assert.All(Running.Rows("phone.mobile", 200, $$"""{"country":"{{country}}"}"""), number => Assert.Matches(form, number));
    }

    private static string Digits(string text) => string.Concat(text.Where(char.IsAsciiDigit));
}
