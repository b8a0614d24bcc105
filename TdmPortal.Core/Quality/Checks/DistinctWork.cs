using TdmPortal.Core.Quality.Rules;

namespace TdmPortal.Core.Quality.Checks;

/// <summary>How many different values there are, counted by hashes of 128 bits; in parts where they are many.</summary>
internal sealed class DistinctWork(int field, (double Min, double Max) bounds, bool share) : WholeWork
{
    public override Outcome Run(WholeRun run, BoundRule rule)
    {
        var (parts, distinct, all) = (run.Parts(run.Rows(rule.Entity)), 0L, 0L);
        for (var part = 0; part < parts; part++)
        {
            var keys = new KeyMap();
            run.Read(rule, [field], batch =>
            {
                var (hashes, isNull) = (new UInt128[batch.Count], new bool[batch.Count]);
                KeyHash.Fill([batch[field]], hashes, isNull);
                for (var i = 0; i < hashes.Length; i++)
                {
                    if (isNull[i] || !batch.Looks(i) || KeyMap.PartOf(hashes[i], parts) != part)
                        continue;
                    all++;
                    keys.Add(hashes[i], out _);
                }
            });
            distinct += keys.Count;
        }

        if (share && all == 0)
            return new(0, 0, [], "no value");
        var figure = share ? (double)distinct / all : distinct;
        return Outcome.Of(figure >= bounds.Min && figure <= bounds.Max, share ? $"{Figures.Text(figure * 100)} % different" : $"{Figures.Text(figure)} different");
    }
}
