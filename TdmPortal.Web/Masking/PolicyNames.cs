using System.Globalization;
using System.Text;

namespace TdmPortal.Web.Masking;

/// <summary>The name of a policy in files and lists, from what people call it.</summary>
public static class PolicyNames
{
    private const int MaxLength = 63;

    /// <summary>The nearest valid name: small letters, digits and _, beginning with a letter.</summary>
    public static string From(string title)
    {
        var name = new StringBuilder();
        foreach (var c in title.Normalize(NormalizationForm.FormD).ToLowerInvariant())
        {
            if (char.IsAsciiLetterOrDigit(c))
                name.Append(c);
            else if (name.Length > 0 && name[^1] != '_' && CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark)
                name.Append('_');
        }

        var valid = name.ToString().TrimStart('_', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9');
        return (valid.Length > MaxLength ? valid[..MaxLength] : valid).TrimEnd('_') is { Length: > 0 } found ? found : "policy";
    }
}
