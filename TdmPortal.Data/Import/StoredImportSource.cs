namespace TdmPortal.Data.Import;

/// <summary>A row of <c>portal.source</c>. The portal's role may not read <see cref="Password"/>: what it lists is projected.</summary>
internal sealed class StoredImportSource
{
    public Guid Id { get; set; }
    public Guid TeamId { get; set; }
    public string Name { get; set; } = "";
    public SourceKind Kind { get; set; }
    /// <summary>JSON of <see cref="SourceSettings"/>.</summary>
    public string Settings { get; set; } = "{}";
    /// <summary>Protected by the key ring.</summary>
    public byte[]? Password { get; set; }
    public Guid? SchemaId { get; set; }
    /// <summary>JSON of the structure as it was looked at.</summary>
    public string? Structure { get; set; }
    public string? Fingerprint { get; set; }
    public DateTimeOffset? LookedAt { get; set; }
    public string? Problem { get; set; }
    public string CreatedBy { get; set; } = "";
    public DateTimeOffset CreatedAt { get; set; }
    public string ChangedBy { get; set; } = "";
    public DateTimeOffset ChangedAt { get; set; }
}
