using System.Globalization;

namespace TdmPortal.Core.Schemas;

/// <summary>Takes the path of a problem apart: <c>entities[3].fields[0].args</c>.</summary>
internal static class ProblemPath
{
    /// <summary>The number behind <paramref name="before"/>, as <c>entities[</c> (which must begin the path) or <c>.fields[</c>; null where there is none.</summary>
    public static int? Index(string path, string before)
    {
        var at = path.IndexOf(before, StringComparison.Ordinal);
        if (at < 0 || (before[0] != '.' && at > 0))
            return null;
        var digits = path.AsSpan(at + before.Length);
        var end = digits.IndexOf(']');
        return end > 0 && int.TryParse(digits[..end], NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : null;
    }
}
