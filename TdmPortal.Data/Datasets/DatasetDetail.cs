namespace TdmPortal.Data.Datasets;

/// <summary>A dataset with its current version (null while the first is being built, or when that failed).</summary>
/// <param name="LiveSchema">The database schema in which the team's own clients read the live version.</param>
public sealed record DatasetDetail(Guid Id, string Name, string Title, string LiveSchema, string CreatedBy, DateTimeOffset CreatedAt, DatasetVersionDetail? Current, Guid? RunningJob, bool MayDelete);
