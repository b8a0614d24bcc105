using TdmPortal.Core.Generation;
using TdmPortal.Core.Quality.Rules;

namespace TdmPortal.Core.Quality.Checks;

/// <summary>A figure made of count, sum and squares. Sums of integers and decimals are exact; squares are added as B. P. Welford does and joined as T. F. Chan does.</summary>
internal sealed class MomentsWork(int place, double unit, (double Min, double Max) bounds, string name, Func<MomentsWork.Moments, double?> figure) : RowWork
{
    public override Tally Begin(RuleTexts texts) => new Moments(place, unit, Judge);

    private Outcome Judge(Moments moments) => figure(moments) is { } value
        ? Outcome.Of(value >= bounds.Min && value <= bounds.Max, $"{name} {Figures.Text(value)}")
        : new(0, 0, [], "too few values");

    internal sealed class Moments(int place, double unit, Func<Moments, Outcome> judge) : Tally
    {
        private long count;
        private Int128 exact;
        private double rounded;
        private double mean;
        private double squares;

        /// <summary>Null without values.</summary>
        public double? Mean => count == 0 ? null : Sum / count;

        public double? Sum => count == 0 ? null : ((double)exact / unit) + rounded;

        /// <summary>Of the sample; null of fewer than two values.</summary>
        public double? Deviation => count < 2 ? null : Math.Sqrt(squares / (count - 1));

        public override void Add(RuleBatch batch)
        {
            var column = batch[place];
            for (var i = 0; i < batch.Count; i++)
            {
                if (column.IsNull(i) || !batch.Looks(i))
                    continue;
                if (column is LongColumn longs)
                    exact += longs.Values[i];
                else if (column is WideColumn wides)
                    exact = checked(exact + wides.Values[i]);
                else
                    rounded += ((DoubleColumn)column).Values[i];
                var value = Figures.Of(column, i, unit);
                count++;
                var delta = value - mean;
                mean += delta / count;
                squares += delta * (value - mean);
            }
        }

        public override void Take(Tally next)
        {
            var other = (Moments)next;
            if (other.count == 0)
                return;
            var (all, delta) = (count + other.count, other.mean - mean);
            squares += other.squares + (delta * delta * count / all * other.count);
            mean += delta * other.count / all;
            exact = checked(exact + other.exact);
            rounded += other.rounded;
            count = all;
        }

        public override Outcome Finish() => judge(this);
    }
}
