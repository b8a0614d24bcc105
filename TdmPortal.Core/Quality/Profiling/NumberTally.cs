using TdmPortal.Core.Generation;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Quality.Profiling;

/// <summary>Numbers, dates, times and booleans: 64-bit and 128-bit whole numbers, doubles, and UUIDs.</summary>
internal sealed class NumberTally : ValueTally
{
    private const int Bars = 24;
    private static readonly double[] Shares = [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99];
    private static readonly Int128 UuidSign = Int128.MinValue;

    private readonly ColumnKind kind;
    private readonly bool hasNumbers;
    private readonly QuantileSketch? sketch;

    // Of stored whole numbers; UUIDs with their sign turned, so that they are in the order of their texts.
    private Int128 least;
    private Int128 greatest;
    private double leastDouble;
    private double greatestDouble;
    private long first;
    private long last;
    private bool ascending;
    private bool any;

    public NumberTally(ColumnDescription column)
        : base(hasTexts: KindOf(column) == ColumnKind.Wide)
    {
        kind = KindOf(column);
        hasNumbers = NumberUnit.Is(column);
        sketch = hasNumbers ? new() : null;
        Clear(0);
    }

    private enum ColumnKind
    {
        Long,
        Double,
        Wide,
    }

    private protected override bool IsAscending => kind == ColumnKind.Long && ascending;

    public override void Clear(ulong seed)
    {
        base.Clear(seed);
        sketch?.Clear(seed);
        (least, greatest, leastDouble, greatestDouble) = (Int128.MaxValue, Int128.MinValue, double.PositiveInfinity, double.NegativeInfinity);
        (first, last, ascending, any) = (0, 0, true, false);
    }

    public override void Merge(ColumnTally next)
    {
        base.Merge(next);
        var from = (NumberTally)next;
        if (!from.any)
            return;
        ascending &= from.ascending && (!any || from.first > last);
        first = any ? first : from.first;
        (last, any) = (from.last, true);
    }

    private protected override void AddValues(Column column, int count)
    {
        switch (kind)
        {
            case ColumnKind.Long:
                AddLongs((LongColumn)column, count);
                break;
            case ColumnKind.Double:
                AddDoubles((DoubleColumn)column, count);
                break;
            default:
                AddWides((WideColumn)column, count);
                break;
        }
    }

    private void AddLongs(LongColumn column, int count)
    {
        var values = column.Values[..count];
        for (var row = 0; row < values.Length; row++)
        {
            if (column.IsNull(row))
            {
                Nulls++;
                continue;
            }

            var value = values[row];
            ascending &= value > last || !any;
            if (!any)
                (first, any) = (value, true);
            last = value;
            if (!Count(ValueHash.Of(value), value))
                continue;
            sketch?.Add(value);
            if (value < least)
                least = value;
            if (value > greatest)
                greatest = value;
        }
    }

    private void AddDoubles(DoubleColumn column, int count)
    {
        var values = column.Values[..count];
        for (var row = 0; row < values.Length; row++)
        {
            if (column.IsNull(row))
            {
                Nulls++;
                continue;
            }

            // 0 and -0 are one value.
            var value = values[row] + 0.0;
            var bits = BitConverter.DoubleToInt64Bits(value);
            if (Count(ValueHash.Of(bits), bits))
                AddDouble(value, 1);
        }
    }

    private void AddWides(WideColumn column, int count)
    {
        var values = column.Values[..count];
        Span<byte> bytes = stackalloc byte[16];
        for (var row = 0; row < values.Length; row++)
        {
            if (column.IsNull(row))
            {
                Nulls++;
                continue;
            }

            var value = values[row];
            var hash = ValueHash.Of(value);
            var counted = !IsExact;
            if (counted)
                CountDistinct(hash);
            if (!Values.TryCount(hash))
            {
                System.Buffers.Binary.BinaryPrimitives.WriteInt128LittleEndian(bytes, value);
                Insert(hash, bytes, 0);
            }

            if (counted)
                AddWide(value, 1);
        }
    }

    private void AddWide(Int128 value, long times)
    {
        if (hasNumbers)
            sketch!.Add((double)value, times);
        else
            value ^= UuidSign;
        if (value < least)
            least = value;
        if (value > greatest)
            greatest = value;
    }

    /// <summary>What is no number counts as a value, and for nothing else.</summary>
    private void AddDouble(double value, long times)
    {
        if (!double.IsFinite(value))
            return;
        sketch!.Add(value, times);
        leastDouble = Math.Min(leastDouble, value);
        greatestDouble = Math.Max(greatestDouble, value);
    }

    private protected override void Fold(ValueCounts table, int entry, long times)
    {
        switch (kind)
        {
            case ColumnKind.Long:
                var value = table.Number(entry);
                sketch?.Add(value, times);
                least = Int128.Min(least, value);
                greatest = Int128.Max(greatest, value);
                break;
            case ColumnKind.Double:
                AddDouble(BitConverter.Int64BitsToDouble(table.Number(entry)), times);
                break;
            default:
                AddWide(System.Buffers.Binary.BinaryPrimitives.ReadInt128LittleEndian(table.Text(entry)), times);
                break;
        }
    }

    private protected override void MergeStatistics(ValueTally next)
    {
        var from = (NumberTally)next;
        sketch?.Merge(from.sketch!);
        least = Int128.Min(least, from.least);
        greatest = Int128.Max(greatest, from.greatest);
        leastDouble = Math.Min(leastDouble, from.leastDouble);
        greatestDouble = Math.Max(greatestDouble, from.greatestDouble);
    }

    private protected override ColumnProfile Complete(ColumnProfile profile, ColumnDescription column, bool allShown, out Distribution? distribution)
    {
        distribution = null;
        if (kind == ColumnKind.Double ? leastDouble <= greatestDouble : least <= greatest)
            profile = profile with { Min = EndText(column, least, leastDouble), Max = EndText(column, greatest, greatestDouble) };
        if (!hasNumbers)
            return profile;
        var unit = NumberUnit.PerUnit(column);
        var (low, high) = kind == ColumnKind.Double ? (leastDouble, greatestDouble) : ((double)least / unit, (double)greatest / unit);
        distribution = IsExact ? Distribution.Of(ExactItems(unit)) : Distribution.Of([.. sketch!.Items().Select(item => (item.Number / unit, item.Times))], (low, high));
        if (distribution.Count == 0)
            return profile;
        var moments = sketch!.AllMoments();
        var all = distribution;
        return profile with
        {
            Mean = moments.Mean / unit,
            StandardDeviation = moments.StandardDeviation / unit,
            Skewness = moments.Skewness,
            Quantiles = [.. Shares.Select(share => (share, number: all.Quantile(share))).Select(quantile => new QuantileValue(quantile.share, quantile.number, NumberUnit.Text(quantile.number, column)))],
            Histogram = allShown ? null : Spread(column, all),
        };
    }

    private protected override string TextOf(int entry, ColumnDescription column) => kind switch
    {
        ColumnKind.Long => NumberUnit.Text(Values.Number(entry), column),
        ColumnKind.Double => NumberUnit.Exact(BitConverter.Int64BitsToDouble(Values.Number(entry)), column),
        _ => NumberUnit.Text(System.Buffers.Binary.BinaryPrimitives.ReadInt128LittleEndian(Values.Text(entry)), column),
    };

    private static ColumnKind KindOf(ColumnDescription column) => column.Type switch
    {
        FieldType.Double => ColumnKind.Double,
        FieldType.Uuid => ColumnKind.Wide,
        FieldType.Decimal when column.Precision > 18 => ColumnKind.Wide,
        _ => ColumnKind.Long,
    };

    private string EndText(ColumnDescription column, Int128 whole, double number) => kind switch
    {
        ColumnKind.Long => NumberUnit.Text((long)whole, column),
        ColumnKind.Double => NumberUnit.Exact(number, column),
        _ => NumberUnit.Text(hasNumbers ? whole : whole ^ UuidSign, column),
    };

    private List<(double Number, long Times)> ExactItems(double unit)
    {
        var items = new List<(double, long)>(Values.Count);
        for (var entry = 0; entry < Values.Count; entry++)
        {
            var number = kind switch
            {
                ColumnKind.Long => Values.Number(entry),
                ColumnKind.Double => BitConverter.Int64BitsToDouble(Values.Number(entry)),
                _ => (double)System.Buffers.Binary.BinaryPrimitives.ReadInt128LittleEndian(Values.Text(entry)),
            };
            if (double.IsFinite(number))
                items.Add((number / unit, Values.Times(entry)));
        }

        return items;
    }

    /// <summary>Whole numbers and days are not cut in pieces: a bar holds as many as another.</summary>
    private static Histogram Spread(ColumnDescription column, Distribution spread)
    {
        var (low, high) = (spread.Least, spread.Greatest);
        var width = (high - low) / Bars;
        if (column.Type is FieldType.Integer or FieldType.Date)
            width = Math.Max(1, Math.Ceiling((high - low + 1) / Bars));
        var bars = width <= 0 ? 1 : column.Type is FieldType.Integer or FieldType.Date ? (int)Math.Floor((high - low) / width) + 1 : Bars;
        var edges = new double[bars + 1];
        for (var edge = 0; edge <= bars; edge++)
            edges[edge] = low + (edge * width);
        edges[bars] = Math.Max(edges[bars], high);
        var counts = new long[bars];
        for (var bar = 0; bar < bars; bar++)
            counts[bar] = (bar == bars - 1 ? spread.Count : spread.CountBelow(edges[bar + 1])) - spread.CountBelow(edges[bar]);
        return new(edges, [.. edges.Select(edge => NumberUnit.Text(edge, column))], counts);
    }
}
