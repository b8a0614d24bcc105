using TdmPortal.Core.Expressions;
using TdmPortal.Core.Generation;
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

    private static RowTest? Between(RuleContext context)
    {
        var field = context.Field();
        var (min, max) = (context.Literal("min", field), context.Literal("max", field));
        var (strictMin, strictMax) = (context.Flag("strict_min"), context.Flag("strict_max"));
        context.NeedsBound();
        var type = ExpressionType.Of(field);
        if (min is not null && max is not null && Evaluation.Order(min, 0, max, 0, type) > 0)
            context.Crossed();
        var place = context.Columns[0];
        return new((batch, verdicts) =>
        {
            var column = batch[place];
            var (low, high) = (Like(min, column), Like(max, column));
            for (var i = 0; i < verdicts.Length; i++)
            {
                if (column.IsNull(i))
                {
                    verdicts[i] = Verdict.None;
                    continue;
                }

                var above = low is null ? 1 : Evaluation.Order(column, i, low, 0, type);
                var below = high is null ? -1 : Evaluation.Order(column, i, high, 0, type);
                if (above < 0 || (above == 0 && strictMin) || below > 0 || (below == 0 && strictMax))
                    verdicts[i] = Verdict.Fails;
            }
        });
    }

    /// <summary>A bound in the kind of column that the source has: decimals come in 64 or in 128 bits.</summary>
    private static Column? Like(Column? bound, Column column)
    {
        if (bound is LongColumn narrow && column is WideColumn)
        {
            var wide = new WideColumn();
            wide.Reset(1);
            wide.Values[0] = narrow.Values[0];
            return wide;
        }

        return bound;
    }

    private static RowTest? Length(RuleContext context)
    {
        var (min, max) = (context.Integer("min") ?? 0, context.Integer("max") ?? long.MaxValue);
        context.NeedsBound();
        if (min > max)
            context.Crossed();
        if (context.Field().Array is not null)
            return RowTest.Of<ArrayColumn>(context.Columns[0], (column, row) => column.Offsets[row + 1] - column.Offsets[row] is var count && count >= min && count <= max);
        return RowTest.Of<TextColumn>(context.Columns[0], (column, row) => FormatChecks.CodePoints(column[row]) is var count && count >= min && count <= max);
    }
}
