namespace TdmPortal.Core.Quality;

/// <summary>A column in a report.</summary>
/// <param name="Metrics">Those that concern it.</param>
/// <param name="Reference">The same column of the reference; null without one.</param>
public sealed record ColumnQuality(ColumnProfile Profile, IReadOnlyList<MetricScore> Metrics, ColumnProfile? Reference = null);
