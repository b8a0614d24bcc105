using Microsoft.AspNetCore.WebUtilities;

namespace TdmPortal.Web.Masking;

/// <summary>What the policy editor shows, as its address says.</summary>
public sealed record PolicyView
{
    public PolicyPart Part { get; init; }
    public ColumnFilter Filter { get; init; }
    /// <summary>Only columns with these words.</summary>
    public string? Search { get; init; }
    /// <summary>Only columns of this kind of personal data.</summary>
    public string? Kind { get; init; }
    /// <summary>The column (<c>entity.field</c>), kind or group that is open.</summary>
    public string? Open { get; init; }
    /// <summary>The source that is looked at; null: the one that the policy was written for.</summary>
    public Guid? Source { get; init; }

    /// <summary>Reads the query part of an address; what cannot be read is left out.</summary>
    public static PolicyView Parse(string? query)
    {
        var values = QueryHelpers.ParseQuery(query);
        string? Text(string name) => values.TryGetValue(name, out var value) && value.ToString().Trim() is { Length: > 0 } text ? text : null;
        return new PolicyView
        {
            Part = Enum.TryParse<PolicyPart>(Text("part"), ignoreCase: true, out var part) && Enum.IsDefined(part) ? part : PolicyPart.Columns,
            Filter = Enum.TryParse<ColumnFilter>(Text("show"), ignoreCase: true, out var filter) && Enum.IsDefined(filter) ? filter : ColumnFilter.All,
            Search = Text("q"),
            Kind = Text("kind"),
            Open = Text("open"),
            Source = Guid.TryParse(Text("source"), out var source) ? source : null,
        };
    }

    /// <summary>With its question mark; empty where all is as it is by default.</summary>
    public string ToQueryString()
    {
        var parts = new[]
        {
            Pair("part", Part == PolicyPart.Columns ? null : Part.ToString().ToLowerInvariant()),
            Pair("show", Filter == ColumnFilter.All ? null : Filter.ToString().ToLowerInvariant()),
            Pair("q", Search), Pair("kind", Kind), Pair("open", Open), Pair("source", Source?.ToString()),
        }.OfType<string>().ToList();
        return parts.Count == 0 ? "" : "?" + string.Join('&', parts);
    }

    private static string? Pair(string name, string? value) => value is null ? null : $"{name}={Uri.EscapeDataString(value)}";
}
