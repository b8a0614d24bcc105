
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
    public static int Length(ReadOnlySpan<byte> country) => Lengths.GetValueOrDefault((country[0] << 8) | country[1]);

    private static readonly Dictionary<int, int> Lengths = Formats.ToDictionary(format => (format.Key[0] << 8) | format.Key[1], format => format.Value.Length);

    /// <summary>The countries that have one.</summary>
    public static IEnumerable<string> Countries => Formats.Keys.Order(StringComparer.Ordinal);
}
