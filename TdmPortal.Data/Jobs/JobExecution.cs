namespace TdmPortal.Data.Jobs;

/// <summary>A claimed job while it runs on this node.</summary>
/// <param name="Attempt">Counts the claims; whoever holds an older one has lost the job.</param>
/// <param name="Input">JSON, as it was queued.</param>
/// <param name="Document">The schema document that it works with, if any.</param>
public sealed record JobExecution(Guid Id, Guid TeamId, string Kind, int Attempt, Guid? DatasetId, string Input, string? Document, Guid StartedById, string StartedBy, string Title, JobProgress Progress);
