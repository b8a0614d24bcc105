namespace TdmPortal.Data.Quality;

/// <summary>A dataset in the overview of all teams.</summary>
/// <param name="Latest">Its latest report.</param>
/// <param name="Scores">Of its latest reports, the oldest first, at most 12.</param>
/// <param name="FailedGates">Refreshes of the last 30 days that the gate stopped.</param>
public sealed record QualityOverview(Guid DatasetId, string Dataset, string Title, Guid TeamId, string Team, QualitySummary Latest, IReadOnlyList<double> Scores, int FailedGates);
