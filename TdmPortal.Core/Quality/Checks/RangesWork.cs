using TdmPortal.Core.Generation;
using TdmPortal.Core.Quality.Rules;

namespace TdmPortal.Core.Quality.Checks;

/// <summary>Ranges that do not overlap: sorted by their beginning, each is compared with what lies before it.</summary>
internal sealed class RangesWork(int from, int to, int? by, string gaps, bool inclusive) : WholeWork
{
    /// <summary>Most ranges that are sorted, at 56 bytes each.</summary>
    private const int Most = 1_500_000;

    public override IEnumerable<int> Fields => by is { } grouped ? [grouped] : [];

    public override Outcome Run(WholeRun run, BoundRule rule)
    {
        var ranges = new List<(UInt128 Group, Int128 From, Int128 To, long Row)>();
        run.Read(rule, [from, to, .. Fields], batch =>
        {
            var groups = new UInt128[batch.Count];
            KeyHash.FillWithNulls(batch, [.. Fields], groups);
            var (begins, ends) = (batch[from], batch[to]);
            for (var i = 0; i < batch.Count; i++)
            {
                if (!batch.Looks(i) || begins.IsNull(i))
                    continue;
                if (ranges.Count == Most)
                    throw new RuleFault($"there are more than {Most} ranges, which are too many to compare");
                ranges.Add((groups[i], Key(begins, i), ends.IsNull(i) ? Int128.MaxValue : Key(ends, i), batch.FirstRow + i));
            }
        });
        ranges.Sort();
        var failing = new List<long>();
        var end = Int128.MinValue;
        for (var i = 0; i < ranges.Count; i++)
        {
            var range = ranges[i];
            var isFirst = i == 0 || ranges[i - 1].Group != range.Group;
            if (range.To < range.From || (!isFirst && !Follows(end, range.From)))
                failing.Add(range.Row);
            end = isFirst ? range.To : Int128.Max(end, range.To);
        }

        failing.Sort();
        return new(ranges.Count, failing.Count, run.Describe(rule, [.. failing.Take(RuleResult.MostRows)]));
    }

    private bool Follows(Int128 end, Int128 next)
    {
        if (end == Int128.MaxValue)
            return false;
        var touching = inclusive ? end + 1 : end;
        return next >= touching && gaps switch { "not_allowed" => next == touching, "required" => next > touching, _ => true };
    }

    /// <summary>A number in the order of the values.</summary>
    private static Int128 Key(Column column, int row) => column switch
    {
        LongColumn longs => longs.Values[row],
        WideColumn wides => wides.Values[row],
        DoubleColumn doubles => BitConverter.DoubleToInt64Bits(doubles.Values[row]) is var bits && bits < 0 ? long.MinValue - bits : bits,
        _ => throw new NotSupportedException(column.GetType().Name),
    };
}
