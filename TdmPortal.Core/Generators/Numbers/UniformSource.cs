using System.Runtime.CompilerServices;
using System.Text.Json;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Generators.Numbers;

/// <summary>Every value of a grid between two bounds equally likely: whole numbers, or decimals with the field's scale.</summary>
internal sealed class UniformSource(Int128 min, UInt128 count, Int128 unit, bool exact = true) : ValueSource
{
    /// <summary>Not known where a double does not tell neighbouring whole numbers apart.</summary>
    public override UInt128? Capacity => exact ? count : null;

    /// <summary>Bounds from the arguments min and max.</summary>
    /// <param name="whole">Whether only whole numbers come out, whatever the field's scale.</param>
    public static ValueSource? Create(SourceContext context, bool whole)
    {
        var (low, high) = whole ? ((double)context.Integer("min"), (double)context.Integer("max")) : (context.Number("min"), context.Number("max"));
        if (context.Failed())
            return null;
        if (low > high)
            return context.Refuse<ValueSource?>("min", FormattableString.Invariant($"\"min\" {low} is above \"max\" {high}"), null);
        return context.Type == FieldType.Double && !whole ? new RealSource(low, high) : Between(context, Exact(context, "min"), Exact(context, "max"), whole);
    }

    /// <summary>Whole numbers from low to high, in the field's scale.</summary>
    public static ValueSource? Whole(SourceContext context, long low, long high)
    {
        var factor = context.Type == FieldType.Decimal ? PowersOfTen.Wide(context.Scale) : 1;
        return Between(context, low * factor, high * factor, whole: true);
    }

    private static UniformSource? Between(SourceContext context, Int128 low, Int128 high, bool whole)
    {
        var factor = context.Type == FieldType.Decimal ? PowersOfTen.Wide(context.Scale) : 1;
        if (context.Type == FieldType.Decimal && Math.Max((double)high, -(double)low) >= (double)PowersOfTen.Wide(context.Precision))
            return context.Refuse<UniformSource?>("max", $"the bounds do not fit decimal({context.Precision},{context.Scale})", null);
        var step = whole ? factor : 1;
        return new(low, ((UInt128)(high - low) / (UInt128)step) + 1, step, context.Type != FieldType.Double || Int128.Max(high, -low) <= 1L << 53);
    }

    /// <summary>The bound as the document writes it, scaled, without a detour over a double.</summary>
    private static Int128 Exact(SourceContext context, string name)
    {
        var scale = context.Type == FieldType.Decimal ? context.Scale : 0;
        var value = context.Has(name) && context.Argument(name) is { ValueKind: JsonValueKind.Number } given ? given.GetRawText() : null;
        return value is not null && Literals.TryParseDecimal(value, 38, scale, out var scaled) ? scaled : (Int128)(context.Number(name) * (double)PowersOfTen.Wide(scale));
    }

    // Compiled at once and in full: the ahead-of-time compiler takes no method with 128-bit numbers.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Fill(Column target, ReadOnlySpan<long> rows, FillContext fill)
    {
        if (target is LongColumn longs && count <= ulong.MaxValue && unit == 1)
        {
            var values = longs.Values;
            var (first, bound) = ((long)min, (ulong)count);
            for (var i = 0; i < rows.Length; i++)
                values[i] = unchecked(first + (long)Randomness.Bounded(Randomness.Cell(fill.Key, rows[i]), bound));
            return;
        }

        for (var i = 0; i < rows.Length; i++)
        {
            var cell = Randomness.Cell(fill.Key, rows[i]);
            Set(target, i, count <= ulong.MaxValue ? Randomness.Bounded(cell, (ulong)count) : new UInt128(cell, Randomness.Next(cell, 0)) % count);
        }
    }

    public override bool HasOrder => true;

    public override void FillRanks(Column target, ReadOnlySpan<ulong> ranks, FillContext fill)
    {
        // The upper 64 bits of rank times count, which itself may have more than 64.
        for (var i = 0; i < ranks.Length; i++)
            Set(target, i, ((UInt128)ranks[i] * (ulong)(count >> 64)) + Randomness.Bounded(ranks[i], (ulong)count));
    }

    public override void FillDistinct(Column target, ReadOnlySpan<UInt128> ranks, FillContext fill)
    {
        for (var i = 0; i < ranks.Length; i++)
            Set(target, i, ranks[i]);
    }

    private void Set(Column target, int row, UInt128 rank)
    {
        var value = unchecked(min + ((Int128)rank * unit));
        switch (target)
        {
            case LongColumn longs:
                longs.Values[row] = (long)value;
                break;
            case WideColumn wide:
                wide.Values[row] = value;
                break;
            default:
                ((DoubleColumn)target).Values[row] = (double)value;
                break;
        }
    }
}
