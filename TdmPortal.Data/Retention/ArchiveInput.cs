namespace TdmPortal.Data.Retention;

/// <summary>What the jobs of archives read.</summary>
/// <param name="TeamKey">Whose.</param>
/// <param name="ArchiveId">To restore; null: the dataset's rule says what is to be archived.</param>
internal sealed record ArchiveInput(string TeamKey, Guid? ArchiveId);
