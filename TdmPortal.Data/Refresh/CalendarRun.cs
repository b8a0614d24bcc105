using TdmPortal.Core.Refresh;

namespace TdmPortal.Data.Refresh;

/// <summary>A run in the calendar: one that was, or one to come.</summary>
/// <param name="Id">Null: to come.</param>
/// <param name="TeamId">Null: of a team that the reader is not in, with nothing said but when and how long.</param>
/// <param name="At">When it began or is planned for, in UTC.</param>
/// <param name="Took">How long it took; of one to come as long as the latest that succeeded; null: nothing says.</param>
/// <param name="State">Null: to come.</param>
public sealed record CalendarRun(Guid? Id, Guid? DatasetId, string DatasetName, Guid? TeamId, string TeamKey, DateTimeOffset At, TimeSpan? Took, RefreshState? State, long? Rows);
