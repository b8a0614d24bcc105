namespace TdmPortal.Data.Datasets;

/// <summary>A line of a dataset's history, newest first.</summary>
public sealed record DatasetVersionSummary(Guid VersionId, int Number, string State, int SchemaVersion, long Seed, DateTimeOffset AsOf, long Rows, long Bytes, TimeSpan Took, string CreatedBy, DateTimeOffset CreatedAt);
