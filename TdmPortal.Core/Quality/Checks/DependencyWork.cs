using TdmPortal.Core.Quality.Rules;

namespace TdmPortal.Core.Quality.Checks;

/// <summary>A column that follows from others: the first row with their values says what it is.</summary>
internal sealed class DependencyWork(IReadOnlyList<int> fields, int dependent) : WholeWork
{
    public override Outcome Run(WholeRun run, BoundRule rule)
    {
        var (parts, found) = (run.Parts(run.Rows(rule.Entity)), new Findings(run, rule));
        for (var part = 0; part < parts; part++)
        {
            var (keys, values, hashes, filled) = (new KeyMap(), new List<UInt128>(), Array.Empty<UInt128>(), -1L);
            found.Read(fields, (batch, hash, isNull, row) =>
            {
                if (isNull || KeyMap.PartOf(hash, parts) != part)
                    return Verdict.None;
                if (filled != batch.FirstRow)
                {
                    if (hashes.Length < batch.Count)
                        hashes = new UInt128[batch.Count];
                    KeyHash.FillWithNulls(batch, [dependent], hashes);
                    filled = batch.FirstRow;
                }

                var number = keys.Add(hash, out var isNew);
                if (isNew)
                    values.Add(hashes[row]);
                return values[number] == hashes[row] ? Verdict.Holds : Verdict.Fails;
            });
        }

        return found.Finish();
    }
}
