namespace TdmPortal.Core.Refresh;

/// <summary>What becomes of a run that falls on a blackout day.</summary>
public enum BlackoutMove
{
    /// <summary>It is left out.</summary>
    Skip,
    /// <summary>It runs on the last day before that is none.</summary>
    Before,
    /// <summary>It runs on the first day after that is none.</summary>
    After,
}
