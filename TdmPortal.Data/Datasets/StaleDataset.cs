namespace TdmPortal.Data.Datasets;

/// <summary>A dataset whose rows were made long ago.</summary>
public sealed record StaleDataset(Guid Id, string Name, string Title, DateTimeOffset ChangedAt);
