using TdmPortal.Core.Generation;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Generators.Numbers;

/// <summary>How a number is held in a field: integers and doubles as they are, decimals times a power of ten.</summary>
internal sealed class NumberScale(SourceContext context)
{
    private static readonly double[] Powers = [.. Enumerable.Range(0, 39).Select(i => (double)PowersOfTen.Wide(i))];
    private readonly double limit = context.Type switch
    {
        FieldType.Decimal => Powers[context.Precision] - 1,
        _ => 9.2e18,
    };

    /// <summary>The largest whole number that the field holds exactly.</summary>
    public Int128 Largest { get; } = context.Type switch
    {
        FieldType.Decimal => Int128.Min(long.MaxValue, PowersOfTen.Wide(context.Precision - context.Scale) - 1),
        FieldType.Double => 1L << 53,
        _ => long.MaxValue,
    };

    /// <summary>What a value is multiplied with.</summary>
    public Int128 Factor { get; } = context.Type == FieldType.Decimal ? PowersOfTen.Wide(context.Scale) : 1;

    private double Multiplier { get; } = context.Type == FieldType.Decimal ? Powers[context.Scale] : 1;

    /// <summary>Sets a whole number.</summary>
    public void Set(Column target, int row, long value)
    {
        switch (target)
        {
            case LongColumn longs:
                longs.Values[row] = unchecked(value * (long)Factor);
                break;
            case WideColumn wide:
                wide.Values[row] = value * Factor;
                break;
            default:
                ((DoubleColumn)target).Values[row] = value;
                break;
        }
    }

    /// <summary>Sets a number, rounded half away from zero where the field holds no more digits, and held within what it holds at all.</summary>
    public void Set(Column target, int row, double value)
    {
        if (target is DoubleColumn doubles)
        {
            doubles.Values[row] = value;
            return;
        }

        var scaled = Math.Clamp(value * Multiplier, -limit, limit);
        var rounded = scaled < 0 ? Math.Ceiling(scaled - 0.5) : Math.Floor(scaled + 0.5);
        if (target is LongColumn longs)
            longs.Values[row] = (long)rounded;
        else
            ((WideColumn)target).Values[row] = (Int128)rounded;
    }
}
