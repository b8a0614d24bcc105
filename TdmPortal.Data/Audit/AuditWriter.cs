using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace TdmPortal.Data.Audit;

/// <summary>Writes records one by one, for spreadsheets (CSV) or programs (NDJSON).</summary>
internal sealed class AuditWriter : IAsyncDisposable
{
    private const string Heading = "number,at,user_id,user_name,action,team_id,object_kind,object_id,object_name,channel,address,before,after,details,hash";
    private readonly StreamWriter output;
    private readonly Func<AuditEntry, string> line;
    private readonly string? heading;

    private AuditWriter(Stream output, Func<AuditEntry, string> line, string? heading)
    {
        this.output = new StreamWriter(output, new UTF8Encoding(false), 1 << 16, leaveOpen: true) { NewLine = "\n" };
        (this.line, this.heading) = (line, heading);
    }

    public static AuditWriter For(AuditFileFormat format, Stream output) => format == AuditFileFormat.Csv ? new(output, Csv, Heading) : new(output, Ndjson, null);

    public async Task BeginAsync(CancellationToken cancellation)
    {
        if (heading is not null)
            await output.WriteLineAsync(heading.AsMemory(), cancellation);
    }

    public Task WriteAsync(AuditEntry entry, CancellationToken cancellation) => output.WriteLineAsync(line(entry).AsMemory(), cancellation);

    public ValueTask DisposeAsync() => output.DisposeAsync();

    private static string Csv(AuditEntry entry) => string.Join(',', Fields(entry).Select(field => Quote(field.Value)));

    private static string Ndjson(AuditEntry entry)
    {
        var json = new JsonObject();
        foreach (var (name, value) in Fields(entry))
            json[name] = value is null ? null : name is "before" or "after" or "details" ? JsonNode.Parse(value) : value;
        json["number"] = entry.Number;
        return json.ToJsonString(JsonSerializerOptions.Default);
    }

    private static IEnumerable<(string Name, string? Value)> Fields(AuditEntry entry) =>
    [
        ("number", entry.Number.ToString(CultureInfo.InvariantCulture)), ("at", entry.At.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture)), ("user_id", entry.UserId?.ToString()), ("user_name", entry.UserName),
        ("action", entry.Action), ("team_id", entry.TeamId?.ToString()), ("object_kind", entry.ObjectKind), ("object_id", entry.ObjectId), ("object_name", entry.ObjectName), ("channel", entry.Channel.ToString().ToLowerInvariant()),
        ("address", entry.Address), ("before", entry.Before), ("after", entry.After), ("details", entry.Details), ("hash", entry.Hash),
    ];

    // A spreadsheet runs what begins like a formula: an apostrophe makes it a text.
    private static string Quote(string? value)
    {
        if (value is null)
            return "";
        var safe = value is ['=' or '+' or '-' or '@' or '\t' or '\r', ..] ? "'" + value : value;
        return safe.AsSpan().IndexOfAny("\",\n\r") < 0 ? safe : $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
