namespace TdmPortal.Core.Refresh;

/// <summary>Whether a clock change touches a local time.</summary>
public enum ClockChange
{
    /// <summary>The time exists once.</summary>
    None,
    /// <summary>Clocks go past it: the run starts at the first moment after.</summary>
    Skipped,
    /// <summary>Clocks show it twice: the run starts once, the first time.</summary>
    Doubled,
}
