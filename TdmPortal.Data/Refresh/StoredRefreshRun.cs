using TdmPortal.Core.Refresh;

namespace TdmPortal.Data.Refresh;

/// <summary>A row of <c>portal.refresh_run</c>.</summary>
internal sealed class StoredRefreshRun
{
    public Guid Id { get; set; }
    public Guid TeamId { get; set; }
    public Guid? ScheduleId { get; set; }
    public Guid DatasetId { get; set; }
    /// <summary>The run that began the chain; its own id where it did.</summary>
    public Guid ChainId { get; set; }
    public DateTimeOffset PlannedFor { get; set; }
    public RefreshCause Cause { get; set; }
    public RefreshState State { get; set; }
    /// <summary>Not tried before.</summary>
    public DateTimeOffset NotBefore { get; set; }
    /// <summary>Counts the jobs that were queued for it.</summary>
    public int Attempt { get; set; }
    /// <summary><see cref="RefreshSettings"/> as they were when it began, as JSON.</summary>
    public string Settings { get; set; } = "{}";
    public Guid? JobId { get; set; }
    /// <summary>Of a masked dataset: the run of its policy that the latest attempt began.</summary>
    public Guid? MaskingRunId { get; set; }
    public Guid? VersionId { get; set; }
    public int? VersionNumber { get; set; }
    public long? Seed { get; set; }
    public DateTimeOffset? AsOf { get; set; }
    /// <summary><see cref="RefreshStep"/>s as JSON.</summary>
    public string Steps { get; set; } = "[]";
    /// <summary>A <see cref="GateReport"/> as JSON.</summary>
    public string? Report { get; set; }
    /// <summary>A <see cref="Jobs.JobError"/> as JSON.</summary>
    public string? Error { get; set; }
    public long? RowCount { get; set; }
    public long? Bytes { get; set; }
    /// <summary>How many planned runs before this one were left out.</summary>
    public int Missed { get; set; }
    public Guid StartedById { get; set; }
    public string StartedBy { get; set; } = "";
    public DateTimeOffset CreatedAt { get; set; }
    public DateTimeOffset? StartedAt { get; set; }
    public DateTimeOffset? FinishedAt { get; set; }
}
