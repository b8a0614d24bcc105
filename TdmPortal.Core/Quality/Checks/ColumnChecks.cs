using TdmPortal.Core.Quality.Rules;
using static TdmPortal.Core.Generators.Arguments;
using static TdmPortal.Core.Quality.Checks.Check;

namespace TdmPortal.Core.Quality.Checks;

/// <summary>Columns of one row against each other.</summary>
internal static class ColumnChecks
{
    public static IReadOnlyList<Check> All { get; } =
    [
        new(Define("greater_than_column", RuleKind.Consistency, "Is greater than another column", "In each row the first column is greater than the second.",
            "expect_column_pair_values_a_to_be_greater_than_b, isGreaterThan, isLessThan", Ordered,
            Flag("or_equal", "Equal values pass as well.", false)) with { LeastColumns = 2, MostColumns = 2 }) { Bind = Greater },
        new(Define("ordered_columns", RuleKind.Consistency, "Columns come in order", "In each row no column is less than the one before it, such as ordered, shipped and delivered; nulls are passed over.",
            "date order, expect_column_pair_values_a_to_be_greater_than_b, chronological", Ordered,
            Flag("strict", "Equal values do not pass.", false)) with { LeastColumns = 2, MostColumns = 16 }) { Bind = OrderOf },
        new(Define("columns_equal", RuleKind.Consistency, "Two columns are equal", "In each row both columns have the same value; two nulls are the same.",
            "expect_column_pair_values_to_be_equal", Comparable) with { LeastColumns = 2, MostColumns = 2 }) { Bind = EqualOf },
        new(Define("multicolumn_sum_equals", RuleKind.Consistency, "Columns add up", "In each row the columns add up to the total.",
            "expect_multicolumn_sum_to_equal", Numbers,
            Number("total", "What they add up to.", required: true), Number("tolerance", "How far off it may be.", 0, min: 0)) with { LeastColumns = 2, MostColumns = 16 }) { Bind = Sum },
    ];

    private static RuleWork? Greater(RuleContext context) => new NotYet();

    private static RuleWork? OrderOf(RuleContext context) => new NotYet();

    private static RuleWork? EqualOf(RuleContext context) => new NotYet();

    private static RuleWork? Sum(RuleContext context) => new NotYet();
}
