namespace TdmPortal.Core.Quality;

/// <summary>What is known of a dataset version's quality. The same data, rules and reference give the same report.</summary>
public sealed record QualityReport
{
    /// <summary>How much was looked at.</summary>
    public required QualityLevel Level { get; init; }
    /// <summary>The overall score, 0..1: the weighted mean of the metrics that are known; null where none is.</summary>
    public double? Score { get; init; }
    /// <summary>All six, in order.</summary>
    public required IReadOnlyList<MetricScore> Metrics { get; init; }
    /// <summary>In the order of the schema.</summary>
    public required IReadOnlyList<EntityQuality> Entities { get; init; }
    /// <summary>In the order of the rule set.</summary>
    public IReadOnlyList<RuleResult> Rules { get; init; } = [];
    /// <summary>In the order of the rule set.</summary>
    public IReadOnlyList<ScenarioResult> Scenarios { get; init; } = [];
    /// <summary>Against a reference, where there is one.</summary>
    public FidelityReport? Fidelity { get; init; }
    /// <summary>Level premium.</summary>
    public CoverageReport? Coverage { get; init; }
    /// <summary>The most useful first.</summary>
    public IReadOnlyList<Suggestion> Suggestions { get; init; } = [];

    /// <summary>Rules of severity error that do not hold, and scenarios that are missing: what stops a refresh.</summary>
    public bool Passes(QualityRules rules) =>
        Rules.All(result => result.Holds || result.Rule.Severity != RuleSeverity.Error) && Scenarios.All(scenario => scenario.Holds) && !(Score < rules.LeastScore);
}
