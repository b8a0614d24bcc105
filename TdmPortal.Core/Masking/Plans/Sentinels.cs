using System.Text;
using TdmPortal.Core.Generation;

namespace TdmPortal.Core.Masking.Plans;

/// <summary>Values of a column that mean "none" and stay: the empty text, and what the policy lists. Immutable.</summary>
internal sealed class Sentinels
{
    private readonly byte[][] texts;
    private readonly long[] longs = [];
    private readonly Int128[] wides = [];
    private readonly double[] doubles = [];

    public Sentinels(IEnumerable<string> given, ColumnDescription column, long asOf)
    {
        var all = given.Distinct(StringComparer.Ordinal).ToList();
        texts = [.. all.Select(Encoding.UTF8.GetBytes)];
        foreach (var text in all)
        {
            // What is no value of the column's type does not occur in it.
            switch (Literals.ToColumn([text], column.Type, column.Precision, column.Scale, asOf, out _))
            {
                case LongColumn one:
                    longs = [.. longs, one.Values[0]];
                    break;
                case WideColumn one:
                    wides = [.. wides, one.Values[0]];
                    break;
                case DoubleColumn one:
                    doubles = [.. doubles, one.Values[0]];
                    break;
            }
        }
    }

    /// <summary>Marks the rows that hold one.</summary>
    /// <returns>Whether there is any.</returns>
    public bool Mark(Column column, int count, ulong[] marks) => column switch
    {
        TextColumn text => Mark(text, count, marks),
        LongColumn numbers => Mark<long>(numbers.Values, longs, numbers, count, marks),
        WideColumn numbers => Mark<Int128>(numbers.Values, wides, numbers, count, marks),
        DoubleColumn numbers => Mark<double>(numbers.Values, doubles, numbers, count, marks),
        _ => false,
    };

    private bool Mark(TextColumn column, int count, ulong[] marks)
    {
        if (texts.Length == 0 && !column.HasEmpty())
            return false;
        var any = false;
        for (var row = 0; row < count; row++)
        {
            if (column.IsNull(row))
                continue;
            var value = column[row];
            var stays = value.IsEmpty;
            foreach (var text in texts)
                stays |= value.SequenceEqual(text);
            if (stays)
                marks[row >> 6] |= 1UL << row;
            any |= stays;
        }

        return any;
    }

    private static bool Mark<T>(ReadOnlySpan<T> values, T[] stay, Column column, int count, ulong[] marks)
        where T : IEquatable<T>
    {
        var any = false;
        foreach (var one in stay)
        {
            for (var at = 0; at < count; at++)
            {
                var next = values[at..count].IndexOf(one);
                if (next < 0)
                    break;
                at += next;
                if (column.IsNull(at))
                    continue;
                marks[at >> 6] |= 1UL << at;
                any = true;
            }
        }

        return any;
    }
}
