using Microsoft.AspNetCore.WebUtilities;
using TdmPortal.Core.Jobs;

namespace TdmPortal.Web.Jobs;

/// <summary>What the list of jobs shows, as it stands in its address.</summary>
/// <param name="State">Null: all.</param>
public sealed record JobsView(JobState? State, string? Search)
{
    /// <summary>Reads the query part of an address; what cannot be read is left out.</summary>
    public static JobsView Parse(string? query)
    {
        var values = QueryHelpers.ParseQuery(query);
        var state = values.TryGetValue("state", out var text) && Enum.TryParse<JobState>(text.ToString(), ignoreCase: true, out var parsed) && Enum.IsDefined(parsed) && !char.IsAsciiDigit(text.ToString()[0]) ? parsed : (JobState?)null;
        return new JobsView(state, values.TryGetValue("q", out var search) && search.ToString().Trim() is { Length: > 0 } words ? words : null);
    }

    /// <summary>The query part with its question mark, empty for all jobs.</summary>
    public string ToQueryString()
    {
        var parts = new List<string>(2);
        if (State is { } state)
            parts.Add("state=" + state.ToString().ToLowerInvariant());
        if (Search is not null)
            parts.Add("q=" + Uri.EscapeDataString(Search));
        return parts.Count == 0 ? "" : "?" + string.Join('&', parts);
    }
}
