using Microsoft.AspNetCore.WebUtilities;
using TdmPortal.Data.Refresh;

namespace TdmPortal.Web.Refresh;

/// <summary>What the list of schedules shows, as its address says.</summary>
public sealed record RefreshView(ScheduleShelf Shelf, string? Search)
{
    /// <summary>All of them.</summary>
    public static RefreshView All { get; } = new(ScheduleShelf.All, null);

    /// <summary>Reads an address; what cannot be read is left out.</summary>
    public static RefreshView Parse(string uri)
    {
        var values = QueryHelpers.ParseQuery(new Uri(uri).Query);
        var shelf = values.TryGetValue("state", out var text) ? Array.Find(Enum.GetValues<ScheduleShelf>(), one => one.ToString().Equals(text, StringComparison.OrdinalIgnoreCase)) : ScheduleShelf.All;
        return new(shelf, values.TryGetValue("q", out var search) && search.ToString().Trim() is { Length: > 0 } words ? words : null);
    }

    public string ToUrl()
    {
        var query = string.Join('&', new[] { Shelf == ScheduleShelf.All ? null : "state=" + Shelf.ToString().ToLowerInvariant(), Search is null ? null : "q=" + Uri.EscapeDataString(Search) }.OfType<string>());
        return query.Length == 0 ? PortalUrls.Refresh : $"{PortalUrls.Refresh}?{query}";
    }
}
