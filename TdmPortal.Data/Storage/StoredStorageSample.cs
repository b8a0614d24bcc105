namespace TdmPortal.Data.Storage;

/// <summary>A row of <c>portal.storage_sample</c>.</summary>
internal sealed class StoredStorageSample
{
    public DateOnly Day { get; set; }
    public Guid TeamId { get; set; }
    public long VersionBytes { get; set; }
    public long ScratchBytes { get; set; }
    public long ArchiveBytes { get; set; }
}
