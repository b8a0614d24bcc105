namespace TdmPortal.Data.Masking;

/// <summary>A row of <c>portal.masking_policy</c>.</summary>
internal sealed class StoredMaskingPolicy
{
    public Guid Id { get; set; }
    public Guid TeamId { get; set; }
    public string Name { get; set; } = "";
    public Guid? SourceId { get; set; }
    /// <summary>Of its newest version.</summary>
    public int Version { get; set; }
    public string ChangedBy { get; set; } = "";
    public DateTimeOffset ChangedAt { get; set; }
}
