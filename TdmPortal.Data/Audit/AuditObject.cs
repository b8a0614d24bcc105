using System.Globalization;

namespace TdmPortal.Data.Audit;

/// <summary>What an audit record is about.</summary>
/// <param name="Kind">Stable: <c>schema</c>, <c>dataset</c>, <c>version</c>, …</param>
/// <param name="Id">Its id, where it has one.</param>
/// <param name="Name">As people knew it at that time.</param>
public sealed record AuditObject(string Kind, string? Id, string? Name)
{
    public static AuditObject Schema(Guid id, string? name) => new("schema", id.ToString(), name);

    public static AuditObject Proposal(Guid id, string? title) => new("proposal", id.ToString(), title);

    public static AuditObject Dataset(Guid id, string? name) => new("dataset", id.ToString(), name);

    /// <summary>One version of a dataset; shown as <c>orders v3</c>.</summary>
    public static AuditObject Version(Guid id, string? dataset, int number) => new("version", id.ToString(), string.Create(CultureInfo.InvariantCulture, $"{dataset} v{number}"));

    public static AuditObject Scratch(Guid id, string? name) => new("scratch", id.ToString(), name);

    /// <summary>A refresh schedule, known by its dataset's name.</summary>
    public static AuditObject Schedule(Guid id, string? dataset) => new("schedule", id.ToString(), dataset);

    public static AuditObject Job(Guid id, string? title) => new("job", id.ToString(), title);

    public static AuditObject Team(Guid id, string? key) => new("team", id.ToString(), key);

    public static AuditObject User(Guid id, string? name) => new("user", id.ToString(), name);

    public static AuditObject Source(Guid? id, string? name) => new("source", id?.ToString(), name);

    public static AuditObject Import(Guid id, string? name) => new("import", id.ToString(), name);

    public static AuditObject Webhook(Guid id, string? name) => new("webhook", id.ToString(), name);

    public static AuditObject Policy(Guid id, string? name) => new("masking_policy", id.ToString(), name);

    /// <summary>A team's masking key by its number; the key itself is nowhere.</summary>
    public static AuditObject MaskingKey(int number) => new("masking_key", number.ToString(CultureInfo.InvariantCulture), string.Create(CultureInfo.InvariantCulture, $"key {number}"));

    /// <summary>A role of the database that people sign in with.</summary>
    public static AuditObject Login(string role) => new("login", role, role);
}
