using TdmPortal.Core.Refresh;
using TdmPortal.Data.Jobs;

namespace TdmPortal.Data.Refresh;

/// <summary>One run of a schedule.</summary>
/// <param name="ScheduleId">Null: the schedule was removed since.</param>
/// <param name="ChainId">The run that began the chain; its own id where it did.</param>
/// <param name="PlannedFor">What it was planned for, however late it ran; the time it was asked for where a person did.</param>
/// <param name="NotBefore">When it is tried next, while it waits.</param>
/// <param name="Attempt">How often it was tried.</param>
/// <param name="Missed">How many planned runs before this one were left out.</param>
/// <param name="Report">What the gate found; null: it did not come so far.</param>
/// <param name="MayCancel">Whether the one who asks may stop it now.</param>
public sealed record RefreshRun(Guid Id, Guid? ScheduleId, Guid DatasetId, string DatasetName, Guid ChainId, DateTimeOffset PlannedFor, RefreshCause Cause, RefreshState State, DateTimeOffset NotBefore, int Attempt, RefreshSettings Settings,
    Guid? JobId, Guid? VersionId, int? VersionNumber, long? Seed, DateTimeOffset? AsOf, IReadOnlyList<RefreshStep> Steps, GateReport? Report, JobError? Error, long? Rows, long? Bytes, int Missed, string StartedBy,
    DateTimeOffset CreatedAt, DateTimeOffset? StartedAt, DateTimeOffset? FinishedAt, bool MayCancel)
{
    /// <summary>Of a masked dataset: the run of its policy that the latest attempt began.</summary>
    public Guid? MaskingRunId { get; init; }

    /// <summary>From its first step to its end.</summary>
    public TimeSpan? Took => FinishedAt - StartedAt;

    /// <summary>Whether it has come to its end.</summary>
    public bool HasEnded => State is RefreshState.Succeeded or RefreshState.Failed or RefreshState.Cancelled or RefreshState.Missed;
}
