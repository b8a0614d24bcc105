using TdmPortal.Core.Generators;
using TdmPortal.Core.Quality.Rules;
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

    private static RuleWork? Cardinality(RuleContext context) => new NotYet();

    private static RuleWork? SumEquals(RuleContext context) => new NotYet();
}
