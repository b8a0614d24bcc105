using System.Buffers.Binary;
using TdmPortal.Core.Generation;

namespace TdmPortal.Core.Quality.Rules;

/// <summary>
/// 128 bits that stand for the values of some columns in a row: two chains of 64-bit mixes with keys of their own. Of n
/// different values two coincide with probability n² ÷ 2¹²⁹, below 10⁻²⁰ for a thousand million.
/// </summary>
internal static class KeyHash
{
    private const ulong First = 0x9E3779B97F4A7C15;
    private const ulong Second = 0xD1342543DE82EF95;

    /// <summary>Fills one hash a row; <paramref name="isNull"/> says where one of the columns is null.</summary>
    public static void Fill(RuleBatch batch, IReadOnlyList<int> fields, Span<UInt128> hashes, Span<bool> isNull)
    {
        Fill([.. fields.Select(field => batch[field])], hashes[..batch.Count], isNull[..batch.Count]);
    }

    /// <summary>As the other, of columns.</summary>
    public static void Fill(ReadOnlySpan<Column> columns, Span<UInt128> hashes, Span<bool> isNull)
    {
        hashes.Fill(new(First, Second));
        isNull.Clear();
        foreach (var column in columns)
        {
            for (var i = 0; i < hashes.Length; i++)
            {
                if (column.IsNull(i))
                    isNull[i] = true;
                else
                    hashes[i] = Add(hashes[i], column, i);
            }
        }
    }

    /// <summary>As the other, with null a value like any other.</summary>
    public static void FillWithNulls(RuleBatch batch, IReadOnlyList<int> fields, Span<UInt128> hashes)
    {
        hashes[..batch.Count].Fill(new(First, Second));
        foreach (var field in fields)
        {
            var column = batch[field];
            for (var i = 0; i < batch.Count; i++)
                hashes[i] = column.IsNull(i) ? Add(Add(hashes[i], 0), 1) : Add(hashes[i], column, i);
        }
    }

    private static UInt128 Add(UInt128 state, Column column, int row)
    {
        switch (column)
        {
            case LongColumn longs:
                return Add(state, (ulong)longs.Values[row]);
            case DoubleColumn doubles:
                // Zero has two signs.
                return Add(state, BitConverter.DoubleToUInt64Bits(doubles.Values[row] + 0.0));
            case WideColumn wides:
                // As in a column of 64 bits, where it fits: keys of different precision meet.
                var value = wides.Values[row];
                return value == (long)value ? Add(state, (ulong)(long)value) : Add(Add(state, (ulong)value), (ulong)(value >> 64));
            default:
                var text = ((TextColumn)column)[row];
                state = Add(state, (ulong)text.Length);
                for (; text.Length >= 8; text = text[8..])
                    state = Add(state, BinaryPrimitives.ReadUInt64LittleEndian(text));
                ulong last = 0;
                for (var i = 0; i < text.Length; i++)
                    last |= (ulong)text[i] << (8 * i);
                return Add(state, last);
        }
    }

    private static UInt128 Add(UInt128 state, ulong value) => new(
        Randomness.Mix(((ulong)(state >> 64) + First) ^ value),
        Randomness.Mix(((ulong)state ^ Second) + (value * 0xA0761D6478BD642F)));
}
