using System.Globalization;
using System.Text;

namespace TdmPortal.Web.Datasets;

/// <summary>A document's names (<c>snake_case</c>) in the habits of programming languages.</summary>
internal static class Identifier
{
    public static string Pascal(string name)
    {
        var text = new StringBuilder(name.Length);
        foreach (var part in name.Split('_', StringSplitOptions.RemoveEmptyEntries))
            text.Append(char.ToUpperInvariant(part[0])).Append(part, 1, part.Length - 1);
        return text.Length == 0 ? "Row" : text.ToString();
    }

    public static string Camel(string name)
    {
        var pascal = Pascal(name);
        return char.ToLowerInvariant(pascal[0]) + pascal[1..];
    }

    /// <summary>Names that fall together (<c>a_b</c> and <c>ab_</c>) get a number.</summary>
    public static IReadOnlyList<string> Distinct(IEnumerable<string> names)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var result = new List<string>();
        foreach (var name in names)
        {
            var free = name;
            for (var i = 2; !taken.Add(free); i++)
                free = name + i.ToString(CultureInfo.InvariantCulture);
            result.Add(free);
        }

        return result;
    }

    /// <summary>Characters that a reader of source code cannot see, or that reorder what they see.</summary>
    public static bool NeedsEscape(char c) =>
        char.GetUnicodeCategory(c) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse
        || (char.IsWhiteSpace(c) && c != ' ');

    public static string Hex(char c) => ((int)c).ToString("x4", CultureInfo.InvariantCulture);
}
