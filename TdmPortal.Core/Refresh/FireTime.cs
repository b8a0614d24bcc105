namespace TdmPortal.Core.Refresh;

/// <summary>When a refresh runs.</summary>
/// <param name="At">The instant, with the offset of the schedule's zone at that moment.</param>
/// <param name="Day">The day in the schedule's zone, after a blackout moved it.</param>
/// <param name="PlannedFor">The day that the rule says; another one where a blackout moved it.</param>
/// <param name="Change">Whether a clock change moved or doubled the time of day.</param>
public sealed record FireTime(DateTimeOffset At, DateOnly Day, DateOnly PlannedFor, ClockChange Change);
