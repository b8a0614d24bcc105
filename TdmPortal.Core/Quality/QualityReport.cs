using System.Globalization;

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

    /// <summary>Why the version must not go live: rules of severity error that do not hold, scenarios that are missing, too low a score. What was accepted as known is left out.</summary>
    /// <param name="isAccepted">Whether <c>rule</c> or <c>scenario</c> of that name was accepted.</param>
    public IReadOnlyList<string> Obstacles(QualityRules rules, Func<string, string, bool> isAccepted)
    {
        var obstacles = new List<string>();
        foreach (var result in Rules.Where(result => !result.Holds && result.Rule.Severity == RuleSeverity.Error && !isAccepted("rule", result.Rule.Name)))
            obstacles.Add(result.NotChecked is { } why ? $"{result.Rule.Name}: could not be checked, {why}" : string.Create(CultureInfo.InvariantCulture, $"{result.Rule.Name}: {result.Failing:N0} of {result.Evaluated:N0} fail{(result.Observed is { } seen ? $" ({seen})" : "")}"));
        foreach (var scenario in Scenarios.Where(scenario => !scenario.Holds && !isAccepted("scenario", scenario.Scenario.Name)))
            obstacles.Add(scenario.NotChecked is { } why ? $"{scenario.Scenario.Name}: could not be looked for, {why}" : string.Create(CultureInfo.InvariantCulture, $"{scenario.Scenario.Name}: {scenario.Count:N0} of at least {scenario.Scenario.AtLeast:N0} are there"));
        if (Score < rules.LeastScore)
            obstacles.Add(string.Create(CultureInfo.InvariantCulture, $"The overall score is {Score:P1}, less than {rules.LeastScore:P1}"));
        return obstacles;
    }
}
