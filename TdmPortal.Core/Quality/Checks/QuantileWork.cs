using TdmPortal.Core.Quality.Rules;

namespace TdmPortal.Core.Quality.Checks;

/// <summary>
/// An exact quantile in bounded memory: the least value that at least a share of the values does not exceed. Values that
/// are too many to hold are counted in stretches first, and only those of the stretch that the quantile lies in are held.
/// </summary>
internal sealed class QuantileWork(int field, double unit, double share, string name, (double Min, double Max) bounds) : WholeWork
{
    private const int Most = 1_000_000;
    private const int Stretches = 65_536;

    public override Outcome Run(WholeRun run, BoundRule rule)
    {
        var (low, high, rank) = (double.NegativeInfinity, double.PositiveInfinity, -1L);
        while (true)
        {
            var (held, count, least, most) = (new List<double>(), 0L, double.PositiveInfinity, double.NegativeInfinity);
            Each(run, rule, value =>
            {
                if (value < low || value > high)
                    return;
                count++;
                (least, most) = (Math.Min(least, value), Math.Max(most, value));
                if (held.Count < Most)
                    held.Add(value);
            });
            if (count == 0)
                return new(0, 0, [], "no value");
            if (rank < 0)
                rank = Math.Clamp((long)Math.Ceiling((share * count) - 1e-9), 1, count) - 1;
            if (count <= Most || least == most)
            {
                held.Sort();
                return Said(least == most ? least : held[(int)rank]);
            }

            // Narrows it down to one stretch; a value belongs to the stretch that its rank in the range falls into.
            held = [];
            var counts = new long[Stretches];
            var (lowest, highest) = (new double[Stretches], new double[Stretches]);
            Array.Fill(lowest, double.PositiveInfinity);
            Array.Fill(highest, double.NegativeInfinity);
            Each(run, rule, value =>
            {
                if (value < low || value > high)
                    return;
                var at = (int)Math.Min(Stretches - 1, (value - least) / (most - least) * Stretches);
                counts[at]++;
                (lowest[at], highest[at]) = (Math.Min(lowest[at], value), Math.Max(highest[at], value));
            });
            var stretch = 0;
            for (; rank >= counts[stretch]; stretch++)
                rank -= counts[stretch];
            (low, high) = (lowest[stretch], highest[stretch]);
        }
    }

    private void Each(WholeRun run, BoundRule rule, Action<double> use) => run.Read(rule, [field], batch =>
    {
        var column = batch[field];
        for (var i = 0; i < batch.Count; i++)
        {
            if (!column.IsNull(i) && batch.Looks(i))
                use(Figures.Of(column, i, unit));
        }
    });

    private Outcome Said(double value) => Outcome.Of(value >= bounds.Min && value <= bounds.Max, $"{name} {Figures.Text(value)}");
}
