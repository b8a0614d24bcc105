using TdmPortal.Core.Quality;

namespace TdmPortal.Data.Quality;

/// <summary>The figures of a report.</summary>
/// <param name="VersionId">Null: the version is gone, or did not pass the gate and never was ready.</param>
/// <param name="Passed">Whether it may go live by its rules.</param>
/// <param name="RulesVersion">0: derived from the schema.</param>
/// <param name="ReferenceNumber">The version that it was compared with.</param>
/// <param name="Origin"><c>generated</c>, <c>refreshed</c> or <c>asked</c>.</param>
public sealed record QualitySummary(Guid Id, Guid DatasetId, Guid? VersionId, int VersionNumber, QualityLevel Level, double? Score, IReadOnlyList<MetricScore> Metrics, IReadOnlyList<WorstColumn> Worst,
    int Rules, int FailedRules, int MissingScenarios, bool Passed, int RulesVersion, int? ReferenceNumber, long Rows, TimeSpan Took, string Origin, string CreatedBy, DateTimeOffset CreatedAt)
{
    internal static QualitySummary Of(StoredQualityReport stored) => new(stored.Id, stored.DatasetId, stored.VersionId, stored.VersionNumber, stored.Level, stored.Score,
        StoredJson.Read<List<MetricScore>>(stored.Metrics), StoredJson.Read<List<WorstColumn>>(stored.Worst), stored.Rules, stored.FailedRules, stored.MissingScenarios, stored.Passed, stored.RulesVersion, stored.ReferenceNumber,
        stored.RowCount, TimeSpan.FromSeconds(stored.TookSeconds), stored.Origin, stored.CreatedBy, stored.CreatedAt);
}
