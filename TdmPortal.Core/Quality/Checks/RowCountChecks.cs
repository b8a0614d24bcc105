using System.Globalization;
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

    private static CountWork? Between(RuleContext context)
    {
        var (min, max) = (context.Integer("min"), context.Integer("max"));
        context.NeedsBound();
        if (min > max)
            context.Crossed();
        return new(min ?? 0, max ?? long.MaxValue);
    }

    private static EqualWork? EqualsEntity(RuleContext context) => context.EntityOf("to") is { } other ? new(other, context.Number("factor") ?? 1) : null;

    private static string Rows(long rows) => rows.ToString("N0", CultureInfo.InvariantCulture) + (rows == 1 ? " row" : " rows");

    private sealed class CountWork(long min, long max) : RowWork
    {
        public override Tally Begin(RuleTexts texts) => new Looked(min, max);

        private sealed class Looked(long min, long max) : Tally
        {
            private long rows;

            public override void Add(RuleBatch batch)
            {
                for (var i = 0; i < batch.Count && !batch.LooksAtAll; i++)
                    rows += batch.Looks(i) ? 1 : 0;
                rows += batch.LooksAtAll ? batch.Count : 0;
            }

            public override void Take(Tally next) => rows += ((Looked)next).rows;

            public override Outcome Finish() => Outcome.Of(rows >= min && rows <= max, Rows(rows));
        }
    }

    private sealed class EqualWork(int other, double factor) : WholeWork
    {
        public override Outcome Run(WholeRun run, BoundRule rule)
        {
            long rows = 0;
            if (rule.Where is null)
                rows = run.Rows(rule.Entity);
            else
                run.Read(rule, [], batch => rows += Enumerable.Range(0, batch.Count).Count(batch.Looks));
            var others = run.Rows(other);
            return Outcome.Of(Math.Abs(rows - (others * factor)) < 0.5, $"{Rows(rows)}, the other {Rows(others)}");
        }
    }
}
