using TdmPortal.Core.Quality;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Web.Quality;

/// <summary>Changes of a rule set, each giving a new one.</summary>
public static class RuleSetEdits
{
    /// <summary>
    /// Puts a rule in the place of the one that has the name, or at the end. Whoever changes what a derived rule asks makes it
    /// their own; how grave it is, its note and whether it is checked are kept when rules are derived again.
    /// </summary>
    public static QualityRules With(QualityRules rules, string? name, QualityRule rule)
    {
        var at = IndexOf(rules, name);
        if (at >= 0 && rules.Rules[at] with { Severity = rule.Severity, Enabled = rule.Enabled, Note = rule.Note } != rule)
            rule = rule with { Derived = false };
        return rules with { Rules = at < 0 ? [.. rules.Rules, rule] : [.. rules.Rules.Take(at), rule, .. rules.Rules.Skip(at + 1)] };
    }

    public static QualityRules Without(QualityRules rules, string name) => rules with { Rules = [.. rules.Rules.Where(rule => rule.Name != name)] };

    /// <summary>Puts a scenario in the place of the one that has the name, or at the end.</summary>
    public static QualityRules With(QualityRules rules, string? name, Scenario scenario)
    {
        var at = name is null ? -1 : rules.Scenarios.ToList().FindIndex(one => one.Name == name);
        return rules with { Scenarios = at < 0 ? [.. rules.Scenarios, scenario] : [.. rules.Scenarios.Take(at), scenario, .. rules.Scenarios.Skip(at + 1)] };
    }

    public static QualityRules WithoutScenario(QualityRules rules, string name) => rules with { Scenarios = [.. rules.Scenarios.Where(scenario => scenario.Name != name)] };

    /// <summary>A weight of 1 is what is meant where none is named.</summary>
    public static QualityRules WithWeight(QualityRules rules, QualityMetric metric, double weight)
    {
        var weights = rules.Weights.Where(pair => pair.Key != metric).ToDictionary(pair => pair.Key, pair => pair.Value);
        if (weight != 1)
            weights[metric] = weight;
        return rules with { Weights = weights };
    }

    /// <summary>A name that says what a rule asks, while its author gave it none.</summary>
    public static string NameOf(CheckDefinition check, string entity, IReadOnlyList<string> columns)
    {
        var words = check.Title.Length == 0 ? check.Name : char.ToLowerInvariant(check.Title[0]) + check.Title[1..];
        var name = $"{entity}{(columns.Count == 0 ? "" : "." + string.Join(", ", columns))} {words}";
        return name.Length <= 120 ? name : name[..119] + "…";
    }

    /// <summary>The columns of an entity that a check can look at.</summary>
    public static IReadOnlyList<FieldDefinition> ColumnsFor(CheckDefinition check, EntityDefinition entity) =>
        [.. entity.Fields.Where(field => check.Types.Count == 0 || check.Types.Contains(field.Type))];

    private static int IndexOf(QualityRules rules, string? name) => name is null ? -1 : rules.Rules.ToList().FindIndex(rule => rule.Name == name);
}
