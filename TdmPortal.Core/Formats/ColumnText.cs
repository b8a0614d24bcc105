using System.Runtime.CompilerServices;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Formats;

/// <summary>
/// A column's values as texts, a column at a time: one loop a type, in which the processor works on several rows at once,
/// where writing row by row would choose the type anew in each cell.
/// </summary>
internal static class ColumnText
{
    /// <summary>Sets <paramref name="target"/> to the texts of the first <paramref name="count"/> rows of a column that holds neither texts nor arrays; a null's is empty.</summary>
    public static void Write(Column source, int count, FieldType type, int scale, TextColumn target)
    {
        target.Reset(count);
        if (source is LongColumn longs)
        {
            switch (type)
            {
                case FieldType.Integer:
                    Numbers<IntegerText>(longs, count, target);
                    return;
                case FieldType.Decimal when scale == 2:
                    Numbers<MoneyText>(longs, count, target);
                    return;
                case FieldType.Timestamp:
                    Numbers<TimestampText>(longs, count, target);
                    return;
                case FieldType.Date:
                    Numbers<DateText>(longs, count, target);
                    return;
                case FieldType.Boolean:
                    Numbers<BooleanText>(longs, count, target);
                    return;
            }
        }

        if (type == FieldType.Uuid)
        {
            Uuids((WideColumn)source, count, target);
            return;
        }

        for (var row = 0; row < count; row++)
        {
            if (!source.IsNull(row))
                target.Advance(TextForm.Format(target.Reserve(TextForm.MaxSize), source, row, type, scale));
            target.End();
        }
    }

    // Compiled at once and in full: the ahead-of-time compiler takes no method with 128-bit numbers.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Uuids(WideColumn source, int count, TextColumn target)
    {
        var values = source.Values[..count];
        ref var start = ref target.Room(count * TextForm.MaxSize);
        var ends = target.Offsets.AsSpan(1, count);
        var at = 0;
        for (var row = 0; row < values.Length; row++)
        {
            if (!source.IsNull(row))
                at += TextForm.Uuid(ref Unsafe.Add(ref start, at), values[row]);
            ends[row] = at;
        }

        target.Fill(at);
    }

    private static void Numbers<TText>(LongColumn source, int count, TextColumn target)
        where TText : struct, INumberText
    {
        var values = source.Values[..count];
        ref var start = ref target.Room(values.Length * TextForm.MaxNumberSize);
        var ends = target.Offsets.AsSpan(1, values.Length);
        var at = 0;
        if (source.HasNulls)
        {
            for (var row = 0; row < values.Length; row++)
            {
                if (!source.IsNull(row))
                    at += TText.Write(ref Unsafe.Add(ref start, at), values[row]);
                ends[row] = at;
            }
        }
        else
        {
            for (var row = 0; row < values.Length; row++)
                ends[row] = at += TText.Write(ref Unsafe.Add(ref start, at), values[row]);
        }

        target.Fill(at);
    }

    /// <summary>How a number is written; a type of its own for each, so that the loop is compiled for each.</summary>
    private interface INumberText
    {
        static abstract int Write(ref byte to, long value);
    }

    private readonly struct IntegerText : INumberText
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static int Write(ref byte to, long value) => DigitText.Write(ref to, value);
    }

    private readonly struct MoneyText : INumberText
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static int Write(ref byte to, long value) => TextForm.Money(ref to, value);
    }

    private readonly struct TimestampText : INumberText
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static int Write(ref byte to, long value) => TextForm.Timestamp(ref to, value);
    }

    private readonly struct DateText : INumberText
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static int Write(ref byte to, long value) => TextForm.Date(ref to, value);
    }

    private readonly struct BooleanText : INumberText
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static int Write(ref byte to, long value) => TextForm.Boolean(ref to, value);
    }
}
