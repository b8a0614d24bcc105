using TdmPortal.Core.Generators;
using TdmPortal.Core.Quality.Rules;
using static TdmPortal.Core.Generators.Arguments;
using static TdmPortal.Core.Quality.Checks.Check;

namespace TdmPortal.Core.Quality.Checks;

/// <summary>How many rows there are.</summary>
internal static class RowCountChecks
{
    public static IReadOnlyList<Check> All { get; } =
    [
        new(Define("row_count_between", RuleKind.Completeness, "Has so many rows", "The entity has so many rows; with a condition, so many that meet it.",
            "expect_table_row_count_to_be_between, expect_table_row_count_to_equal, hasSize, row_count, at_least_one", null,
            Integer("min", "The fewest.", min: 0), Integer("max", "The most.", min: 0)) with { LeastColumns = 0, MostColumns = 0 }) { Bind = Between },
        new(Define("row_count_equals_entity", RuleKind.Consistency, "Has as many rows as another entity", "Both entities have the same number of rows.",
            "expect_table_row_count_to_equal_other_table, equal_rowcount, fewer_rows_than", null,
            new ArgumentDefinition("to", ArgumentKind.Text, "The other entity.") { Required = true },
            Number("factor", "Rows of this entity for each row of the other.", 1, min: 0)) with { LeastColumns = 0, MostColumns = 0 }) { Bind = EqualsEntity },
    ];

    private static RuleWork? Between(RuleContext context) => new NotYet();

    private static RuleWork? EqualsEntity(RuleContext context) => new NotYet();
}
