namespace TdmPortal.Data.Datasets;

/// <summary>A row of <c>portal.dataset</c>.</summary>
internal sealed class Dataset
{
    public Guid Id { get; set; }
    public Guid TeamId { get; set; }
    public string TeamKey { get; set; } = "";
    public string Name { get; set; } = "";
    public string Title { get; set; } = "";
    public Guid? SchemaId { get; set; }
    public string SchemaName { get; set; } = "";
    public Guid? CurrentVersionId { get; set; }
    public Guid CreatedById { get; set; }
    public string CreatedBy { get; set; } = "";
    public DateTimeOffset CreatedAt { get; set; }
    public string ChangedBy { get; set; } = "";
    public DateTimeOffset ChangedAt { get; set; }
    public DateTimeOffset? DeletedAt { get; set; }
}
