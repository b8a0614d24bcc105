using System.Text;

namespace TdmPortal.Core.Generators.Phrases;

/// <summary>
/// Reads the short notation of phrases: <c>[list]</c> is a word of a list, <c>#</c> a digit, <c>!</c> a digit but 0,
/// <c>?</c> a capital letter, <c>^</c> a small letter, <c>~</c> a hexadecimal digit; a backslash takes the next one as it is.
/// </summary>
internal static class Phrase
{
    /// <summary>A space of several phrases, each equally likely.</summary>
    public static TextSpace Parse(IReadOnlyList<string> phrases, Func<string, TextSpace> list)
    {
        var spaces = phrases.Select(phrase => Parse(phrase, list)).ToArray();
        return spaces.Length == 1 ? spaces[0] : new Alternatives(spaces);
    }

    /// <summary>A space of one phrase.</summary>
    public static TextSpace Parse(string phrase, Func<string, TextSpace> list)
    {
        var parts = new List<TextSpace>();
        var literal = new StringBuilder();
        for (var i = 0; i < phrase.Length; i++)
        {
            var c = phrase[i];
            if (Alphabet(c) is { } alphabet)
            {
                Flush();
                var run = 1;
                while (i + 1 < phrase.Length && phrase[i + 1] == c)
                    (run, i) = (run + 1, i + 1);
                parts.Add(new Characters(alphabet, run));
            }
            else if (c == '[')
            {
                Flush();
                var end = phrase.IndexOf(']', i);
                parts.Add(list(phrase[(i + 1)..end]));
                i = end;
            }
            else
            {
                literal.Append(c == '\\' ? phrase[++i] : c);
            }
        }

        Flush();
        return parts.Count == 1 ? parts[0] : new Sequence([.. parts]);

        void Flush()
        {
            if (literal.Length > 0)
                parts.Add(new Literal(literal.ToString()));
            literal.Clear();
        }
    }

    private static string? Alphabet(char c) => c switch
    {
        '#' => Characters.Digits,
        '!' => Characters.FirstDigits,
        '?' => Characters.Upper,
        '^' => Characters.Lower,
        '~' => Characters.Hex,
        _ => null,
    };
}
