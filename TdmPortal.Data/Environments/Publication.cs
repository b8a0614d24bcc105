namespace TdmPortal.Data.Environments;

/// <summary>A row of <c>portal.publication</c>: a stretch of time in which a version was live.</summary>
internal sealed class Publication
{
    public long Id { get; set; }
    public Guid TeamId { get; set; }
    public Guid DatasetId { get; set; }
    public Guid? VersionId { get; set; }
    public int Number { get; set; }
    public string? Note { get; set; }
    public string PublishedBy { get; set; } = "";
    public DateTimeOffset PublishedAt { get; set; }
    /// <summary>Null: this is the live one.</summary>
    public DateTimeOffset? EndedAt { get; set; }
}
