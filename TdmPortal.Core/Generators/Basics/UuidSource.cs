using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using TdmPortal.Core.Generation;

namespace TdmPortal.Core.Generators.Basics;

/// <summary>UUIDs by RFC 9562. All bits of the row's mix go in, so no two rows have the same.</summary>
/// <param name="fits">Whether a text field has room for 36 characters; where they are cut they may repeat.</param>
internal sealed class UuidSource(bool byTime, bool fits) : ValueSource
{
    // A fixed start: keys must not move when the as-of instant does.
    private const ulong FirstMillisecond = 1_704_067_200_000;

    public override bool IsDistinct => fits;

    public override UInt128? Capacity => fits ? (UInt128)1 << 62 : 0;

    public override int? LongestText => 36;

    public static ValueSource Create(SourceContext context, bool byTime) => new UuidSource(byTime, context.Type == Schemas.FieldType.Uuid || !(context.MaxLength < 36));

    // Compiled at once and in full: the ahead-of-time compiler takes no method with 128-bit numbers.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Fill(Column target, ReadOnlySpan<long> rows, FillContext fill)
    {
        if (target is WideColumn wide)
        {
            var values = wide.Values;
            for (var i = 0; i < rows.Length; i++)
                values[i] = Value(fill.Key, rows[i]);
            return;
        }

        var text = (TextColumn)target;
        foreach (var row in rows)
        {
            Write(Value(fill.Key, row), text.Reserve(36));
            text.Advance(36);
            text.End();
        }
    }

    public override void FillDistinct(Column target, ReadOnlySpan<UInt128> ranks, FillContext fill)
    {
        for (var i = 0; i < ranks.Length; i++)
        {
            var value = Value(fill.Key, (long)ranks[i]);
            if (target is WideColumn wide)
            {
                wide.Values[i] = value;
                continue;
            }

            var text = (TextColumn)target;
            Write(value, text.Reserve(36));
            text.Advance(36);
            text.End();
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Int128 Value(ulong key, long row)
    {
        var cell = Randomness.Cell(key, row);
        var more = Randomness.Next(cell, 0);
        var low = (cell & 0x3FFFFFFFFFFFFFFF) | 0x8000000000000000;
        var high = byTime
            ? ((FirstMillisecond + (ulong)row) << 16) | 0x7000 | (more & 0xFFF)
            : (more & 0xFFFFFFFFFFFF0FFC) | 0x4000 | (cell >> 62);
        return new Int128(high, low);
    }

    private static void Write(Int128 value, Span<byte> target)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteInt128BigEndian(bytes, value);
        var at = 0;
        for (var i = 0; i < 16; i++)
        {
            if (i is 4 or 6 or 8 or 10)
                target[at++] = (byte)'-';
            target[at++] = "0123456789abcdef"u8[bytes[i] >> 4];
            target[at++] = "0123456789abcdef"u8[bytes[i] & 15];
        }
    }
}
