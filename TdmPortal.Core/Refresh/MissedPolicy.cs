namespace TdmPortal.Core.Refresh;

/// <summary>What becomes of runs that no portal was there to start.</summary>
public enum MissedPolicy
{
    /// <summary>One run makes up for all of them.</summary>
    RunOnce,
    /// <summary>They are left out.</summary>
    Skip,
}
