using TdmPortal.Core.Expressions;
using TdmPortal.Core.Generation;

namespace TdmPortal.Core.Quality.Rules;

/// <summary>Says of each row whether it passes.</summary>
/// <param name="test">Sets the verdicts of rows that fail or are not looked at; all others hold.</param>
internal sealed class RowTest(RowTest.Test test) : RowWork
{
    public delegate void Test(RuleBatch batch, Span<byte> verdicts);

    private IEnumerable<int> fields = [];
    private IEnumerable<Expression> conditions = [];

    public override IEnumerable<int> Fields => fields;

    public override IEnumerable<Expression> Conditions => conditions;

    /// <summary>Of one column, value by value; nulls are not looked at.</summary>
    public static RowTest Of<TColumn>(int field, Func<TColumn, int, bool> passes)
        where TColumn : Column => new((batch, verdicts) =>
    {
        var column = (TColumn)batch[field];
        for (var i = 0; i < verdicts.Length; i++)
        {
            if (column.IsNull(i))
                verdicts[i] = Verdict.None;
            else if (!passes(column, i))
                verdicts[i] = Verdict.Fails;
        }
    });

    public RowTest Reading(params IEnumerable<int> further)
    {
        fields = further;
        return this;
    }

    public RowTest Evaluating(params IEnumerable<Expression> all)
    {
        conditions = all;
        return this;
    }

    public override Tally Begin(RuleTexts texts) => new Counts(test, texts);

    private sealed class Counts(Test test, RuleTexts texts) : Tally
    {
        private readonly List<FailingRow> rows = [];
        private byte[] verdicts = [];
        private long evaluated;
        private long failing;

        public override void Add(RuleBatch batch)
        {
            if (verdicts.Length < batch.Count)
                verdicts = new byte[batch.Count];
            var said = verdicts.AsSpan(0, batch.Count);
            said.Fill(Verdict.Holds);
            test(batch, said);
            if (!batch.LooksAtAll)
            {
                for (var i = 0; i < said.Length; i++)
                    said[i] = batch.Looks(i) ? said[i] : Verdict.None;
            }

            evaluated += said.Length - said.Count(Verdict.None);
            for (var at = said.IndexOf(Verdict.Fails); at >= 0 && rows.Count < RuleResult.MostRows;)
            {
                rows.Add(texts.Of(batch, at));
                var next = said[(at + 1)..].IndexOf(Verdict.Fails);
                at = next < 0 ? -1 : at + 1 + next;
            }

            failing += said.Count(Verdict.Fails);
        }

        public override void Take(Tally next)
        {
            var other = (Counts)next;
            evaluated += other.evaluated;
            failing += other.failing;
            rows.AddRange(other.rows.Take(RuleResult.MostRows - rows.Count));
        }

        public override Outcome Finish() => new(evaluated, failing, rows);
    }
}
