namespace TdmPortal.Core.Quality;

/// <summary>How metrics come from what was measured. docs/quality.md says the same in words.</summary>
public static class QualityScores
{
    /// <summary>Accuracy of what has no reference.</summary>
    private static readonly IReadOnlyList<double> Nothing = [];

    /// <summary>
    /// The six metrics. A rule's measure is the share that passes over the share that must (its threshold), at most 1; a
    /// metric is the plain mean of its rules' measures, accuracy that of its measures against the reference.
    /// </summary>
    /// <param name="results">Those that were looked at; others count for nothing.</param>
    /// <param name="accuracy">Measures against the reference, each 0..1.</param>
    public static IReadOnlyList<MetricScore> Metrics(IEnumerable<RuleResult> results, IReadOnlyDictionary<QualityMetric, double> weights, IReadOnlyList<double>? accuracy = null)
    {
        var measures = results.Where(result => result.NotChecked is null).ToLookup(result => MetricOf(result.Rule), Measure);
        return [.. Enum.GetValues<QualityMetric>().Select(metric =>
        {
            var values = metric == QualityMetric.Accuracy ? accuracy ?? Nothing : [.. measures[metric]];
            return new MetricScore(metric, values.Count == 0 ? null : values.Average(), weights.GetValueOrDefault(metric, 1), values.Count);
        })];
    }

    /// <summary>The weighted mean of the metrics that are known; null where none is.</summary>
    public static double? Overall(IReadOnlyList<MetricScore> metrics)
    {
        var known = metrics.Where(metric => metric is { Value: not null, Weight: > 0 }).ToList();
        return known.Count == 0 ? null : known.Sum(metric => metric.Weight * metric.Value!.Value) / known.Sum(metric => metric.Weight);
    }

    /// <summary>
    /// An earlier overall score as one to compare a later one with: of the metrics that are known now, with the weights of
    /// now; one that was not known before (accuracy, without a reference) has its present value, so that it is no fall.
    /// </summary>
    /// <returns>0..1; null where they have no metric in common.</returns>
    public static double? Comparable(IReadOnlyList<MetricScore> before, IReadOnlyList<MetricScore> after)
    {
        var was = before.Where(metric => metric.Value is not null).ToDictionary(metric => metric.Metric, metric => metric.Value);
        return after.Any(metric => metric.Value is not null && was.ContainsKey(metric.Metric)) ? Overall([.. after.Select(metric => metric.Value is null ? metric : metric with { Value = was.GetValueOrDefault(metric.Metric, metric.Value) })]) : null;
    }

    /// <summary>Which metric a rule counts for.</summary>
    public static QualityMetric MetricOf(QualityRule rule) => rule.Kind switch
    {
        _ when rule.Check.StartsWith("unique", StringComparison.Ordinal) => QualityMetric.Uniqueness,
        RuleKind.Completeness => QualityMetric.Completeness,
        RuleKind.Consistency => QualityMetric.Consistency,
        RuleKind.Format => QualityMetric.Validity,
        _ => QualityMetric.Business,
    };

    private static double Measure(RuleResult result) => result.Rule.Threshold <= 0 ? 1 : Math.Min(1, result.Score / result.Rule.Threshold);
}
