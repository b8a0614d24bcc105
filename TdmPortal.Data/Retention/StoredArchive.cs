namespace TdmPortal.Data.Retention;

/// <summary>A row of <c>portal.version_archive</c>.</summary>
internal sealed class StoredArchive
{
    /// <summary>Of the version that it was, and the name of its folder.</summary>
    public Guid Id { get; set; }
    public Guid TeamId { get; set; }
    public Guid DatasetId { get; set; }
    public int Number { get; set; }
    public long RowCount { get; set; }
    public long VersionBytes { get; set; }
    public long ArchiveBytes { get; set; }
    public string ManifestHash { get; set; } = "";
    public string? Note { get; set; }
    public string[] Tags { get; set; } = [];
    public string CreatedBy { get; set; } = "";
    public DateTimeOffset CreatedAt { get; set; }
    public string ArchivedBy { get; set; } = "";
    public DateTimeOffset ArchivedAt { get; set; }
}
