namespace TdmPortal.Core.Quality;

/// <summary>A metric with what made it.</summary>
/// <param name="Value">0..1; null where nothing was there to measure, which then counts for nothing.</param>
/// <param name="Weight">How much it counts in the overall score.</param>
/// <param name="Measures">How many rules, columns or pairs made it.</param>
public sealed record MetricScore(QualityMetric Metric, double? Value, double Weight, int Measures);
