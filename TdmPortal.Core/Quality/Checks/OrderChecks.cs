using TdmPortal.Core.Quality.Rules;
using static TdmPortal.Core.Generators.Arguments;
using static TdmPortal.Core.Quality.Checks.Check;

namespace TdmPortal.Core.Quality.Checks;

/// <summary>Rows against the row before them.</summary>
internal static class OrderChecks
{
    public static IReadOnlyList<Check> All { get; } =
    [
        new(Define("increasing", RuleKind.Consistency, "Increases from row to row", "No value is less than the one before it; nulls are passed over.",
            "expect_column_values_to_be_increasing, monotone, monotonic", Ordered, Flag("strict", "Equal values do not pass.", false))) { Bind = Increasing },
        new(Define("decreasing", RuleKind.Consistency, "Decreases from row to row", "No value is greater than the one before it; nulls are passed over.",
            "expect_column_values_to_be_decreasing, monotone, monotonic", Ordered, Flag("strict", "Equal values do not pass.", false))) { Bind = Decreasing },
        new(Define("sequential_values", RuleKind.Consistency, "Counts without a gap", "Each value is the one before it plus the step; nulls are passed over.",
            "sequential_values", [Schemas.FieldType.Integer, Schemas.FieldType.Date], Integer("step", "How much is added from row to row.", 1))) { Bind = Sequential },
    ];

    private static RuleWork? Increasing(RuleContext context) => new NotYet();

    private static RuleWork? Decreasing(RuleContext context) => new NotYet();

    private static RuleWork? Sequential(RuleContext context) => new NotYet();
}
