using TdmPortal.Core.Expressions;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Quality.Rules;
using TdmPortal.Core.Schemas;
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

    private static RowTest? Greater(RuleContext context)
    {
        if (!Alike(context))
            return null;
        var (left, right, equal, type) = (context.Columns[0], context.Columns[1], context.Flag("or_equal"), ExpressionType.Of(context.Field()));
        return new((batch, verdicts) =>
        {
            var (first, second) = (batch[left], batch[right]);
            for (var i = 0; i < verdicts.Length; i++)
            {
                if (first.IsNull(i) || second.IsNull(i))
                    verdicts[i] = Verdict.None;
                else if (Evaluation.Order(first, i, second, i, type) is var order && (order < 0 || (order == 0 && !equal)))
                    verdicts[i] = Verdict.Fails;
            }
        });
    }

    private static RowTest? OrderOf(RuleContext context)
    {
        if (!Alike(context))
            return null;
        var (fields, strict, type) = (context.Columns, context.Flag("strict"), ExpressionType.Of(context.Field()));
        return new((batch, verdicts) =>
        {
            var columns = fields.Select(field => batch[field]).ToArray();
            for (var i = 0; i < verdicts.Length; i++)
            {
                var (before, compared) = (-1, false);
                for (var c = 0; c < columns.Length; c++)
                {
                    if (columns[c].IsNull(i))
                        continue;
                    if (before >= 0)
                    {
                        compared = true;
                        var order = Evaluation.Order(columns[before], i, columns[c], i, type);
                        if (order > 0 || (order == 0 && strict))
                            verdicts[i] = Verdict.Fails;
                    }

                    before = c;
                }

                if (!compared)
                    verdicts[i] = Verdict.None;
            }
        });
    }

    private static RowTest? EqualOf(RuleContext context)
    {
        if (!Alike(context))
            return null;
        var (left, right, type) = (context.Columns[0], context.Columns[1], ExpressionType.Of(context.Field()));
        return new((batch, verdicts) =>
        {
            var (first, second) = (batch[left], batch[right]);
            for (var i = 0; i < verdicts.Length; i++)
            {
                if (first.IsNull(i) || second.IsNull(i) ? first.IsNull(i) != second.IsNull(i) : Evaluation.Order(first, i, second, i, type) != 0)
                    verdicts[i] = Verdict.Fails;
            }
        });
    }

    private static RowTest Sum(RuleContext context)
    {
        var (total, tolerance) = (context.Number("total") ?? 0, context.Number("tolerance") ?? 0);
        var parts = context.Columns.Select((field, i) => (Field: field, Definition: context.Field(i))).ToArray();
        return new((batch, verdicts) =>
        {
            for (var i = 0; i < verdicts.Length; i++)
            {
                // Exact as long as the numbers are: decimals add up without binary fractions.
                var (exact, rounded, isNull) = (0m, 0.0, false);
                foreach (var (field, definition) in parts)
                {
                    var column = batch[field];
                    isNull |= column.IsNull(i);
                    if (isNull)
                        break;
                    if (definition.Type == FieldType.Double)
                        rounded += ((DoubleColumn)column).Values[i];
                    else
                        exact += Figures.Exact(column, i, definition);
                }

                if (isNull)
                    verdicts[i] = Verdict.None;
                else if (Math.Abs((double)exact + rounded - total) > tolerance + (Math.Abs(total) * 1e-12))
                    verdicts[i] = Verdict.Fails;
            }
        });
    }

    private static bool IsWide(FieldDefinition field) => field.Precision > 18;

    /// <summary>Columns that are compared have one type.</summary>
    private static bool Alike(RuleContext context)
    {
        var first = ExpressionType.Of(context.Field());
        for (var i = 1; i < context.Columns.Count; i++)
        {
            if (ExpressionType.Of(context.Field(i)) == first && IsWide(context.Field(i)) == IsWide(context.Field()))
                continue;
            context.Refuse($"columns[{i}]", $"{context.Field(i).Name} and {context.Field().Name} have not the same type, so they cannot be compared.", "Use expression, which converts them");
            return false;
        }

        return true;
    }
}
