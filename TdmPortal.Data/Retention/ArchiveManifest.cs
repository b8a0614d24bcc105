namespace TdmPortal.Data.Retention;

/// <summary>
/// <c>manifest.json</c> of an archive: the version's whole record and what its files hold. Each file is PostgreSQL's binary
/// COPY of one entity, in the order of its row numbers, compressed with gzip; the first column is the row number.
/// </summary>
/// <param name="Format">Of the archive itself; 1.</param>
/// <param name="Document">The schema document, as it was when the version was made: unique keys and checks are in it.</param>
/// <param name="RowsAsked">JSON.</param>
/// <param name="Stable">JSON: what was made with another seed than the rest; null: nothing.</param>
public sealed record ArchiveManifest(int Format, Guid VersionId, string Team, string Dataset, int Number, string Origin, Guid? SchemaId, int SchemaVersion, string Document, long Seed, DateTimeOffset AsOf, double Scale, string RowsAsked,
    string QualityLevel, int EngineVersion, long RowCount, string CreatedBy, DateTimeOffset CreatedAt, string? Note, IReadOnlyList<string> Tags, IReadOnlyList<ArchivedEntity> Entities, string? Stable = null)
{
    public const string FileName = "manifest.json";

    /// <summary>What this portal writes and reads.</summary>
    public const int CurrentFormat = 1;
}
