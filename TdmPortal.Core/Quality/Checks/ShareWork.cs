using TdmPortal.Core.Quality.Rules;

namespace TdmPortal.Core.Quality.Checks;

/// <summary>The share of rows that a test says yes of, among those that it says anything of.</summary>
internal sealed class ShareWork((double Min, double Max) bounds, string name, RowTest.Test test) : RowWork
{
    public override Tally Begin(RuleTexts texts) => new Share(bounds, name, test);

    private sealed class Share((double Min, double Max) bounds, string name, RowTest.Test test) : Tally
    {
        private byte[] verdicts = [];
        private long hits;
        private long all;

        public override void Add(RuleBatch batch)
        {
            if (verdicts.Length < batch.Count)
                verdicts = new byte[batch.Count];
            test(batch, verdicts.AsSpan(0, batch.Count));
            for (var i = 0; i < batch.Count; i++)
            {
                if (!batch.Looks(i) || verdicts[i] == Verdict.None)
                    continue;
                all++;
                hits += verdicts[i] == Verdict.Holds ? 1 : 0;
            }
        }

        public override void Take(Tally next)
        {
            all += ((Share)next).all;
            hits += ((Share)next).hits;
        }

        public override Outcome Finish()
        {
            if (all == 0)
                return new(0, 0, [], "no row");
            var share = (double)hits / all;
            return Outcome.Of(share >= bounds.Min && share <= bounds.Max, $"{name} {Figures.Text(share * 100)} %");
        }
    }
}
