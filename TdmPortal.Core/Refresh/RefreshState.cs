namespace TdmPortal.Core.Refresh;

/// <summary>Where a run stands.</summary>
public enum RefreshState
{
    /// <summary>For its dataset to be free, or for the time of the next attempt.</summary>
    Waiting,
    /// <summary>Its job waits for a place, or runs.</summary>
    Queued,
    /// <summary>Its version is ready and goes live with the rest of the chain.</summary>
    Held,
    /// <summary>Its version went live.</summary>
    Succeeded,
    /// <summary>It failed; the live version is as it was.</summary>
    Failed,
    /// <summary>A person stopped it.</summary>
    Cancelled,
    /// <summary>No portal was there to start it, or the run before took too long.</summary>
    Missed,
}
