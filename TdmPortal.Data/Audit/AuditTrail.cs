using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Npgsql;
using NpgsqlTypes;

namespace TdmPortal.Data.Audit;

/// <summary>
/// What one transaction leaves in the audit. The records are collected while it works and appended as its last statement:
/// appending takes the head of the chain, and whoever holds that makes all others wait.
/// </summary>
public sealed class AuditTrail
{
    private const int LongestName = 300, LargestDocument = 64 * 1024;

    // A second line of defence: whoever adds a record leaves secrets out in the first place.
    private static readonly string[] Secrets = ["password", "secret", "token", "stamp", "recoverycode", "verifier"];

    private readonly List<JsonObject> records = [];
    private bool nothingOwed;

    internal AuditTrail(AuditSource source) => Source = source;

    /// <summary>Who acts; the portal itself unless said otherwise.</summary>
    public AuditSource Source { get; set; }

    /// <summary>Adds one record.</summary>
    /// <param name="about">What it was done to; null where there is no such thing.</param>
    /// <param name="before">Of settings: what they were, as an anonymous object. Never a secret.</param>
    /// <param name="after">Of settings: what they are now.</param>
    /// <param name="details">What else matters: a format, a row count, a reason.</param>
    /// <param name="team">The team concerned, where it is not the one that the actor works in.</param>
    /// <exception cref="InvalidOperationException">A property is named like a secret.</exception>
    public void Add(AuditAction action, AuditObject? about, object? before = null, object? after = null, object? details = null, Guid? team = null)
    {
        var record = new JsonObject
        {
            ["user_id"] = Source.UserId?.ToString(),
            ["user_name"] = Clip(Source.UserName),
            ["action"] = action.Code,
            ["team_id"] = (team ?? Source.TeamId)?.ToString(),
            ["object_kind"] = about?.Kind,
            ["object_id"] = Clip(about?.Id),
            ["object_name"] = Clip(about?.Name),
            ["channel"] = Source.Origin.Channel.ToString().ToLowerInvariant(),
            ["address"] = Clip(Source.Origin.Address),
            ["before"] = Document(before),
            ["after"] = Document(after),
            ["details"] = Document(details),
        };
        records.Add(record);
    }

    /// <summary>Says that this piece of work owes no record.</summary>
    /// <param name="reason">Read by people who read the code.</param>
    public void NothingOwed(string reason)
    {
        ArgumentException.ThrowIfNullOrEmpty(reason);
        nothingOwed = true;
    }

    /// <summary>For a context that does several pieces of work one after the other.</summary>
    internal void Begin(AuditSource who)
    {
        records.Clear();
        (Source, nothingOwed) = (who, false);
    }

    /// <summary>Before a change is committed.</summary>
    /// <exception cref="InvalidOperationException">Nothing was recorded.</exception>
    internal void Demand()
    {
        if (!nothingOwed && records.Count == 0)
            throw new InvalidOperationException($"A change without a record in the audit: add one with {nameof(Add)}, or say with {nameof(NothingOwed)} why there is none.");
    }

    /// <summary>Appends what was collected; the transaction commits right after it.</summary>
    internal async Task AppendAsync(DbConnection connection, CancellationToken cancellation)
    {
        if (records.Count == 0)
            return;
        await using var batch = new NpgsqlBatch((NpgsqlConnection)connection) { BatchCommands = { Append() } };
        await batch.ExecuteNonQueryAsync(cancellation);
        records.Clear();
    }

    /// <summary>Appends what was collected and commits with the same message.</summary>
    /// <returns>False: nothing was collected, and nothing committed.</returns>
    internal async Task<bool> CommitAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        if (records.Count == 0)
            return false;
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { Append(), new NpgsqlBatchCommand("commit") } };
        await batch.ExecuteNonQueryAsync(cancellation);
        records.Clear();
        return true;
    }

    private NpgsqlBatchCommand Append() => new("select portal.append_audit($1)") { Parameters = { new NpgsqlParameter { Value = ToJson(), NpgsqlDbType = NpgsqlDbType.Jsonb } } };

    // PostgreSQL's texts hold no NUL.
    private string ToJson() => new JsonArray([.. records]).ToJsonString().Replace("\\u0000", "\\uFFFD", StringComparison.Ordinal);

    private static string? Clip(string? text) => text?.Length > LongestName ? text[..(LongestName - 1)] + "…" : text;

    private static JsonNode? Document(object? value)
    {
        if (value is null)
            return null;
        var node = JsonSerializer.SerializeToNode(value, value.GetType(), StoredJson.Options);
        Refuse(node);
        var size = node?.ToJsonString().Length ?? 0;
        return size <= LargestDocument ? node : new JsonObject { ["tooLarge"] = size.ToString(CultureInfo.InvariantCulture) };
    }

    private static void Refuse(JsonNode? node)
    {
        if (node is JsonArray array)
        {
            foreach (var item in array)
                Refuse(item);
        }

        if (node is not JsonObject document)
            return;
        foreach (var (name, value) in document)
        {
            if (value is JsonValue && value.GetValueKind() == JsonValueKind.String && Array.Exists(Secrets, secret => name.Contains(secret, StringComparison.OrdinalIgnoreCase)))
                throw new InvalidOperationException($"{name} looks like a secret: it must not stand in the audit.");
            Refuse(value);
        }
    }
}
