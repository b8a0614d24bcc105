using TdmPortal.Core.Refresh;

namespace TdmPortal.Web.Refresh;

/// <summary>A run to come, or runs of the rule that will not be.</summary>
/// <param name="Time">Null: left out.</param>
/// <param name="Days">The run's day; of runs left out, from the first to the last.</param>
/// <param name="Notes">What is unusual about it.</param>
public sealed record ForecastLine(FireTime? Time, DayRange Days, IReadOnlyList<ForecastNote> Notes);
