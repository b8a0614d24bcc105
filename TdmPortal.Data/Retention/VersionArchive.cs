namespace TdmPortal.Data.Retention;

/// <summary>A version that was put away as files.</summary>
/// <param name="Number">That it had.</param>
/// <param name="VersionBytes">What it took in the database.</param>
/// <param name="ArchiveBytes">What its files take.</param>
public sealed record VersionArchive(Guid Id, int Number, long Rows, long VersionBytes, long ArchiveBytes, string? Note, IReadOnlyList<string> Tags, string CreatedBy, DateTimeOffset CreatedAt, string ArchivedBy, DateTimeOffset ArchivedAt);
