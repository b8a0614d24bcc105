using System.Text;

namespace TdmPortal.Core.Import.JsonSchemas;

/// <summary>Regular expressions of ECMA-262 as PostgreSQL writes them.</summary>
internal static class JsonPatterns
{
    /// <summary>Classes of Unicode become their plain letters and digits, which are among them.</summary>
    public static string ToServer(string pattern)
    {
        var text = new StringBuilder();
        var inClass = false;
        for (var i = 0; i < pattern.Length; i++)
        {
            var c = pattern[i];
            if (c == '\\' && i + 1 < pattern.Length)
            {
                if (pattern[i + 1] == 'p' && i + 2 < pattern.Length && pattern[i + 2] == '{' && pattern.IndexOf('}', i) is > 0 and var end && Letters(pattern[(i + 3)..end]) is { } letters)
                {
                    text.Append(inClass ? letters : $"[{letters}]");
                    i = end;
                    continue;
                }

                text.Append(pattern[i + 1] == '/' ? "/" : pattern.Substring(i, 2));
                i++;
                continue;
            }

            inClass = c == '[' || (inClass && c != ']');
            // A group's name says nothing of the text.
            if (!inClass && c == '(' && i + 3 < pattern.Length && pattern[i + 1] == '?' && pattern[i + 2] == '<' && pattern[i + 3] is not ('=' or '!') && pattern.IndexOf('>', i) is > 0 and var named)
            {
                text.Append('(');
                i = named;
                continue;
            }

            text.Append(c);
        }

        return text.ToString();
    }

    private static string? Letters(string category) => category switch
    {
        "L" or "Letter" or "Alphabetic" or "L&" => "A-Za-z",
        "Lu" or "Uppercase_Letter" or "Lt" => "A-Z",
        "Ll" or "Lowercase_Letter" => "a-z",
        "N" or "Nd" or "Number" or "Decimal_Number" => "0-9",
        "P" or "Punctuation" => ".,;!",
        "Zs" or "Z" => " ",
        _ => null,
    };
}
