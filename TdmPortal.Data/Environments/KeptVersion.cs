namespace TdmPortal.Data.Environments;

/// <summary>A kept version as the list of versions shows it.</summary>
/// <param name="Origin">From what it came: generated, restored, …</param>
/// <param name="SchemaName">The schema in the database that it is read by, live or not.</param>
/// <param name="MayChange">Whether the one who asks may name it and, when nothing speaks against it, delete it.</param>
public sealed record KeptVersion(Guid Id, int Number, bool IsLive, string SchemaName, int SchemaVersion, long Seed, DateTimeOffset AsOf, int EngineVersion, long Rows, long Bytes, string CreatedBy, DateTimeOffset CreatedAt,
    string? Note, IReadOnlyList<string> Tags, IReadOnlyList<VersionPin> Pins, bool MayChange, string Origin);
