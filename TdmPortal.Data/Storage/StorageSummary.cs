namespace TdmPortal.Data.Storage;

/// <summary>What is stored in all.</summary>
/// <param name="DatabaseBytes">The whole database, the portal's own tables included.</param>
/// <param name="FreeBytes">Left on the server's disk; null where it is another machine's.</param>
/// <param name="FreedBytes">What the next retention takes from the database.</param>
/// <param name="Days">The last days, today's figures included.</param>
public sealed record StorageSummary(long VersionBytes, long ScratchBytes, long ArchiveBytes, long DatabaseBytes, long? FreeBytes, long FreedBytes, long FreedVersions, IReadOnlyList<StorageDay> Days);
