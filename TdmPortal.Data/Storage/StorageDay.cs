namespace TdmPortal.Data.Storage;

/// <summary>What all teams took on a day.</summary>
public sealed record StorageDay(DateOnly Day, long VersionBytes, long ScratchBytes, long ArchiveBytes)
{
    public long Bytes => VersionBytes + ScratchBytes + ArchiveBytes;
}
