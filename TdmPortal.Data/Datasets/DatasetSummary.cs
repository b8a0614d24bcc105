namespace TdmPortal.Data.Datasets;

/// <summary>A line of the list of datasets. <paramref name="Version"/> is 0 and the state <c>building</c> until the first version is ready.</summary>
public sealed record DatasetSummary(Guid Id, string Name, string Title, string SchemaName, int Version, string State, int Entities, long Rows, long Bytes, string ChangedBy, DateTimeOffset ChangedAt, Guid? RunningJob);
