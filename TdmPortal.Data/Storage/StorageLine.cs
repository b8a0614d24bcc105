namespace TdmPortal.Data.Storage;

/// <summary>What a team, a dataset or a version takes.</summary>
/// <param name="Name">For a version <c>orders v3</c>.</param>
/// <param name="Versions">Kept ones; 1 for a version.</param>
/// <param name="VersionBytes">Of kept versions in the database.</param>
/// <param name="ScratchBytes">Of scratch copies.</param>
/// <param name="ArchiveBytes">Of archives' files.</param>
/// <param name="FreedBytes">What the next retention takes from the database.</param>
public sealed record StorageLine(Guid Id, string Name, Guid TeamId, string Team, Guid? DatasetId, long Versions, long VersionBytes, long ScratchBytes, long ArchiveBytes, long FreedBytes)
{
    public long Bytes => VersionBytes + ScratchBytes + ArchiveBytes;
}
