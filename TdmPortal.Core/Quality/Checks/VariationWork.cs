using TdmPortal.Core.Quality.Rules;

namespace TdmPortal.Core.Quality.Checks;

/// <summary>Whether there are two different values.</summary>
internal sealed class VariationWork(int field) : RowWork
{
    public override Tally Begin(RuleTexts texts) => new Variation(field);

    private sealed class Variation(int field) : Tally
    {
        private UInt128? first;
        private bool differs;

        public override void Add(RuleBatch batch)
        {
            if (differs)
                return;
            var (hashes, isNull) = (new UInt128[batch.Count], new bool[batch.Count]);
            KeyHash.Fill([batch[field]], hashes, isNull);
            for (var i = 0; i < hashes.Length; i++)
            {
                if (isNull[i] || !batch.Looks(i))
                    continue;
                first ??= hashes[i];
                differs |= hashes[i] != first;
            }
        }

        public override void Take(Tally next)
        {
            var other = (Variation)next;
            differs |= other.differs || (first is not null && other.first is not null && first != other.first);
            first ??= other.first;
        }

        public override Outcome Finish() => first is null ? new(0, 0, [], "no value") : Outcome.Of(differs, differs ? "several values" : "one value");
    }
}
