using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using TdmPortal.Core.Generators.Phrases;
using TdmPortal.Core.Generators.Vocabulary;

namespace TdmPortal.Core.Generators.Addresses;

/// <summary>The places, streets and names of a country as a locale writes them, read once when first asked for.</summary>
internal sealed class PlaceTable
{
    private static readonly ConcurrentDictionary<string, PlaceTable> ByLocale = new(StringComparer.Ordinal);

    private PlaceTable(Locale locale)
    {
        var code = typeof(PlaceTable).Assembly.GetManifestResourceInfo($"TdmPortal.Core.Places.{locale.Country}") is null ? "US" : locale.Country;
        Country = Country.Find(code)!;
        Places = Read(Country);
        Cities = new([.. Places.Select(place => place.City)]);
        Streets = ReadStreets(locale);
    }

    public Country Country { get; }

    public Place[] Places { get; }

    /// <summary>The city of each place.</summary>
    public TextTable Cities { get; }

    public WordList Streets { get; }

    public static PlaceTable Of(string locale) => ByLocale.GetOrAdd(Locale.Get(locale).Name, static name => new(Locale.Get(name)));

    private static Place[] Read(Country country)
    {
        using var stream = typeof(PlaceTable).Assembly.GetManifestResourceStream($"TdmPortal.Core.Places.{country.Code}")
            ?? throw new InvalidOperationException($"there is no place table of {country.Code}");
        using var reader = new StreamReader(stream);
        var places = new List<Place>();
        while (reader.ReadLine() is { } line)
        {
            var parts = line.Split('|');
            places.Add(new(Bytes(parts[0]), Bytes(parts[1]), Bytes(parts[2]), Bytes(parts[3]), double.Parse(parts[4], CultureInfo.InvariantCulture),
                double.Parse(parts[5], CultureInfo.InvariantCulture), Bytes(parts.Length > 6 ? parts[6] : country.TimeZone)));
        }

        return [.. places];
    }

    private static WordList ReadStreets(Locale locale)
    {
        foreach (var name in locale.Chain)
        {
            foreach (var list in (string[])["address.street", "address.street_root", "address.streets"])
            {
                if (WordLists.FindExactly(name, list) is { } own)
                    return own;
            }
        }

        var suffixes = WordLists.Get("en", "address.street_suffix");
        string[] common = ["Street", "Avenue", "Road", "Lane", "Drive", "Court", "Way", "Place", "Boulevard", "Terrace"];
        var last = WordLists.Get("en", "name.last_name").Texts().ToArray();
        return new(last.SelectMany((word, i) => common.Append(suffixes.Texts().ElementAt(i % suffixes.Words)).Select(suffix => $"{word} {suffix}")));
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
