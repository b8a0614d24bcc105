using System.Buffers.Binary;
using System.Buffers.Text;
using System.Globalization;
using System.Runtime.CompilerServices;
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
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Format(Span<byte> to, Column source, int row, FieldType type, int scale)
    {
        switch (type)
        {
            case FieldType.Integer:
                Utf8Formatter.TryFormat(Unsafe.As<LongColumn>(source).Values[row], to, out var written);
                return written;
            case FieldType.Decimal:
                return source is LongColumn narrow ? Decimal(to, narrow.Values[row], scale) : FormatWide(to, ((WideColumn)source).Values[row], scale);
            case FieldType.Double:
                ((DoubleColumn)source).Values[row].TryFormat(to, out written, default, CultureInfo.InvariantCulture);
                return written;
            case FieldType.Boolean:
                var truth = ((LongColumn)source).Values[row] != 0 ? "true"u8 : "false"u8;
                truth.CopyTo(to);
                return truth.Length;
            case FieldType.Date:
                return Date(to, ((LongColumn)source).Values[row]);
            case FieldType.Time:
                return Time(to, ((LongColumn)source).Values[row]);
            case FieldType.Timestamp:
                return Timestamp(to, ((LongColumn)source).Values[row]);
            default:
                return Uuid(to, ((WideColumn)source).Values[row]);
        }
    }

    private static int Decimal(Span<byte> to, long value, int scale)
    {
        if (scale == 0)
        {
            Utf8Formatter.TryFormat(value, to, out var whole);
            return whole;
        }

        var at = 0;
        var digits = (ulong)value;
        if (value < 0)
        {
            to[at++] = (byte)'-';
            digits = 0 - digits;
        }

        var unit = (ulong)PowersOfTen.Long(Math.Min(scale, 18));
        var (integer, fraction) = Math.DivRem(digits, unit);
        Utf8Formatter.TryFormat(integer, to[at..], out var written);
        at += written;
        to[at] = (byte)'.';
        for (var i = scale; i > 0; i--)
        {
            (fraction, var digit) = Math.DivRem(fraction, 10);
            to[at + i] = (byte)('0' + digit);
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

    private static int Uuid(Span<byte> to, Int128 value)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteInt128BigEndian(bytes, value);
        new Guid(bytes, bigEndian: true).TryFormat(to, out var written);
        return written;
    }

    private static int Date(Span<byte> to, long days)
    {
        // Days to civil date, after H. Hinnant's "chrono-compatible low-level date algorithms".
        var z = days + 719468;
        var era = (z >= 0 ? z : z - 146096) / 146097;
        var ofEra = (int)(z - (era * 146097));
        var yearOfEra = (ofEra - (ofEra / 1460) + (ofEra / 36524) - (ofEra / 146096)) / 365;
        var ofYear = ofEra - ((365 * yearOfEra) + (yearOfEra / 4) - (yearOfEra / 100));
        var shifted = ((5 * ofYear) + 2) / 153;
        var day = ofYear - (((153 * shifted) + 2) / 5) + 1;
        var month = shifted < 10 ? shifted + 3 : shifted - 9;
        var year = (int)(yearOfEra + (era * 400)) + (month <= 2 ? 1 : 0);
        Two(to, year / 100);
        Two(to[2..], year % 100);
        to[4] = (byte)'-';
        Two(to[5..], month);
        to[7] = (byte)'-';
        Two(to[8..], day);
        return 10;
    }

    private static int Time(Span<byte> to, long micros)
    {
        var (seconds, fraction) = Math.DivRem(micros, 1_000_000);
        var (minutes, second) = Math.DivRem((int)seconds, 60);
        Two(to, minutes / 60);
        to[2] = (byte)':';
        Two(to[3..], minutes % 60);
        to[5] = (byte)':';
        Two(to[6..], second);
        if (fraction == 0)
            return 8;
        to[8] = (byte)'.';
        var rest = (int)fraction;
        for (var i = 14; i > 8; i--)
        {
            (rest, var digit) = Math.DivRem(rest, 10);
            to[i] = (byte)('0' + digit);
        }

        var length = 15;
        while (to[length - 1] == '0')
            length--;
        return length;
    }

    private static int Timestamp(Span<byte> to, long micros)
    {
        var days = micros / TimeText.Day;
        var time = micros - (days * TimeText.Day);
        if (time < 0)
        {
            days--;
            time += TimeText.Day;
        }

        Date(to, days);
        to[10] = (byte)'T';
        var length = 11 + Time(to[11..], time);
        to[length] = (byte)'Z';
        return length + 1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Two(Span<byte> to, int value)
    {
        var tens = (value * 103) >> 10;
        to[1] = (byte)('0' + value - (tens * 10));
        to[0] = (byte)('0' + tens);
    }
}
