using Microsoft.AspNetCore.WebUtilities;

namespace TdmPortal.Web.Quality;

/// <summary>What the overview of quality shows, as its address says.</summary>
/// <param name="FailedOnly">Only datasets whose latest version does not pass its gate.</param>
public sealed record OverviewView(string? Search, bool FailedOnly)
{
    /// <summary>All datasets.</summary>
    public static OverviewView All { get; } = new(null, false);

    /// <summary>Reads an address; what cannot be read is left out.</summary>
    public static OverviewView Parse(string uri)
    {
        var values = QueryHelpers.ParseQuery(new Uri(uri).Query);
        return new(values.TryGetValue("q", out var search) && search.ToString().Trim() is { Length: > 0 } words ? words : null, values.TryGetValue("failed", out var failed) && failed == "true");
    }

    public string ToUrl()
    {
        var query = string.Join('&', new[] { FailedOnly ? "failed=true" : null, Search is null ? null : "q=" + Uri.EscapeDataString(Search) }.OfType<string>());
        return query.Length == 0 ? PortalUrls.Quality : $"{PortalUrls.Quality}?{query}";
    }
}
