using System.Globalization;
using System.Text;

namespace TdmPortal.Core.Learning.Patterns;

/// <summary>
/// Finds the form of codes: texts are cut into tokens (runs of digits, of capital, of small letters, single other characters);
/// texts with the same kinds of tokens are one form, whose tokens are then told by their lengths and, where all texts agree,
/// by what they say.
/// </summary>
internal static class FormatInference
{
    private const int LongestText = 40;
    private const int MostForms = 4;
    private const int MostTokens = 16;

    /// <summary>Texts with more blanks are sentences.</summary>
    private const int MostBlanks = 2;

    /// <summary>A regular expression for almost all of the texts, with the share that has it; null: they have no common form.</summary>
    /// <param name="leastShare">Of the texts, that must have it.</param>
    /// <param name="literals">Whether what all texts have in common may stand in it.</param>
    public static (string Regex, double Share)? Find(IReadOnlyList<string> texts, double leastShare, bool literals)
    {
        if (texts.Count == 0)
            return null;
        var forms = texts.Where(text => text.Length is > 0 and <= LongestText && text.All(c => c is >= ' ' and < '\x7f') && text.AsSpan().Count(' ') <= MostBlanks).GroupBy(Signature, StringComparer.Ordinal)
            .OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal).Take(MostForms).ToList();
        var (share, taken) = (0.0, new List<string>());
        foreach (var form in forms)
        {
            // A rare form would name what few rows have.
            if (form.Key.Length > MostTokens || form.Count() < Math.Max(5, texts.Count / 50))
                break;
            taken.Add(Regex([.. form], literals));
            share += (double)form.Count() / texts.Count;
        }

        return taken.Count == 0 || share < leastShare ? null : (taken.Count == 1 ? taken[0] : $"({string.Join('|', taken)})", share);
    }

    /// <summary>A character a token: 9, A, a, or the character itself.</summary>
    private static string Signature(string text)
    {
        var signature = new StringBuilder();
        foreach (var c in text)
        {
            var kind = Kind(c);
            if (signature.Length == 0 || signature[^1] != kind || kind is not ('9' or 'A' or 'a'))
                signature.Append(kind);
        }

        return signature.ToString();
    }

    private static char Kind(char c) => char.IsAsciiDigit(c) ? '9' : char.IsAsciiLetterUpper(c) ? 'A' : char.IsAsciiLetterLower(c) ? 'a' : c;

    private static List<string> Tokens(string text)
    {
        var tokens = new List<string>();
        var start = 0;
        for (var i = 1; i <= text.Length; i++)
        {
            if (i < text.Length && Kind(text[i]) == Kind(text[start]) && Kind(text[i]) is '9' or 'A' or 'a' && Kind(text[start]) is '9' or 'A' or 'a')
                continue;
            tokens.Add(text[start..i]);
            start = i;
        }

        return tokens;
    }

    private static string Regex(List<string> texts, bool literals)
    {
        var rows = texts.ConvertAll(Tokens);
        var regex = new StringBuilder();
        for (var token = 0; token < rows[0].Count; token++)
        {
            var first = rows[0][token];
            var kind = Kind(first[0]);
            var same = rows.TrueForAll(row => row[token] == first);
            if (kind is not ('9' or 'A' or 'a'))
                regex.Append(Escaped(first[0]));
            else if (same && literals && kind != '9' && texts.Distinct(StringComparer.Ordinal).Count() > 1)
                regex.Append(first);
            else
                regex.Append(Class([.. rows.Select(row => row[token])], kind, literals));
        }

        return regex.ToString();
    }

    private static string Class(List<string> tokens, char kind, bool literals)
    {
        var (least, most) = (tokens.Min(token => token.Length), tokens.Max(token => token.Length));
        var text = new StringBuilder();
        // A leading part that all have, such as a year's century, is told as it is; the rest by its class.
        var common = 0;
        while (literals && kind == '9' && least == most && least > 1 && common < least && tokens.TrueForAll(token => token[common] == tokens[0][common]))
            common++;
        if (common == least)
            common = 0;
        text.Append(tokens[0].AsSpan(0, common));
        var all = kind switch
        {
            '9' => "[0-9]",
            'A' => "[A-Z]",
            _ => "[a-z]",
        };
        text.Append(all);
        if (least == most && least - common == 1)
            return text.ToString();
        return text.Append(CultureInfo.InvariantCulture, $"{{{least - common}{(least == most ? "" : string.Create(CultureInfo.InvariantCulture, $",{most - common}"))}}}").ToString();
    }

    private static string Escaped(char c) => c is '-' or '_' or ' ' or ':' or '@' or '#' or ',' or '/' or '&' or '=' or '%' or '!' or ';' or '<' or '>' or '"' or '\'' or '~' or '`' ? c.ToString() : $@"\{c}";
}
