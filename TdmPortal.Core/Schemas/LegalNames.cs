using System.Globalization;
using System.Text;

namespace TdmPortal.Core.Schemas;

/// <summary>The names that a document's parts may have: <c>^[a-z][a-z0-9_]{0,62}$</c>.</summary>
public static class LegalNames
{
    /// <summary>Longest name.</summary>
    public const int MaxLength = 63;

    /// <summary>Whether a name is legal.</summary>
    public static bool IsLegal(string name)
    {
        if (name.Length is 0 or > MaxLength || !char.IsAsciiLetterLower(name[0]))
            return false;
        foreach (var c in name)
        {
            if (!char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c) && c != '_')
                return false;
        }

        return true;
    }

    /// <summary>
    /// The nearest legal name of any text: "Order Details" becomes <c>order_details</c>, "CustomerID" <c>customer_id</c>,
    /// "Größe" <c>groesse</c>. Never empty.
    /// </summary>
    public static string ToLegal(string text, string ifNothingIsLeft = "column")
    {
        var name = new StringBuilder();
        var previous = ' ';
        var folded = Fold(text);
        for (var i = 0; i < folded.Length; i++)
        {
            var c = folded[i];
            if (char.IsAsciiLetterOrDigit(c))
            {
                var startsWord = char.IsAsciiLetterUpper(c)
                    && (char.IsAsciiLetterLower(previous) || char.IsAsciiDigit(previous) || (char.IsAsciiLetterUpper(previous) && i + 1 < folded.Length && char.IsAsciiLetterLower(folded[i + 1])));
                if (startsWord && name.Length > 0 && name[^1] != '_')
                    name.Append('_');
                name.Append(char.ToLowerInvariant(c));
            }
            else if (name.Length > 0 && name[^1] != '_')
            {
                name.Append('_');
            }

            previous = c;
        }

        var legal = name.ToString().Trim('_');
        if (legal.Length == 0)
            return ifNothingIsLeft;
        if (!char.IsAsciiLetterLower(legal[0]))
            legal = $"{ifNothingIsLeft[0]}_{legal}";
        return legal.Length > MaxLength ? legal[..MaxLength].TrimEnd('_') : legal;
    }

    /// <summary>The name, or the name with the first number behind it that is not taken; adds it to those taken.</summary>
    internal static string Distinct(string name, HashSet<string> taken)
    {
        var distinct = name;
        for (var number = 2; !taken.Add(distinct); number++)
        {
            var ending = $"_{number.ToString(CultureInfo.InvariantCulture)}";
            distinct = (name.Length + ending.Length > MaxLength ? name[..(MaxLength - ending.Length)] : name) + ending;
        }

        return distinct;
    }

    private static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var c in text.Replace("ä", "ae", StringComparison.Ordinal).Replace("ö", "oe", StringComparison.Ordinal).Replace("ü", "ue", StringComparison.Ordinal)
            .Replace("Ä", "Ae", StringComparison.Ordinal).Replace("Ö", "Oe", StringComparison.Ordinal).Replace("Ü", "Ue", StringComparison.Ordinal)
            .Replace("ß", "ss", StringComparison.Ordinal).Replace("ø", "o", StringComparison.Ordinal).Replace("ł", "l", StringComparison.Ordinal)
            .Replace("æ", "ae", StringComparison.Ordinal).Replace("œ", "oe", StringComparison.Ordinal)
            .Normalize(NormalizationForm.FormD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark)
                folded.Append(c);
        }

        return folded.ToString();
    }
}
