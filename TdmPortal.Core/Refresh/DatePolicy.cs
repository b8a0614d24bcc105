namespace TdmPortal.Core.Refresh;

/// <summary>What <c>now</c> means in a run.</summary>
public enum DatePolicy
{
    /// <summary>The time that the run was planned for, so that a late run makes the same bytes.</summary>
    Planned,
    /// <summary>A first instant, moved on by whole weeks: what was a Monday stays one.</summary>
    WholeWeeks,
}
