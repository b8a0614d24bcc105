using TdmPortal.Core.Refresh;

namespace TdmPortal.Data.Refresh;

/// <summary>A run to come, for the calendar.</summary>
/// <param name="TeamKey">Whose dataset it is.</param>
/// <param name="Expected">How long it will take, by the latest that succeeded; null: none did.</param>
public sealed record PlannedRun(Guid ScheduleId, Guid DatasetId, string DatasetName, string DatasetTitle, Guid TeamId, string TeamKey, FireTime Time, string Zone, TimeSpan? Expected, long? Rows);
