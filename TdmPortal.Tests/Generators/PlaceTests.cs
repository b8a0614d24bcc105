using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using NodaTime.TimeZones;
using TdmPortal.Core.Generators;
using TdmPortal.Core.Generators.Addresses;
using TdmPortal.Core.Generators.Vocabulary;
using Xunit;

namespace TdmPortal.Tests.Generators;

/// <summary>In every locale: at least thirty places, each with what belongs to it, and rows that name one of them in all their fields.</summary>
[Trait("Requirement", "D2")]
public sealed class PlaceTests
{
    /// <summary>Where each country lies (south, north, west, east, in whole degrees outwards) and the form of its postcodes.</summary>
    private static readonly Dictionary<string, (int South, int North, int West, int East, string Postcode)> Countries = new(StringComparer.Ordinal)
    {
        ["US"] = (18, 72, -180, -65, @"\d{5}(-\d{4})?"),
        ["GB"] = (49, 61, -9, 2, @"[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}"),
        ["AU"] = (-44, -10, 112, 155, @"\d{4}"),
        ["CA"] = (41, 84, -141, -52, @"[A-Z]\d[A-Z] \d[A-Z]\d"),
        ["IN"] = (6, 36, 68, 98, @"[1-9]\d{5}"),
        ["IE"] = (51, 56, -11, -5, @"[A-Z]\d[\dW] [A-Z]\d[A-Z]\d"),
        ["DE"] = (47, 56, 5, 16, @"\d{5}"),
        ["AT"] = (46, 50, 9, 18, @"[1-9]\d{3}"),
        ["CH"] = (45, 48, 5, 11, @"[1-9]\d{3}"),
        ["FR"] = (41, 52, -6, 10, @"\d{5}"),
        ["ES"] = (27, 44, -19, 5, @"\d{5}"),
        ["MX"] = (14, 33, -118, -86, @"\d{5}"),
        ["IT"] = (35, 48, 6, 19, @"\d{5}"),
        ["NL"] = (50, 54, 3, 8, @"[1-9]\d{3} [A-Z]{2}"),
        ["BE"] = (49, 52, 2, 7, @"[1-9]\d{3}"),
        ["PT"] = (32, 43, -32, -6, @"\d{4}-\d{3}"),
        ["BR"] = (-34, 6, -74, -34, @"\d{5}-\d{3}"),
        ["PL"] = (48, 55, 14, 25, @"\d{2}-\d{3}"),
        ["CZ"] = (48, 52, 12, 19, @"\d{3} \d{2}"),
        ["SK"] = (47, 50, 16, 23, @"\d{3} \d{2}"),
        ["HR"] = (42, 47, 13, 20, @"\d{5}"),
        ["RO"] = (43, 49, 20, 30, @"\d{6}"),
        ["SE"] = (55, 70, 10, 25, @"\d{3} \d{2}"),
        ["NO"] = (57, 72, 4, 32, @"\d{4}"),
        ["FI"] = (59, 71, 19, 32, @"\d{5}"),
        ["TR"] = (35, 43, 25, 45, @"\d{5}"),
        ["RU"] = (41, 78, 19, 180, @"\d{6}"),
        ["UA"] = (44, 53, 22, 41, @"\d{5}"),
        ["GR"] = (34, 42, 19, 30, @"\d{3} \d{2}"),
        ["JP"] = (24, 46, 122, 154, @"\d{3}-\d{4}"),
        ["CN"] = (18, 54, 73, 135, @"\d{6}"),
        ["KR"] = (33, 39, 124, 132, @"\d{5}"),
        ["ID"] = (-11, 6, 95, 141, @"\d{5}"),
    };

    public static TheoryData<string> Locales() => [.. GeneratorCatalogue.Locales.Select(locale => locale.Name)];

    [Fact]
    public void Locales_Counted_AreTwentyAtLeast() => Assert.True(GeneratorCatalogue.Locales.Count >= 20);

    [Theory]
    [MemberData(nameof(Locales))]
    public void Places_OfALocale_AreThirtyAtLeastWithinTheirCountry(string locale)
    {
        var table = PlaceTable.Of(locale);
        var (south, north, west, east, _) = Countries[table.Country.Code];
        var zones = TzdbDateTimeZoneSource.Default.ZoneLocations!.Where(zone => zone.CountryCode == table.Country.Code).Select(zone => TzdbDateTimeZoneSource.Default.CanonicalIdMap[zone.ZoneId]).ToHashSet(StringComparer.Ordinal);

        Assert.Equal(Locale.Get(locale).Country, table.Country.Code);
        Assert.True(table.Places.Length >= 30, $"{table.Places.Length} places");
        Assert.True(table.Streets.Words >= 30, $"{table.Streets.Words} streets");
        Assert.Equal(table.Places.Length, table.Places.DistinctBy(place => (place.Latitude, place.Longitude)).Count());
        Assert.All(table.Places, place =>
        {
            Assert.All(new[] { place.City, place.Region, place.RegionCode, place.Postcode }, part => Assert.NotEmpty(part));
            Assert.InRange(place.Latitude, south, north);
            Assert.InRange(place.Longitude, west, east);
            Assert.Contains(TzdbDateTimeZoneSource.Default.CanonicalIdMap[Encoding.UTF8.GetString(place.TimeZone)], zones);
        });

        // A short form stands for one region (in Italy for a province of it; ZG for Zagreb and the county around it).
        var shared = table.Places.GroupBy(place => Encoding.UTF8.GetString(place.RegionCode)).Where(code => code.Select(place => Encoding.UTF8.GetString(place.Region)).Distinct(StringComparer.Ordinal).Skip(1).Any()).Select(code => code.Key);
        Assert.Equal(locale == "hr" ? ["ZG"] : [], shared);
    }

    [Theory]
    [MemberData(nameof(Locales))]
    public void Fields_OfARow_NameOnePlace(string locale)
    {
        const int rows = 60;
        var table = PlaceTable.Of(locale);
        var (_, _, _, _, form) = Countries[table.Country.Code];
        var (city, region, code, postcode) = (Of("city"), Of("region"), Of("regionCode"), Of("postcode"));
        var (latitude, longitude, zone, full) = (Of("latitude"), Of("longitude"), Of("timeZone"), Of("full"));

        for (var row = 0; row < rows; row++)
        {
            Assert.Matches($"^{form}$", postcode[row]);
            Assert.Contains(table.Places, place => Is(place.City, city[row]) && Is(place.Region, region[row]) && Is(place.RegionCode, code[row]) && Is(place.TimeZone, zone[row])
                && Regex.IsMatch(postcode[row], "^" + Regex.Escape(Encoding.UTF8.GetString(place.Postcode)).Replace("\\#", @"\d", StringComparison.Ordinal).Replace("\\^", "[A-Z]", StringComparison.Ordinal) + "$")
                && Math.Abs(place.Latitude - double.Parse(latitude[row], CultureInfo.InvariantCulture)) < 0.05 && Math.Abs(place.Longitude - double.Parse(longitude[row], CultureInfo.InvariantCulture)) < 0.05);
            Assert.Contains(city[row], full[row], StringComparison.Ordinal);
            Assert.Contains(postcode[row], full[row], StringComparison.Ordinal);
        }

        List<string> Of(string part) => Running.Rows($"address.{part}", rows, locale: locale, field: part);

        static bool Is(byte[] part, string text) => Encoding.UTF8.GetString(part) == text;
    }

    [Fact]
    public void Fields_OfAnotherPlaceOfTheRow_NameThatOne()
    {
        var (home, away) = (Running.Rows("address.city", 200), Running.Rows("address.city", 200, """{"of":"delivery"}""", field: "b"));

        Assert.True(home.Zip(away).Count(pair => pair.First == pair.Second) < 40);
        Assert.Equal(away, Running.Rows("address.city", 200, """{"of":"delivery"}""", field: "c"));
    }
}
