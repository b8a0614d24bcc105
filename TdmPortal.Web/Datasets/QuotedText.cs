using System.Text;

namespace TdmPortal.Web.Datasets;

/// <summary>A text as a literal in double quotes, as C#, Java and Python read it alike.</summary>
public static class QuotedText
{
    /// <param name="octal">Control characters in octal: Java reads <c>\u000a</c> and its like before it splits the text into lines, which would break the literal.</param>
    public static string Of(string value, bool octal = false)
    {
        var text = new StringBuilder(value.Length + 2).Append('"');
        foreach (var c in value)
        {
            text = c switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append("\\\\"),
                '\n' => text.Append("\\n"),
                '\r' => text.Append("\\r"),
                '\t' => text.Append("\\t"),
                < ' ' when octal => text.Append('\\').Append(Convert.ToString(c, 8).PadLeft(3, '0')),
                _ when Identifier.NeedsEscape(c) => text.Append("\\u").Append(Identifier.Hex(c)),
                _ => text.Append(c),
            };
        }

        return text.Append('"').ToString();
    }
}
