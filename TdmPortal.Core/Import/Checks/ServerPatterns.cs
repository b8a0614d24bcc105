using System.Text;
using TdmPortal.Core.Generators.Patterns;
using TdmPortal.Core.Import.Making;

namespace TdmPortal.Core.Import.Checks;

/// <summary>PostgreSQL's regular expressions and LIKE as patterns that values are made from.</summary>
internal static class ServerPatterns
{
    private static readonly (string Class, string Characters)[] Classes =
    [
        ("[:alpha:]", "A-Za-z"), ("[:digit:]", "0-9"), ("[:alnum:]", "A-Za-z0-9"), ("[:upper:]", "A-Z"), ("[:lower:]", "a-z"), ("[:space:]", " "),
        ("[:word:]", "A-Za-z0-9_"), ("[:xdigit:]", "0-9a-f"), ("[:blank:]", " "), ("[:punct:]", "!.,;"),
    ];

    /// <summary>Null where values cannot be made from it.</summary>
    public static string? OfRegex(string regex)
    {
        var text = new StringBuilder(regex);
        foreach (var (name, characters) in Classes)
            text.Replace(name, characters);
        // Group kinds, anchors within groups and word ends say nothing that a whole match would not.
        text.Replace("(?:", "(").Replace("\\A", "^").Replace("\\Z", "$").Replace("\\y", "").Replace("\\m", "").Replace("\\M", "");
        if (regex.StartsWith("(?i)", StringComparison.Ordinal))
            text.Remove(0, 4);
        text.Replace("(^", "(").Replace("|^", "|").Replace("$|", "|");
        // Printable characters only, and in a class the first ones of a negation.
        var pattern = text.ToString();
        if (pattern.Contains("(?", StringComparison.Ordinal))
            return null;
        if (pattern.StartsWith('^'))
            pattern = pattern[1..];
        pattern = Tamed(pattern);
        return Try(pattern) ? pattern : null;
    }

    /// <summary>Any character, or any but some, becomes letters and digits: as good for the check, and better to look at.</summary>
    private static string Tamed(string pattern)
    {
        const string Plain = "[a-z0-9]";
        var text = new StringBuilder();
        for (var i = 0; i < pattern.Length; i++)
        {
            var c = pattern[i];
            if (c == '\\' && i + 1 < pattern.Length)
            {
                text.Append(pattern[i + 1] switch { 'S' or 'w' => Plain, 'W' or 's' => " ", 'D' => "[a-z]", var other => "\\" + other });
                i++;
            }
            else if (c == '.')
            {
                text.Append(Plain);
            }
            else if (c == '[')
            {
                var end = i + 1;
                if (end < pattern.Length && pattern[end] == '^')
                    end++;
                if (end < pattern.Length && pattern[end] == ']')
                    end++;
                while (end < pattern.Length && pattern[end] != ']')
                    end += pattern[end] == '\\' ? 2 : 1;
                var inside = pattern[i..Math.Min(pattern.Length, end + 1)];
                text.Append(inside.StartsWith("[^", StringComparison.Ordinal) && !inside.Contains("a-z", StringComparison.Ordinal) && !inside.Contains("0-9", StringComparison.Ordinal) && !inside.Contains("\\w", StringComparison.Ordinal) && !inside.Contains("\\d", StringComparison.Ordinal) && !HasLetters(inside) ? Plain : inside);
                i = Math.Min(pattern.Length, end + 1) - 1;
            }
            else
            {
                text.Append(c);
            }
        }

        return text.ToString();
    }

    /// <summary>Letters and digits that stand for themselves.</summary>
    private static bool HasLetters(string inside)
    {
        for (var i = 1; i < inside.Length; i++)
        {
            if ((char.IsAsciiLetterLower(inside[i]) || char.IsAsciiDigit(inside[i])) && inside[i - 1] != '\\')
                return true;
        }

        return false;
    }

    /// <summary>SIMILAR TO: a regular expression in which % and _ have the meaning of LIKE.</summary>
    public static string? OfSimilar(string similar) => OfRegex(similar.Replace("%", "[a-z]{0,6}", StringComparison.Ordinal).Replace("_", "[a-z]", StringComparison.Ordinal));

    public static string? OfLike(string like)
    {
        var pattern = new StringBuilder();
        for (var i = 0; i < like.Length; i++)
        {
            if (like[i] == '%')
                pattern.Append("[a-z]{2,6}");
            else if (like[i] == '_')
                pattern.Append("[a-z]");
            else
                pattern.Append(TypeTexts.Literal((like[i] == '\\' && i + 1 < like.Length ? like[++i] : like[i]).ToString()));
        }

        return pattern.Length > 0 && Try(pattern.ToString()) ? pattern.ToString() : null;
    }

    private static bool Try(string pattern)
    {
        try
        {
            PatternParser.Parse(pattern);
            return true;
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
