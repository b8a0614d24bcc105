using TdmPortal.Core.Generation;
using TdmPortal.Core.Quality.Rules;
using TdmPortal.Core.Schemas;
using static TdmPortal.Core.Generators.Arguments;
using static TdmPortal.Core.Quality.Checks.Check;

namespace TdmPortal.Core.Quality.Checks;

/// <summary>Dates against the as-of instant of the data: of a generated version, the one that it was generated for.</summary>
internal static class AgeChecks
{
    public static IReadOnlyList<Check> All { get; } =
    [
        new(Define("recency", RuleKind.Business, "Is up to date", "The newest value is no older than this.",
            "recency, freshness, timeliness", Days, Duration("within", "How old the newest value may be, such as 1d or 12h.", required: true))) { Bind = Recency },
        new(Define("no_value_older_than", RuleKind.Business, "Has nothing older than this", "No value is older than this.",
            "maximum age, retention", Days, Duration("age", "How old a value may be, such as 30d or 10y.", required: true))) { Bind = NotOlder },
        new(Define("not_in_future", RuleKind.Business, "Does not lie in the future", "No value is later than the as-of instant.",
            "expect_column_values_to_be_in_the_past", Days)) { Bind = NotLater },
    ];

    private static RecencyWork Recency(RuleContext context) => new(context.Columns[0], context.Field().Type, context.AsOf - context.Duration("within"));

    private static RowTest NotOlder(RuleContext context)
    {
        var oldest = InUnit(context.AsOf - context.Duration("age"), context.Field().Type);
        return RowTest.Of<LongColumn>(context.Columns[0], (column, row) => column.Values[row] >= oldest);
    }

    private static RowTest NotLater(RuleContext context)
    {
        var newest = InUnit(context.AsOf, context.Field().Type);
        return RowTest.Of<LongColumn>(context.Columns[0], (column, row) => column.Values[row] <= newest);
    }

    /// <summary>An instant as the column has it: a date counts days.</summary>
    private static long InUnit(long instant, FieldType type) => type == FieldType.Date ? Evaluation.Days(instant) : instant;

    private sealed class RecencyWork(int field, FieldType type, long oldest) : RowWork
    {
        public override Tally Begin(RuleTexts texts) => new Newest(field, InUnit(oldest, type), texts);

        private sealed class Newest(int field, long oldest, RuleTexts texts) : Tally
        {
            private long newest = long.MinValue;

            public override void Add(RuleBatch batch)
            {
                var column = (LongColumn)batch[field];
                for (var i = 0; i < batch.Count; i++)
                {
                    if (!column.IsNull(i) && batch.Looks(i))
                        newest = Math.Max(newest, column.Values[i]);
                }
            }

            public override void Take(Tally next) => newest = Math.Max(newest, ((Newest)next).newest);

            public override Outcome Finish()
            {
                if (newest == long.MinValue)
                    return Outcome.Of(false, "no value");
                var column = new LongColumn();
                column.Reset(1);
                column.Values[0] = newest;
                return Outcome.Of(newest >= oldest, $"newest {texts.Value(column, 0)}");
            }
        }
    }
}
