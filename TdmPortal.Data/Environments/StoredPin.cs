namespace TdmPortal.Data.Environments;

/// <summary>A row of <c>portal.version_pin</c>.</summary>
internal sealed class StoredPin
{
    public Guid Id { get; set; }
    public Guid TeamId { get; set; }
    public Guid VersionId { get; set; }
    public Guid UserId { get; set; }
    public string? Reason { get; set; }
    public DateTimeOffset PinnedAt { get; set; }
    public DateTimeOffset Until { get; set; }
}
