using TdmPortal.Core.Quality.Rules;

namespace TdmPortal.Core.Quality.Checks;

/// <summary>Keys that another entity has, by hashes of 128 bits; in parts where they are many.</summary>
internal sealed class ForeignKeyWork(IReadOnlyList<int> fields, int parent, IReadOnlyList<int> parentFields) : WholeWork
{
    public override Outcome Run(WholeRun run, BoundRule rule)
    {
        var (parts, found) = (run.Parts(run.Rows(parent)), new Findings(run, rule));
        for (var part = 0; part < parts; part++)
        {
            var keys = new KeyMap();
            run.Read(parent, parentFields, batch =>
            {
                var (hashes, isNull) = (new UInt128[batch.Count], new bool[batch.Count]);
                KeyHash.Fill(batch, parentFields, hashes, isNull);
                for (var i = 0; i < hashes.Length; i++)
                {
                    if (!isNull[i] && KeyMap.PartOf(hashes[i], parts) == part)
                        keys.Add(hashes[i], out _);
                }
            });
            found.Read(fields, (_, hash, isNull, _) => isNull || KeyMap.PartOf(hash, parts) != part ? Verdict.None : keys.Find(hash) >= 0 ? Verdict.Holds : Verdict.Fails);
        }

        return found.Finish();
    }
}
