namespace TdmPortal.Core.Notifications;

/// <summary>What people and programs can be told of. In the database and in webhooks by its code, <see cref="NoticeKinds.Code"/>.</summary>
public enum NoticeKind
{
    /// <summary>A refresh published its version.</summary>
    RefreshSucceeded,
    /// <summary>A refresh gave up; the live version is as it was.</summary>
    RefreshFailed,
    /// <summary>A version's quality is below the threshold that was set.</summary>
    QualityBelowThreshold,
    /// <summary>A schedule was made, changed, paused, resumed or removed.</summary>
    ScheduleChanged,
    /// <summary>A refresh is about to run.</summary>
    RefreshComingUp,
    /// <summary>A proposal waits for a lead.</summary>
    ReviewAsked,
    /// <summary>A proposal was approved or refused.</summary>
    ReviewDecided,
    /// <summary>A masking run was stopped before the first row: its source has changed, or a personal column is undecided.</summary>
    MaskingStopped,
}
