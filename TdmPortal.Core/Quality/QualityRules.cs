namespace TdmPortal.Core.Quality;

/// <summary>All that is asked of the data of a schema. Immutable; each save is a version of its own.</summary>
public sealed record QualityRules
{
    /// <summary>Nothing is asked.</summary>
    public static QualityRules None { get; } = new();

    /// <summary>In the order of the list.</summary>
    public IReadOnlyList<QualityRule> Rules { get; init; } = [];
    /// <summary>What each version must contain.</summary>
    public IReadOnlyList<Scenario> Scenarios { get; init; } = [];
    /// <summary>How much each metric counts in the overall score, 0..10; those that are not named count 1.</summary>
    public IReadOnlyDictionary<QualityMetric, double> Weights { get; init; } = new Dictionary<QualityMetric, double>();
    /// <summary>A fall of the overall score by more than this, 0..1, is told; null: never.</summary>
    public double? AlertFall { get; init; } = 0.05;
    /// <summary>A version that scores less, 0..1, does not pass the gate of a refresh; null: any score will do.</summary>
    public double? LeastScore { get; init; }
}
