namespace TdmPortal.Data.Environments;

/// <summary>A row of <c>portal.scratch_copy</c>. The login's password is in none.</summary>
internal sealed class StoredScratchCopy
{
    /// <summary>Its job fills it; nobody can sign in.</summary>
    public const string Building = "building";
    public const string Ready = "ready";
    /// <summary>It outgrew its quota: nobody can sign in until it is filled anew or given more.</summary>
    public const string Full = "full";
    /// <summary>Given up or expired: its schema and its login are dropped, then this row.</summary>
    public const string Ended = "ended";

    public Guid Id { get; set; }
    public long Number { get; set; }
    public Guid TeamId { get; set; }
    public Guid VersionId { get; set; }
    public Guid UserId { get; set; }
    public string Name { get; set; } = "";
    public string? SchemaName { get; set; }
    public string? RoleName { get; set; }
    public string State { get; set; } = Building;
    public Guid? JobId { get; set; }
    public long QuotaBytes { get; set; }
    public long Bytes { get; set; }
    public DateTimeOffset CreatedAt { get; set; }
    public DateTimeOffset? FilledAt { get; set; }
    public DateTimeOffset ExpiresAt { get; set; }
}
