using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace TdmPortal.Web.Schemas.Editing;

/// <summary>Names as a schema document takes them: <c>^[a-z][a-z0-9_]{0,62}$</c>.</summary>
public static partial class SchemaNames
{
    private const int MaxLength = 63;

    [GeneratedRegex("^[a-z][a-z0-9_]{0,62}$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Valid();

    public static bool IsValid(string name) => Valid().IsMatch(name);

    /// <summary>The nearest valid name for what somebody typed: "Order ID" and "orderId" give <c>order_id</c>.</summary>
    public static string FromText(string text, string fallback = "field")
    {
        var name = new StringBuilder();
        var previous = '_';
        foreach (var c in text.Normalize(NormalizationForm.FormD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark)
                continue;
            var ascii = char.IsAsciiLetterOrDigit(c);
            if (ascii && char.IsAsciiLetterUpper(c) && (char.IsAsciiLetterLower(previous) || char.IsAsciiDigit(previous)))
                name.Append('_');
            if (ascii)
                name.Append(char.ToLowerInvariant(c));
            else if (name.Length > 0 && name[^1] != '_')
                name.Append('_');
            previous = c;
        }

        var trimmed = name.ToString().Trim('_');
        if (trimmed.Length == 0)
            return fallback;
        if (!char.IsAsciiLetterLower(trimmed[0]))
            trimmed = fallback[0] + "_" + trimmed;
        return trimmed.Length > MaxLength ? trimmed[..MaxLength].TrimEnd('_') : trimmed;
    }

    /// <summary>The name itself, or with the first free number behind it.</summary>
    public static string Free(string name, IEnumerable<string> taken)
    {
        var all = taken.ToHashSet(StringComparer.Ordinal);
        if (!all.Contains(name))
            return name;
        for (var number = 2; ; number++)
        {
            var suffix = string.Create(CultureInfo.InvariantCulture, $"_{number}");
            var candidate = (name.Length + suffix.Length > MaxLength ? name[..(MaxLength - suffix.Length)] : name) + suffix;
            if (!all.Contains(candidate))
                return candidate;
        }
    }
}
