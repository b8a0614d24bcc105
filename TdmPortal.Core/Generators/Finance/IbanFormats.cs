
namespace TdmPortal.Core.Generators.Finance;

/// <summary>
/// The account part (BBAN) of IBANs by country, as in the IBAN registry of SWIFT, with the national check digits that
/// apply (see <see cref="IbanSource"/>). # is a digit, ? a capital letter.
/// </summary>
internal static class IbanFormats
{
    private static readonly Dictionary<string, string> Formats = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["AT"] = "################", ["BE"] = "############", ["BG"] = "????##########", ["CH"] = "#################", ["CY"] = "########################",
        ["CZ"] = "####################", ["DE"] = "##################", ["DK"] = "##############", ["EE"] = "################", ["ES"] = "####################",
        ["FI"] = "##############", ["FR"] = "#######################", ["GB"] = "????##############", ["GR"] = "#######################", ["HR"] = "#################",
        ["HU"] = "########################", ["IE"] = "????##############", ["IT"] = "?######################", ["LT"] = "################", ["LU"] = "################",
        ["LV"] = "????#############", ["MT"] = "????#######################", ["NL"] = "????##########", ["NO"] = "###########", ["PL"] = "########################",
        ["PT"] = "#####################", ["RO"] = "????################", ["SE"] = "####################", ["SI"] = "###############", ["SK"] = "####################",
        ["TR"] = "######################", ["UA"] = "#########################", ["BR"] = "#######################??",
    };

    /// <summary>The form of a country's accounts, null where it has no IBAN.</summary>
    public static string? Find(string country) => Formats.GetValueOrDefault(country);

    /// <summary>Characters of a country's account part, 0 where it is not known here.</summary>
    public static int Length(ReadOnlySpan<byte> country) =>
        char.IsAsciiLetterUpper((char)country[0]) && char.IsAsciiLetterUpper((char)country[1]) ? Lengths[(country[0] - 'A') * 26 + country[1] - 'A'] : 0;

    private static readonly byte[] Lengths =
        [.. Enumerable.Range(0, 26 * 26).Select(place => (byte)(Formats.GetValueOrDefault($"{(char)('A' + place / 26)}{(char)('A' + place % 26)}")?.Length ?? 0))];

    /// <summary>The countries that have one.</summary>
    public static IEnumerable<string> Countries => Formats.Keys.Order(StringComparer.Ordinal);
}
