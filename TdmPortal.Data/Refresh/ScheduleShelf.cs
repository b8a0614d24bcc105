namespace TdmPortal.Data.Refresh;

/// <summary>Which schedules are listed.</summary>
public enum ScheduleShelf
{
    /// <summary>All of the team.</summary>
    All,
    /// <summary>Those with a run to come.</summary>
    Planned,
    /// <summary>Those that somebody paused.</summary>
    Paused,
    /// <summary>Those whose latest run failed.</summary>
    Failed,
}
