namespace TdmPortal.Data.Import;

/// <summary>A row of <c>portal.upload</c>.</summary>
internal sealed class StoredUpload
{
    public Guid Id { get; set; }
    public Guid TeamId { get; set; }
    public string Node { get; set; } = "";
    public DateTimeOffset HereUntil { get; set; }
}
