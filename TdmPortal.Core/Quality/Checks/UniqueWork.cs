using TdmPortal.Core.Generation;
using TdmPortal.Core.Quality.Rules;

namespace TdmPortal.Core.Quality.Checks;

/// <summary>
/// Keys that occur once, by hashes of 128 bits; in parts where they are many. Keys that increase from row to row, as most
/// do, are seen to be unique as they go by.
/// </summary>
internal sealed class UniqueWork(IReadOnlyList<int> fields) : WholeWork
{
    public override Tally? BeginEarly() => new Increase(fields);

    public override Outcome? Early(Tally tally) => ((Increase)tally).Holds ? tally.Finish() : null;

    public override Outcome Run(WholeRun run, BoundRule rule)
    {
        var (parts, found) = (run.Parts(run.Rows(rule.Entity)), new Findings(run, rule));
        for (var part = 0; part < parts; part++)
        {
            var keys = new KeyMap();
            found.Read(fields, (batch, hashes, isNull, i) =>
            {
                if (isNull || KeyMap.PartOf(hashes, parts) != part)
                    return Verdict.None;
                keys.Add(hashes, out var isNew);
                return isNew ? Verdict.Holds : Verdict.Fails;
            });
        }

        return found.Finish();
    }

    private sealed class Increase(IReadOnlyList<int> fields) : Tally
    {
        private readonly LongColumn[] columns = new LongColumn[fields.Count];
        private long[]? first;
        private long[] last = [];
        private long evaluated;

        public bool Holds { get; private set; } = true;

        public override void Add(RuleBatch batch)
        {
            for (var c = 0; c < columns.Length && Holds; c++)
            {
                Holds &= batch[fields[c]] is LongColumn;
                columns[c] = (batch[fields[c]] as LongColumn)!;
            }

            for (var i = 0; i < batch.Count && Holds; i++)
            {
                if (!batch.Looks(i) || Array.Exists(columns, column => column.IsNull(i)))
                    continue;
                if (first is null)
                {
                    first = [.. columns.Select(column => column.Values[i])];
                    last = [.. first];
                }
                else
                {
                    var order = 0;
                    for (var c = 0; c < columns.Length; c++)
                    {
                        if (order == 0)
                            order = columns[c].Values[i].CompareTo(last[c]);
                        last[c] = columns[c].Values[i];
                    }

                    Holds = order > 0;
                }

                evaluated++;
            }
        }

        public override void Take(Tally next)
        {
            var other = (Increase)next;
            Holds &= other.Holds && (first is null || other.first is null || last.AsSpan().SequenceCompareTo(other.first) < 0);
            evaluated += other.evaluated;
            first ??= other.first;
            if (other.first is not null)
                last = other.last;
        }

        public override Outcome Finish() => new(evaluated, 0, []);
    }
}
