using System.Text;

namespace TdmPortal.Core.Generators.Vocabulary;

/// <summary>
/// Writes Latin, Greek and Cyrillic names in small ASCII letters, for addresses and login names. A table of our own,
/// since the platform's normalization depends on the machine's ICU.
/// </summary>
internal static class Transliteration
{
    private static readonly Dictionary<char, string> Letters = Read(
        "a:àáâãåāăąǎα b:бβ c:çćĉċčцγ d:ďđðдδ e:èéêëēĕėęěеэєε f:фφ g:ĝğġģгґ h:ĥħхη i:ìíîïĩīĭįıиіїйιί j:ĵ k:ķкκ l:ĺļľŀłлλ m:мμ n:ñńņňŉŋнν " +
        "o:òóôõøōŏőоοό p:пπ r:ŕŗřрρ s:śŝşšșсσς t:ţťŧțтτ u:ùúûũūŭůűųу v:вω w:ŵ x:ξ y:ýÿŷыυύ z:źżžзζ " +
        "ae:äæ oe:öœ ue:ü ss:ß th:þθ yo:ё zh:ж ch:чχ sh:ш shch:щ yu:ю ya:я ps:ψ a:ά e:έ i:ή o:ώ");

    // Only German writes ä as ae; elsewhere the dots are dropped.
    private static readonly Dictionary<char, string> Plain = Read("a:ä o:öω u:ü g:γ i:η");

    /// <summary>The letters a to z of a text; empty where it is in another script.</summary>
    public static string ToAscii(string text, string locale)
    {
        var german = locale.StartsWith("de", StringComparison.Ordinal);
        var result = new StringBuilder(text.Length);
        foreach (var c in text.ToLowerInvariant())
        {
            if (char.IsAsciiLetterLower(c))
                result.Append(c);
            else if (!german && Plain.TryGetValue(c, out var plain))
                result.Append(plain);
            else if (Letters.TryGetValue(c, out var letters))
                result.Append(letters);
        }

        return result.ToString();
    }

    private static Dictionary<char, string> Read(string table)
    {
        var letters = new Dictionary<char, string>();
        foreach (var entry in table.Split(' '))
        {
            var colon = entry.IndexOf(':', StringComparison.Ordinal);
            foreach (var c in entry.AsSpan(colon + 1))
                letters[c] = entry[..colon];
        }

        return letters;
    }
}
