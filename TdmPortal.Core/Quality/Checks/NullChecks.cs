using TdmPortal.Core.Quality.Rules;
using static TdmPortal.Core.Quality.Checks.Check;

namespace TdmPortal.Core.Quality.Checks;

/// <summary>Values that are there and values that are not.</summary>
internal static class NullChecks
{
    public static IReadOnlyList<Check> All { get; } =
    [
        new(Define("not_null", RuleKind.Completeness, "Is always filled in", "No value is null.",
            "expect_column_values_to_not_be_null, isComplete, hasCompleteness, missing, required")) { Bind = NotNull },
        new(Define("null", RuleKind.Completeness, "Is never filled in", "Every value is null.",
            "expect_column_values_to_be_null")) { Bind = Null },
        new(Define("not_empty", RuleKind.Completeness, "Is not blank", "No text is empty or made of white space alone; no list is without elements.",
            "not_empty_string, blank")) { Bind = NotEmpty },
        new(Define("any_not_null", RuleKind.Completeness, "At least one of them is filled in", "In each row at least one of the columns has a value.",
            "areAnyComplete, haveAnyCompleteness") with { LeastColumns = 2, MostColumns = 16 }) { Bind = AnyNotNull },
        new(Define("all_or_none_null", RuleKind.Completeness, "All of them are filled in, or none", "In each row the columns have all a value, or none of them has one.",
            "areComplete, haveCompleteness") with { LeastColumns = 2, MostColumns = 16 }) { Bind = AllOrNone },
    ];

    private static RuleWork? NotNull(RuleContext context) => new NotYet();

    private static RuleWork? Null(RuleContext context) => new NotYet();

    private static RuleWork? NotEmpty(RuleContext context) => new NotYet();

    private static RuleWork? AnyNotNull(RuleContext context) => new NotYet();

    private static RuleWork? AllOrNone(RuleContext context) => new NotYet();
}
