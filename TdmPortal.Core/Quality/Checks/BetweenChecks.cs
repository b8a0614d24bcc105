using TdmPortal.Core.Generators;
using TdmPortal.Core.Quality.Rules;
using static TdmPortal.Core.Generators.Arguments;
using static TdmPortal.Core.Quality.Checks.Check;

namespace TdmPortal.Core.Quality.Checks;

/// <summary>Values within bounds, one by one.</summary>
internal static class BetweenChecks
{
    public static IReadOnlyList<Check> All { get; } =
    [
        new(Define("between", RuleKind.Format, "Lies between two bounds", "Every value is at least min and at most max; one of the two can be left out.",
            "expect_column_values_to_be_between, accepted_range, isNonNegative, isPositive, isLessThan, isGreaterThan, valid_min, valid_max", Ordered,
            new("min", ArgumentKind.Value, "The least value; a date may be relative, such as now-2y."),
            new("max", ArgumentKind.Value, "The greatest value; a date may be relative, such as now."),
            Flag("strict_min", "The least value itself does not pass.", false),
            Flag("strict_max", "The greatest value itself does not pass.", false))) { Bind = Between },
        new(Define("length_between", RuleKind.Format, "Has a length between two bounds", "Every text has so many characters, every list so many elements.",
            "expect_column_value_lengths_to_be_between, expect_column_value_lengths_to_equal, hasMinLength, hasMaxLength, valid_length, valid_min_length, valid_max_length", Texts,
            Integer("min", "The least length.", min: 0), Integer("max", "The greatest length.", min: 0))) { Bind = Length },
    ];

    private static RuleWork? Between(RuleContext context) => new NotYet();

    private static RuleWork? Length(RuleContext context) => new NotYet();
}
