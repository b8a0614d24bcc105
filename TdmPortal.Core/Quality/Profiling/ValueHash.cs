using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TdmPortal.Core.Generation;

namespace TdmPortal.Core.Quality.Profiling;

/// <summary>64 bits of a value, the same on every machine: counts of different values, tables and samples go by them.</summary>
internal static class ValueHash
{
    private const ulong First = 0xA0761D6478BD642F;
    private const ulong Second = 0xE7037ED1A0B428DB;

    /// <summary>A bijection: different numbers have different hashes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Of(long value) => Randomness.Mix((ulong)value + First);

    public static ulong Of(Int128 value) => Fold((ulong)value ^ First, (ulong)(value >>> 64) ^ Second);

    /// <summary>Eight bytes at a time, each pair multiplied to 128 bits and folded (the approach of wyhash by Wang Yi).</summary>
    public static ulong Of(ReadOnlySpan<byte> text)
    {
        var hash = Second ^ (ulong)text.Length;
        ref var at = ref MemoryMarshal.GetReference(text);
        var left = text.Length;
        for (; left > 16; left -= 16, at = ref Unsafe.Add(ref at, 16))
            hash = Fold(Read(ref at) ^ First, Read(ref Unsafe.Add(ref at, 8)) ^ hash);
        var (low, high) = (0UL, 0UL);
        if (left >= 8)
            (low, high) = (Read(ref at), Read(ref Unsafe.Add(ref at, left - 8)));
        else if (left >= 4)
            (low, high) = (Unsafe.ReadUnaligned<uint>(ref at), Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref at, left - 4)));
        else if (left > 0)
            low = at | ((ulong)Unsafe.Add(ref at, left >> 1) << 8) | ((ulong)Unsafe.Add(ref at, left - 1) << 16);
        return Randomness.Mix(Fold(low ^ First, high ^ hash));
    }

    /// <summary>Of a cell that is not null; of an array, its length.</summary>
    public static ulong Of(Column column, int row)
    {
        var hash = column switch
        {
            LongColumn whole => Of(whole.Values[row]),
            TextColumn text => Of(text[row]),
            WideColumn wide => Of(wide.Values[row]),
            DoubleColumn number => Of(BitConverter.DoubleToInt64Bits(number.Values[row] + 0.0)),
            _ => Of((long)(((ArrayColumn)column).Offsets[row + 1] - ((ArrayColumn)column).Offsets[row])),
        };
        return hash == 0 ? 1 : hash;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Combine(ulong hash, ulong next) => Fold(hash ^ First, next ^ Second);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Fold(ulong one, ulong other)
    {
        var high = Math.BigMul(one, other, out ulong low);
        return high ^ low;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Read(ref byte at)
    {
        var value = Unsafe.ReadUnaligned<ulong>(ref at);
        return BitConverter.IsLittleEndian ? value : BinaryPrimitives.ReverseEndianness(value);
    }
}
