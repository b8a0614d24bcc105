using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Formats;

/// <summary>
/// The text of a value, the same in every format: booleans true/false, timestamps <c>yyyy-MM-ddTHH:mm:ss[.ffffff]Z</c>
/// without trailing zeros, doubles shortest round-trip, decimals with their scale.
/// </summary>
public static class TextForm
{
    /// <summary>Longest text of a value that is neither text nor array, in bytes.</summary>
    public const int MaxSize = 64;

    /// <summary>Longest text of an integer, decimal of 18 digits, boolean, date or timestamp, with what is overwritten behind it.</summary>
    internal const int MaxNumberSize = 40;

    private const long Forever = int.MaxValue + (long)PostgresBinaryWriter.EpochDays;
    private const long Never = int.MinValue + (long)PostgresBinaryWriter.EpochDays;

    // Where PostgreSQL counts from lies behind 1970: moved there, the last instant is beyond the largest number and comes round.
    private const long ForeverMicros = unchecked(long.MaxValue + (PostgresBinaryWriter.EpochDays * TimeText.Day));
    private const long NeverMicros = long.MinValue + (PostgresBinaryWriter.EpochDays * TimeText.Day);

    /// <summary>Appends the text of a value that is not null to the row under way of a text column.</summary>
    public static void Append(TextColumn target, Column source, int row, FieldType type, int scale)
    {
        if (source is TextColumn text)
            target.Append(text[row]);
        else
            target.Advance(Format(target.Reserve(MaxSize), source, row, type, scale));
    }

    /// <summary>Writes a value that is neither null nor text nor array; at least <see cref="MaxSize"/> bytes of room.</summary>
    /// <returns>Bytes written.</returns>
    public static int Format(Span<byte> to, Column source, int row, FieldType type, int scale)
    {
        ref var first = ref MemoryMarshal.GetReference(to);
        switch (type)
        {
            case FieldType.Integer:
                return DigitText.Write(ref first, ((LongColumn)source).Values[row]);
            case FieldType.Decimal:
                return source is LongColumn narrow ? Decimal(ref first, narrow.Values[row], scale) : FormatWide(to, ((WideColumn)source).Values[row], scale);
            case FieldType.Double:
                ((DoubleColumn)source).Values[row].TryFormat(to, out var written, default, CultureInfo.InvariantCulture);
                return written;
            case FieldType.Boolean:
                return Boolean(ref first, ((LongColumn)source).Values[row]);
            case FieldType.Date:
                return Date(ref first, ((LongColumn)source).Values[row]);
            case FieldType.Time:
                return Time(ref first, ((LongColumn)source).Values[row]);
            case FieldType.Timestamp:
                return Timestamp(ref first, ((LongColumn)source).Values[row]);
            default:
                return Uuid(ref first, ((WideColumn)source).Values[row]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int Boolean(ref byte to, long value)
    {
        // All eight bytes at once; what follows the word is written over.
        DigitText.Store(ref to, value != 0 ? 0x65757274UL : 0x65736C6166UL);
        return value != 0 ? 4 : 5;
    }

    /// <summary>A decimal of scale 2, as nearly all are.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int Money(ref byte to, long value)
    {
        var sign = value < 0 ? 1 : 0;
        to = (byte)'-';
        var digits = (ulong)Math.Abs(value);
        var whole = digits / 100;
        var at = sign + DigitText.Write(ref Unsafe.Add(ref to, sign), whole);
        Unsafe.Add(ref to, at) = (byte)'.';
        Two(ref Unsafe.Add(ref to, at + 1), (int)(digits - (whole * 100)));
        return at + 3;
    }

    private static int Decimal(ref byte to, long value, int scale)
    {
        if (scale == 2)
            return Money(ref to, value);
        if (value >= 0)
            return Decimal(ref to, (ulong)value, scale);
        to = (byte)'-';
        return 1 + Decimal(ref Unsafe.Add(ref to, 1), 0 - (ulong)value, scale);
    }

    private static int Decimal(ref byte to, ulong digits, int scale)
    {
        if (scale == 0)
            return DigitText.Write(ref to, digits);
        var unit = (ulong)PowersOfTen.Long(Math.Min(scale, 18));
        var (integer, fraction) = Math.DivRem(digits, unit);
        var at = DigitText.Write(ref to, integer);
        Unsafe.Add(ref to, at) = (byte)'.';
        for (var i = scale; i > 0; i--)
        {
            (fraction, var digit) = Math.DivRem(fraction, 10);
            Unsafe.Add(ref to, at + i) = (byte)('0' + digit);
        }

        return at + 1 + scale;
    }

    internal static int FormatWide(Span<byte> to, Int128 value, int scale)
    {
        Span<byte> digits = stackalloc byte[48];
        var at = digits.Length;
        var rest = value < 0 ? (UInt128)(-value) : (UInt128)value;
        for (var count = 0; rest != 0 || count <= scale; count++)
        {
            if (count == scale && scale > 0)
                digits[--at] = (byte)'.';
            (rest, var digit) = UInt128.DivRem(rest, 10);
            digits[--at] = (byte)('0' + (int)digit);
        }

        if (value < 0)
            digits[--at] = (byte)'-';
        digits[at..].CopyTo(to);
        return digits.Length - at;
    }

    /// <summary>36 characters.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int Uuid(ref byte to, Int128 value)
    {
        var (high, low) = ((ulong)(value >>> 64), (ulong)value);
        DigitText.Store(ref to, Hexadecimal((uint)(high >> 32)));
        Unsafe.Add(ref to, 8) = (byte)'-';
        var middle = Hexadecimal((uint)high);
        DigitText.Store(ref Unsafe.Add(ref to, 9), middle);
        Unsafe.Add(ref to, 13) = (byte)'-';
        DigitText.Store(ref Unsafe.Add(ref to, 14), middle >> 32);
        Unsafe.Add(ref to, 18) = (byte)'-';
        middle = Hexadecimal((uint)(low >> 32));
        DigitText.Store(ref Unsafe.Add(ref to, 19), middle);
        Unsafe.Add(ref to, 23) = (byte)'-';
        DigitText.Store(ref Unsafe.Add(ref to, 24), middle >> 32);
        DigitText.Store(ref Unsafe.Add(ref to, 28), Hexadecimal((uint)low));
        return 36;
    }

    /// <summary>Eight hexadecimal digits, the first in the lowest byte: the half-bytes are spread over eight bytes, those above 9 are moved on to the letters.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Hexadecimal(uint value)
    {
        ulong x = BinaryPrimitives.ReverseEndianness(value);
        x = (x | (x << 16)) & 0x0000FFFF0000FFFF;
        x = (x | (x << 8)) & 0x00FF00FF00FF00FF;
        x = ((x >> 4) | (x << 8)) & 0x0F0F0F0F0F0F0F0F;
        var letters = ((x + 0x0606060606060606) >> 4) & 0x0101010101010101;
        return x + 0x3030303030303030 + (letters * 39);
    }

    /// <summary>Ten characters.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int Date(ref byte to, long days)
    {
        if (!CalendarText.Has(days))
            return days is Forever or Never ? Infinity(ref to, days < 0) : CivilDate(ref to, days);
        CalendarText.WriteDay(ref to, days);
        return 10;
    }

    /// <summary>Neither a day nor an instant has a text of its own there: PostgreSQL's ends of time, as its binary form brings them.</summary>
    private static int Infinity(ref byte to, bool before)
    {
        var word = before ? "-infinity"u8 : "infinity"u8;
        word.CopyTo(MemoryMarshal.CreateSpan(ref to, word.Length));
        return word.Length;
    }

    /// <summary>As the other, worked out.</summary>
    internal static int CivilDate(ref byte to, long days)
    {
        // Days to civil date, after H. Hinnant's "chrono-compatible low-level date algorithms".
        var z = days + 719468;
        var era = (int)((z >= 0 ? z : z - 146096) / 146097);
        var ofEra = (uint)(z - ((long)era * 146097));
        var yearOfEra = (ofEra - (ofEra / 1460) + (ofEra / 36524) - (ofEra / 146096)) / 365;
        var ofYear = ofEra - ((365 * yearOfEra) + (yearOfEra / 4) - (yearOfEra / 100));
        var shifted = ((5 * ofYear) + 2) / 153;
        var day = ofYear - (((153 * shifted) + 2) / 5) + 1;
        var month = shifted < 10 ? shifted + 3 : shifted - 9;
        var year = (uint)((int)yearOfEra + (era * 400)) + (month <= 2 ? 1u : 0);
        var characters = DigitText.Characters((year * 10000) + (month * 100) + day);
        DigitText.Store(ref to, characters);
        Unsafe.Add(ref to, 4) = (byte)'-';
        Two(ref Unsafe.Add(ref to, 5), characters >> 32);
        Unsafe.Add(ref to, 7) = (byte)'-';
        Two(ref Unsafe.Add(ref to, 8), characters >> 48);
        return 10;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int Time(ref byte to, long micros)
    {
        var seconds = (uint)((ulong)micros / 1_000_000);
        CalendarText.WriteTime(ref to, seconds);
        var fraction = (uint)((ulong)micros - ((ulong)seconds * 1_000_000));
        return fraction == 0 ? 8 : Fraction(ref to, fraction);
    }

    private static int Fraction(ref byte to, uint fraction)
    {
        Unsafe.Add(ref to, 8) = (byte)'.';
        for (var i = 14; i > 8; i--)
        {
            (fraction, var digit) = Math.DivRem(fraction, 10);
            Unsafe.Add(ref to, i) = (byte)('0' + digit);
        }

        var length = 15;
        while (Unsafe.Add(ref to, length - 1) == '0')
            length--;
        return length;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int Timestamp(ref byte to, long micros)
    {
        var days = micros / TimeText.Day;
        var time = micros - (days * TimeText.Day);
        if (time < 0)
        {
            days--;
            time += TimeText.Day;
        }

        if (micros is ForeverMicros or NeverMicros)
            return Infinity(ref to, micros == NeverMicros);
        Date(ref to, days);
        Unsafe.Add(ref to, 10) = (byte)'T';
        var length = 11 + Time(ref Unsafe.Add(ref to, 11), time);
        Unsafe.Add(ref to, length) = (byte)'Z';
        return length + 1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Two(ref byte to, ulong characters)
    {
        to = (byte)characters;
        Unsafe.Add(ref to, 1) = (byte)(characters >> 8);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Two(ref byte to, int value)
    {
        var tens = (value * 103) >> 10;
        to = (byte)('0' + tens);
        Unsafe.Add(ref to, 1) = (byte)('0' + value - (tens * 10));
    }
}
