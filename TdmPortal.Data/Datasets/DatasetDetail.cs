namespace TdmPortal.Data.Datasets;

/// <summary>A dataset with its current version (null while the first is being built, or when that failed).</summary>
public sealed record DatasetDetail(Guid Id, string Name, string Title, string CreatedBy, DateTimeOffset CreatedAt, DatasetVersionDetail? Current, Guid? RunningJob, bool MayDelete);
