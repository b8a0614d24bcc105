using TdmPortal.Core.Jobs;

namespace TdmPortal.Data.Jobs;

/// <summary>A piece of long work as the pages show it.</summary>
/// <param name="Kind"><c>generate</c>, <c>index</c>, <c>export</c>, <c>drop</c>.</param>
/// <param name="Title">For people: "Generate shop (1,200,000 rows)".</param>
/// <param name="Step">What it does now: "Loading order", "Adding keys".</param>
/// <param name="RowsDone">Of <paramref name="RowsTotal"/>.</param>
/// <param name="DatasetId">What it works for, where the page can go.</param>
public sealed record JobSummary(Guid Id, Guid TeamId, string Kind, string Title, JobState State, string? Step, long RowsDone, long RowsTotal, double RowsPerSecond, TimeSpan? TimeLeft, Guid? DatasetId, string? DatasetName,
    string StartedBy, DateTimeOffset QueuedAt, DateTimeOffset? StartedAt, DateTimeOffset? FinishedAt, JobError? Error, bool MayCancel, bool MayRetry);
