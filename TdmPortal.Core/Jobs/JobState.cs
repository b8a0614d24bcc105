namespace TdmPortal.Core.Jobs;

/// <summary>Where a piece of long work stands.</summary>
public enum JobState
{
    /// <summary>Waits for a free place.</summary>
    Pending,
    /// <summary>A node works on it and keeps its lease.</summary>
    Running,
    /// <summary>Done.</summary>
    Completed,
    /// <summary>Ended with an error; nothing half-made is left.</summary>
    Failed,
    /// <summary>Stopped by a user; nothing half-made is left.</summary>
    Cancelled,
}
