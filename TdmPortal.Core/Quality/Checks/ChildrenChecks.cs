using System.Globalization;
using TdmPortal.Core.Expressions;
using TdmPortal.Core.Generators;
using TdmPortal.Core.Quality.Rules;
using TdmPortal.Core.Schemas;
using static TdmPortal.Core.Generators.Arguments;
using static TdmPortal.Core.Quality.Checks.Check;

namespace TdmPortal.Core.Quality.Checks;

/// <summary>Rows against their children.</summary>
internal static class ChildrenChecks
{
    private static readonly ArgumentDefinition Over = new("relationship", ArgumentKind.Relationship, "The relationship over which the entity is the parent.") { Required = true };

    public static IReadOnlyList<Check> All { get; } =
    [
        new(Define("cardinality_between", RuleKind.Consistency, "Has so many children", "Each row has so many children over the relationship.",
            "CardinalityBoundaryAdherence, cardinality_equality", null,
            Over, Integer("min", "The fewest.", min: 0), Integer("max", "The most.", min: 0)) with { LeastColumns = 0, MostColumns = 0 }) { Bind = Cardinality },
        new(Define("sum_equals", RuleKind.Consistency, "Is the sum over children", "In each row the column equals the sum over its children, such as an invoice's total and its lines.",
            "reconciliation, expect_column_sum_to_equal_other_table", Numbers,
            Over,
            new ArgumentDefinition("value", ArgumentKind.Expression, "What is added up, in terms of the child: quantity * unit_price.") { Required = true },
            Number("tolerance", "How far off it may be.", 0, min: 0))) { Bind = SumEquals },
    ];

    private static RuleWork? Cardinality(RuleContext context)
    {
        var (min, max) = (context.Integer("min"), context.Integer("max"));
        context.NeedsBound();
        if (min > max)
            context.Crossed();
        if (Relationship(context) is not { } relationship)
            return null;
        return Condition(context, "args.relationship", string.Create(CultureInfo.InvariantCulture, $"count({relationship.Name}) between {min ?? 0} and {max ?? long.MaxValue}"));
    }

    private static RuleWork? SumEquals(RuleContext context)
    {
        var (value, tolerance) = (context.Text("value"), context.Number("tolerance") ?? 0);
        if (Relationship(context) is not { } relationship || context.Index.Entity(relationship.From.Entity) is not { } child)
            return null;
        if (CheckedExpression.Value(value, new EntityScope(context.Index, child)).Error is { } error)
        {
            context.RefuseArgument("value", $"at character {error.Position + 1}: {error.Message}", error.Suggestion is null ? [] : [error.Suggestion]);
            return null;
        }

        return Condition(context, "args.value", string.Create(CultureInfo.InvariantCulture, $"abs(coalesce(sum({relationship.Name}, {value}), 0) - {context.Field().Name}) <= {(decimal)tolerance}"));
    }

    private static RowTest? Condition(RuleContext context, string place, string text) => context.Condition(place, text) is { } condition ? ExpressionChecks.Test(condition) : null;

    private static RelationshipDefinition? Relationship(RuleContext context)
    {
        var name = context.Text("relationship");
        if (context.Index.Relationship(name) is { } found && found.To.Entity == context.Entity.Name)
            return found;
        var known = context.Index.Document.Relationships.Where(one => one.To.Entity == context.Entity.Name).Select(one => one.Name).ToList();
        if (name.Length > 0)
            context.RefuseArgument("relationship", $"{context.Entity.Name} has no relationship \"{name}\" to children.{(known.Count == 0 ? "" : $" Known are: {string.Join(", ", known)}.")}", NearestName.Find(name, known) is { } near ? $"Write {near}" : "Choose a relationship whose parent is the entity");
        return null;
    }
}
