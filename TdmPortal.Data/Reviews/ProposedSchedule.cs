using TdmPortal.Core.Refresh;

namespace TdmPortal.Data.Reviews;

/// <summary>A schedule as a proposal keeps it.</summary>
/// <param name="After">The schedule whose success starts it.</param>
internal sealed record ProposedSchedule(RefreshRule Rule, RefreshSettings Settings, Guid? After);
