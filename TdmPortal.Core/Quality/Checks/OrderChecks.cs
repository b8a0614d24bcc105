using TdmPortal.Core.Expressions;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Quality.Rules;
using TdmPortal.Core.Schemas;
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

    private static OrderWork Increasing(RuleContext context) => new(context, context.Flag("strict") ? (order => order < 0) : (order => order <= 0));

    private static OrderWork Decreasing(RuleContext context) => new(context, context.Flag("strict") ? (order => order > 0) : (order => order >= 0));

    private static OrderWork Sequential(RuleContext context) => new(context, null, context.Integer("step") ?? 1);

    /// <summary>Each value against the one before it; the first one is not evaluated.</summary>
    /// <param name="passes">Takes the order of a value and the one after it; null: they differ by the step.</param>
    private sealed class OrderWork(RuleContext context, Func<int, bool>? passes, long step = 0) : RowWork
    {
        private readonly int field = context.Columns[0];
        private readonly ExpressionType type = ExpressionType.Of(context.Field());
        private readonly FieldDefinition definition = context.Field();

        public override Tally Begin(RuleTexts texts) => new Neighbours(this, texts);

        private bool Passes(Column before, int first, Column after, int second) => passes is null
            ? ((LongColumn)after).Values[second] - ((LongColumn)before).Values[first] == step
            : passes(Evaluation.Order(before, first, after, second, type));

        private sealed class Neighbours(OrderWork work, RuleTexts texts) : Tally
        {
            private readonly List<FailingRow> rows = [];
            private Column? first;
            private FailingRow? firstRow;
            private Column? last;
            private long evaluated;
            private long failing;

            public override void Add(RuleBatch batch)
            {
                var column = batch[work.field];
                var before = -1;
                for (var i = 0; i < batch.Count; i++)
                {
                    if (column.IsNull(i) || !batch.Looks(i))
                        continue;
                    if (before < 0 && last is null)
                    {
                        (first, firstRow) = (Kept(column, i), texts.Of(batch, i));
                    }
                    else
                    {
                        evaluated++;
                        if (!(before < 0 ? work.Passes(last!, 0, column, i) : work.Passes(column, before, column, i)))
                        {
                            failing++;
                            if (rows.Count < RuleResult.MostRows)
                                rows.Add(texts.Of(batch, i));
                        }
                    }

                    before = i;
                }

                if (before >= 0)
                    last = Kept(column, before);
            }

            public override void Take(Tally next)
            {
                var other = (Neighbours)next;
                if (other.first is null)
                    return;
                if (last is null)
                {
                    (first, firstRow) = (other.first, other.firstRow);
                }
                else
                {
                    evaluated++;
                    if (!work.Passes(last, 0, other.first, 0))
                    {
                        failing++;
                        if (rows.Count < RuleResult.MostRows)
                            rows.Add(other.firstRow!);
                    }
                }

                evaluated += other.evaluated;
                failing += other.failing;
                rows.AddRange(other.rows.Take(RuleResult.MostRows - rows.Count));
                last = other.last;
            }

            public override Outcome Finish() => new(evaluated, failing, rows);

            private Column Kept(Column column, int row)
            {
                var kept = Column.For(work.definition.Type, column is WideColumn ? 38 : 18);
                kept.Gather(column, [row]);
                return kept;
            }
        }
    }
}
