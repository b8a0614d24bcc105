using TdmPortal.Core.Expressions;
using TdmPortal.Core.Quality.Rules;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Quality;

/// <summary>Which entities' rows a rule looks at.</summary>
public static class RuleReach
{
    /// <summary>Names of the entities; only its own where the rule cannot be read.</summary>
    public static IReadOnlySet<string> Of(SchemaDocument document, QualityRule rule)
    {
        var (index, found) = (new SchemaIndex(document), new HashSet<string>(StringComparer.Ordinal) { rule.Entity });
        if (rule.Args["to"] is { ValueKind: System.Text.Json.JsonValueKind.String } to)
            found.Add(to.GetString()!);
        if (RuleBinding.Bind(index, rule, "", 0, new()) is { } bound)
        {
            foreach (var condition in bound.Work.Conditions.Append(bound.Where).OfType<Expression>())
                Add(condition, found);
        }

        return found;
    }

    /// <summary>As the other, of a scenario.</summary>
    public static IReadOnlySet<string> Of(SchemaDocument document, Scenario scenario)
    {
        var found = new HashSet<string>(StringComparer.Ordinal) { scenario.Entity };
        if (RuleBinding.Condition(new(document), scenario, "", new()) is { } condition)
            Add(condition, found);
        return found;
    }

    private static void Add(Expression expression, HashSet<string> found)
    {
        var reads = ExpressionDependencies.Of(expression);
        foreach (var (relationship, _) in reads.ParentFields)
            found.Add(relationship.To.Entity);
        foreach (var aggregate in reads.Aggregates)
        {
            found.Add(aggregate.Relationship.From.Entity);
            if (aggregate.Argument is { } argument)
                Add(argument, found);
        }
    }
}
