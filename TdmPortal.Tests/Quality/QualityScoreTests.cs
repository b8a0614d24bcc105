using TdmPortal.Core.Quality;
using Xunit;

namespace TdmPortal.Tests.Quality;

/// <summary>Metrics and the overall score, against values worked out by hand.</summary>
[Trait("Requirement", "D5")]
public sealed class QualityScoreTests
{
    private static readonly Dictionary<QualityMetric, double> Equal = [];

    [Fact]
    public void Metrics_OfRules_AreTheMeansOfWhatPassesOverWhatMustPass()
    {
        // 90 of 100 where 95 % must pass: 0.9 / 0.95; 99 of 100 where 95 % must: 1.
        var metrics = QualityScores.Metrics([Result(RuleKind.Completeness, 100, 10, 0.95), Result(RuleKind.Completeness, 100, 1, 0.95), Result(RuleKind.Format, 50, 25, 1), Result(RuleKind.Format, 10, 10, 1) with { NotChecked = "gone" }, Result(RuleKind.Consistency, 8, 2, 1, "unique")],
            new Dictionary<QualityMetric, double> { [QualityMetric.Validity] = 3 }, [0.8, 0.6]);
        double? Of(QualityMetric metric) => metrics.Single(one => one.Metric == metric).Value;
        Assert.Equal(((0.9 / 0.95) + 1) / 2, Of(QualityMetric.Completeness)!.Value, 12);
        Assert.Equal(0.5, Of(QualityMetric.Validity)!.Value, 12);
        Assert.Equal(0.75, Of(QualityMetric.Uniqueness)!.Value, 12);
        Assert.Equal(0.7, Of(QualityMetric.Accuracy)!.Value, 12);
        Assert.Null(Of(QualityMetric.Consistency));
        Assert.Null(Of(QualityMetric.Business));
        // Weights 1, 3, 1, 1 of the four that are known.
        Assert.Equal(((((0.9 / 0.95) + 1) / 2) + (3 * 0.5) + 0.75 + 0.7) / 6, QualityScores.Overall(metrics)!.Value, 12);
        Assert.Null(QualityScores.Overall(QualityScores.Metrics([], Equal)));
    }

    [Fact]
    public void Completeness_OfMoreNulls_IsNeverHigher()
    {
        var scores = Enumerable.Range(0, 101).Select(nulls => QualityScores.Metrics([Result(RuleKind.Completeness, 100, nulls, 0.97)], Equal)[0].Value!.Value).ToList();
        Assert.Equal(scores.OrderDescending(), scores);
        Assert.Equal((1, 0), (scores[3], scores[100]));
        Assert.True(scores[4] < 1);
    }

    [Fact]
    public void Comparable_WhereAMetricBecameKnown_IsNoFall()
    {
        var before = QualityScores.Metrics([Result(RuleKind.Format, 10, 0, 1)], Equal);
        var after = QualityScores.Metrics([Result(RuleKind.Format, 10, 0, 1)], Equal, [0.8]);
        Assert.Equal(QualityScores.Overall(after), QualityScores.Comparable(before, after));
        Assert.Equal(1, QualityScores.Overall(before));
        // Validity fell by 0.4 and is half of the score; accuracy, which nobody knew before, stays out of it.
        var fallen = QualityScores.Metrics([Result(RuleKind.Format, 10, 4, 1)], Equal, [0.8]);
        Assert.Equal(0.2, QualityScores.Comparable(before, fallen)!.Value - QualityScores.Overall(fallen)!.Value, 12);
        Assert.Null(QualityScores.Comparable(QualityScores.Metrics([Result(RuleKind.Business, 1, 0, 1)], Equal), before));
    }

    private static RuleResult Result(RuleKind kind, long evaluated, long failing, double threshold, string check = "between") =>
        new() { Rule = new() { Name = "r", Kind = kind, Entity = "e", Check = check, Threshold = threshold }, Evaluated = evaluated, Failing = failing };
}
