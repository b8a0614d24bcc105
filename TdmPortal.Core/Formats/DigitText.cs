using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace TdmPortal.Core.Formats;

/// <summary>
/// Decimal digits, eight at a time within one register: no loop over digits, no branch on their number. Stores whole
/// registers, so up to seven bytes behind a number are overwritten.
/// </summary>
internal static class DigitText
{
    private const ulong Zeros = 0x3030303030303030;
    private const ulong EightDigits = 100_000_000;

    /// <summary>Writes a number without leading zeros; 24 bytes of room.</summary>
    /// <returns>Bytes written.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Write(ref byte to, ulong value)
    {
        if (value >= EightDigits)
            return WriteLong(ref to, value);
        var digits = Eight((uint)value);

        // Leading zeros stand in the lowest bytes; the last digit always counts.
        var skip = BitOperations.TrailingZeroCount(digits | (1UL << 56)) & 56;
        Store(ref to, (digits | Zeros) >> skip);
        return 8 - (skip >> 3);
    }

    /// <summary>As the other, with a sign; 24 bytes of room.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Write(ref byte to, long value)
    {
        if (value >= 0)
            return Write(ref to, (ulong)value);
        to = (byte)'-';
        return 1 + Write(ref Unsafe.Add(ref to, 1), 0 - (ulong)value);
    }

    /// <summary>The eight characters of a number below 100,000,000, the first in the lowest byte.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Characters(uint value) => Eight(value) | Zeros;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(ref byte to, ulong characters) =>
        Unsafe.WriteUnaligned(ref to, BitConverter.IsLittleEndian ? characters : BinaryPrimitives.ReverseEndianness(characters));

    private static int WriteLong(ref byte to, ulong value)
    {
        var high = value / EightDigits;
        var written = high < EightDigits ? Write(ref to, high) : WriteLong(ref to, high);
        Store(ref Unsafe.Add(ref to, written), Characters((uint)(value - (high * EightDigits))));
        return written + 8;
    }

    /// <summary>Splits into fours, twos and ones side by side; a division by a constant is a multiplication and a shift.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Eight(uint value)
    {
        var high = value / 10000;
        var fours = high | ((ulong)(value - (high * 10000)) << 32);
        var hundreds = ((fours * 10486) >> 20) & 0x0000007F0000007F;
        var twos = hundreds + ((fours - (hundreds * 100)) << 16);
        var tens = ((twos * 103) >> 10) & 0x000F000F000F000F;
        return tens + ((twos - (tens * 10)) << 8);
    }
}
