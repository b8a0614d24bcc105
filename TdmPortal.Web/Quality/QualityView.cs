using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;

namespace TdmPortal.Web.Quality;

/// <summary>What the report page shows, as its address says.</summary>
public sealed record QualityView
{
    /// <summary>A version's number; null: the live one.</summary>
    public int? Version { get; init; }
    /// <summary>A report by its id, also of a version that the gate stopped; null: the version's.</summary>
    public Guid? Report { get; init; }
    /// <summary>The version that it is compared with; null: the one before it.</summary>
    public int? Against { get; init; }
    public QualitySection Section { get; init; }
    /// <summary>Null: all of them, or the first.</summary>
    public string? Entity { get; init; }
    public string? Column { get; init; }
    /// <summary>The rule that is open.</summary>
    public string? Rule { get; init; }

    /// <summary>Reads the query part of an address; what cannot be read is left out.</summary>
    public static QualityView Parse(string? query)
    {
        var values = QueryHelpers.ParseQuery(query);
        string? Text(string name) => values.TryGetValue(name, out var value) && value.ToString().Trim() is { Length: > 0 } text ? text : null;
        int? Number(string name) => int.TryParse(Text(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;
        return new QualityView
        {
            Version = Number("v"),
            Report = Guid.TryParse(Text("report"), out var report) ? report : null,
            Against = Number("against"),
            Section = Enum.TryParse<QualitySection>(Text("section"), ignoreCase: true, out var section) && Enum.IsDefined(section) ? section : QualitySection.Summary,
            Entity = Text("entity"),
            Column = Text("column"),
            Rule = Text("rule"),
        };
    }

    /// <summary>With its question mark; empty where all is as it is by default.</summary>
    public string ToQueryString()
    {
        var parts = new[]
        {
            Part("v", Version?.ToString(CultureInfo.InvariantCulture)), Part("report", Report?.ToString()), Part("against", Against?.ToString(CultureInfo.InvariantCulture)),
            Part("section", Section == QualitySection.Summary ? null : Section.ToString().ToLowerInvariant()), Part("entity", Entity), Part("column", Column), Part("rule", Rule),
        }.OfType<string>().ToList();
        return parts.Count == 0 ? "" : "?" + string.Join('&', parts);
    }

    /// <summary>Another part, without what was open in this one.</summary>
    public QualityView To(QualitySection section) => new() { Version = Version, Report = Report, Against = Against, Section = section };

    private static string? Part(string name, string? value) => value is null ? null : $"{name}={Uri.EscapeDataString(value)}";
}
