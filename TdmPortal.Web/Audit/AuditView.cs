using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;
using TdmPortal.Data.Audit;

namespace TdmPortal.Web.Audit;

/// <summary>What the audit page shows, as it stands in its address.</summary>
/// <param name="Action">A code, or an area with its dot.</param>
/// <param name="Object">An id, or part of a name.</param>
/// <param name="From">The first day, as the reader's clock has it.</param>
/// <param name="Until">The last day.</param>
public sealed record AuditView(Guid? Team = null, string? Person = null, string? Action = null, string? Object = null, DateOnly? From = null, DateOnly? Until = null, string? Text = null)
{
    private const string Day = "yyyy-MM-dd";

    /// <summary>Reads the query part of an address; what cannot be read is left out.</summary>
    public static AuditView Parse(string? query)
    {
        var values = QueryHelpers.ParseQuery(query);
        return new AuditView(Guid.TryParse(Value("team"), out var team) ? team : null, Value("person"), Value("action"), Value("object"), Date("from"), Date("until"), Value("q"));

        string? Value(string name) => values.TryGetValue(name, out var found) && found.ToString().Trim() is { Length: > 0 and <= 200 } text ? text : null;
        DateOnly? Date(string name) => DateOnly.TryParseExact(Value(name), Day, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
    }

    /// <summary>The query part with its question mark, empty for all records.</summary>
    public string ToQueryString()
    {
        (string Name, string? Value)[] parts = [("team", Team?.ToString()), ("person", Person), ("action", Action), ("object", Object), ("from", From?.ToString(Day, CultureInfo.InvariantCulture)), ("until", Until?.ToString(Day, CultureInfo.InvariantCulture)), ("q", Text)];
        var given = parts.Where(part => part.Value is not null).Select(part => $"{part.Name}={Uri.EscapeDataString(part.Value!)}").ToList();
        return given.Count == 0 ? "" : "?" + string.Join('&', given);
    }

    /// <param name="toInstant">When a time is that the reader's clock shows.</param>
    public AuditQuery ToQuery(Func<DateTime, DateTimeOffset> toInstant) => new(Team, Person, Action, Object,
        From is { } from ? toInstant(from.ToDateTime(TimeOnly.MinValue)) : null, Until is { } until && until < DateOnly.MaxValue ? toInstant(until.AddDays(1).ToDateTime(TimeOnly.MinValue)) : null, Text);
}
