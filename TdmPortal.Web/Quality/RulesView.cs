using Microsoft.AspNetCore.WebUtilities;

namespace TdmPortal.Web.Quality;

/// <summary>What the rule editor shows, as its address says.</summary>
public sealed record RulesView
{
    public RulesPart Part { get; init; }
    /// <summary>Only rules with these words.</summary>
    public string? Search { get; init; }
    /// <summary>The rule or scenario that is open.</summary>
    public string? Open { get; init; }
    /// <summary>Whether a new one is being written.</summary>
    public bool IsNew { get; init; }
    /// <summary>The dataset's version on which rows are counted; null: generated rows.</summary>
    public Guid? On { get; init; }

    /// <summary>Reads the query part of an address; what cannot be read is left out.</summary>
    public static RulesView Parse(string? query)
    {
        var values = QueryHelpers.ParseQuery(query);
        string? Text(string name) => values.TryGetValue(name, out var value) && value.ToString().Trim() is { Length: > 0 } text ? text : null;
        return new RulesView
        {
            Part = Enum.TryParse<RulesPart>(Text("part"), ignoreCase: true, out var part) && Enum.IsDefined(part) ? part : RulesPart.Rules,
            Search = Text("q"),
            Open = Text("open"),
            IsNew = Text("new") == "true",
            On = Guid.TryParse(Text("on"), out var version) ? version : null,
        };
    }

    /// <summary>With its question mark; empty where all is as it is by default.</summary>
    public string ToQueryString()
    {
        var parts = new[] { Pair("part", Part == RulesPart.Rules ? null : Part.ToString().ToLowerInvariant()), Pair("q", Search), Pair("open", Open), IsNew ? "new=true" : null, Pair("on", On?.ToString()) }.OfType<string>().ToList();
        return parts.Count == 0 ? "" : "?" + string.Join('&', parts);
    }

    private static string? Pair(string name, string? value) => value is null ? null : $"{name}={Uri.EscapeDataString(value)}";
}
