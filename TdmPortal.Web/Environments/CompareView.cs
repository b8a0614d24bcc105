using System.Globalization;
using TdmPortal.Data.Environments;

namespace TdmPortal.Web.Environments;

/// <summary>What the comparison page shows, as its address says.</summary>
/// <param name="Before">Number of the one version; null: the live one.</param>
/// <param name="After">Number of the other; null: the newest.</param>
/// <param name="Entity">Null: the most surprising.</param>
/// <param name="Kind">Which of its rows are listed; null: those there are.</param>
/// <param name="Column">Only changed rows in which this column differs.</param>
/// <param name="From">Rows after this row number.</param>
public sealed record CompareView(int? Before, int? After, string? Entity = null, RowDifference? Kind = null, string? Column = null, long? From = null)
{
    /// <summary>With its question mark; empty where all is as it is by default.</summary>
    public string ToQueryString()
    {
        var parts = new[]
        {
            Part("before", Before?.ToString(CultureInfo.InvariantCulture)), Part("after", After?.ToString(CultureInfo.InvariantCulture)), Part("entity", Entity),
            Part("rows", Kind?.ToString().ToLowerInvariant()), Part("column", Column), Part("from", From?.ToString(CultureInfo.InvariantCulture)),
        }.OfType<string>().ToList();
        return parts.Count == 0 ? "" : "?" + string.Join('&', parts);
    }

    private static string? Part(string name, string? value) => value is null ? null : $"{name}={Uri.EscapeDataString(value)}";
}
