namespace TdmPortal.Data.Import;

/// <summary>A row of <c>portal.import</c>.</summary>
internal sealed class StoredImport
{
    public Guid Id { get; set; }
    public Guid TeamId { get; set; }
    public Guid AuthorId { get; set; }
    public string Author { get; set; } = "";
    public string Name { get; set; } = "";
    public ImportOrigin Origin { get; set; }
    public Guid? SourceId { get; set; }
    /// <summary>What is imported and how, JSON.</summary>
    public string Choices { get; set; } = "{}";
    public Guid? JobId { get; set; }
    /// <summary>The proposed schema with its reasons, JSON.</summary>
    public string? Proposal { get; set; }
    public Guid? SchemaId { get; set; }
    public DateTimeOffset CreatedAt { get; set; }
    public DateTimeOffset ChangedAt { get; set; }
}
