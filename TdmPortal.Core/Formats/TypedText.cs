using System.Buffers.Binary;
using System.Buffers.Text;
using System.Globalization;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Formats;

/// <summary>Reads values from text as <see cref="TextForm"/> writes them, and in the forms next to it that other programs write.</summary>
internal static class TypedText
{
    /// <summary>Whether a text is a value of a type that is neither text nor JSON.</summary>
    public static bool CanRead(ReadOnlySpan<byte> text, FieldType type, int precision, int scale) => type is FieldType.String or FieldType.Json || TryRead(text, type, precision, scale, out _, out _);

    /// <summary>Sets a row of a column that holds neither texts nor arrays.</summary>
    public static bool TrySet(Column column, int row, ReadOnlySpan<byte> text, FieldType type, int precision, int scale)
    {
        if (!TryRead(text, type, precision, scale, out var exact, out var number))
            return false;
        switch (column)
        {
            case LongColumn longs:
                longs.Values[row] = (long)exact;
                break;
            case WideColumn wides:
                wides.Values[row] = exact;
                break;
            default:
                ((DoubleColumn)column).Values[row] = number;
                break;
        }

        return true;
    }

    private static bool TryRead(ReadOnlySpan<byte> text, FieldType type, int precision, int scale, out Int128 exact, out double number)
    {
        (exact, number) = (0, 0);
        switch (type)
        {
            case FieldType.Integer:
                var whole = Utf8Parser.TryParse(text, out long value, out var read) && read == text.Length;
                exact = value;
                return whole;
            case FieldType.Decimal:
                return TryDecimal(text, precision, scale, out exact);
            case FieldType.Double:
                return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);
            case FieldType.Boolean:
                exact = text is [(byte)'t' or (byte)'T', ..] ? 1 : 0;
                return text.Length == 1 ? text[0] is (byte)'t' or (byte)'f' : Ascii(text, "true") || Ascii(text, "false");
            case FieldType.Date:
                exact = TryDate(text, out var days) && text.Length == 10 ? days : 0;
                return TryDate(text, out _) && text.Length == 10;
            case FieldType.Time:
                var isTime = TryTime(text, out var time, out var size) && size == text.Length;
                exact = time;
                return isTime;
            case FieldType.Timestamp:
                var isInstant = TryTimestamp(text, out var instant);
                exact = instant;
                return isInstant;
            default:
                var isUuid = Utf8Parser.TryParse(text, out Guid uuid, out var used, text.Length == 32 ? 'N' : 'D') && used == text.Length;
                Span<byte> bytes = stackalloc byte[16];
                uuid.TryWriteBytes(bytes, bigEndian: true, out _);
                exact = BinaryPrimitives.ReadInt128BigEndian(bytes);
                return isUuid;
        }
    }

    /// <summary>Digits with sign and point; more of them behind the point than the scale has only where they are zero.</summary>
    private static bool TryDecimal(ReadOnlySpan<byte> text, int precision, int scale, out Int128 scaled)
    {
        scaled = 0;
        var negative = text is [(byte)'-', ..];
        if (text is [(byte)'-' or (byte)'+', ..])
            text = text[1..];
        if (text.IndexOfAny((byte)'e', (byte)'E') >= 0)
        {
            // Numbers of JSON may have an exponent.
            return decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var plain)
                && TryDecimal(System.Text.Encoding.ASCII.GetBytes((negative ? -plain : plain).ToString(CultureInfo.InvariantCulture)), precision, scale, out scaled);
        }

        var (digits, fraction, point) = (0, 0, false);
        foreach (var c in text)
        {
            if (c == '.' && !point)
            {
                point = true;
                continue;
            }

            if (!char.IsAsciiDigit((char)c))
                return false;
            digits++;
            if (point && ++fraction > scale)
            {
                if (c != '0')
                    return false;
                continue;
            }

            if (scaled >= PowersOfTen.Wide(37))
                return false;
            scaled = (scaled * 10) + (c - '0');
        }

        for (; fraction < scale; fraction++)
        {
            if (scaled >= PowersOfTen.Wide(37))
                return false;
            scaled *= 10;
        }

        if (digits == 0 || scaled >= PowersOfTen.Wide(precision))
            return false;
        scaled = negative ? -scaled : scaled;
        return true;
    }

    private static bool TryDate(ReadOnlySpan<byte> text, out long days)
    {
        days = 0;
        if (text.Length < 10 || text[4] != '-' || text[7] != '-' || !Digits(text[..4], out var year) || !Digits(text[5..7], out var month) || !Digits(text[8..10], out var day)
            || year == 0 || month is 0 or > 12 || day == 0 || day > DateTime.DaysInMonth(year, month))
        {
            return false;
        }

        days = new DateOnly(year, month, day).DayNumber - new DateOnly(1970, 1, 1).DayNumber;
        return true;
    }

    /// <summary>HH:mm, HH:mm:ss or HH:mm:ss.ffffff.</summary>
    private static bool TryTime(ReadOnlySpan<byte> text, out long micros, out int size)
    {
        (micros, size) = (0, 5);
        if (text.Length < 5 || text[2] != ':' || !Digits(text[..2], out var hours) || !Digits(text[3..5], out var minutes) || hours > 23 || minutes > 59)
            return false;
        micros = ((hours * 60L) + minutes) * 60_000_000;
        if (text.Length < 8 || text[5] != ':')
            return true;
        if (!Digits(text[6..8], out var seconds) || seconds > 59)
            return false;
        (micros, size) = (micros + (seconds * 1_000_000L), 8);
        if (text.Length < 10 || text[8] != '.')
            return true;
        var unit = 100_000L;
        for (size = 9; size < text.Length && char.IsAsciiDigit((char)text[size]); size++, unit /= 10)
            micros += (text[size] - '0') * unit;
        return true;
    }

    /// <summary>ISO 8601 with T or a blank, the zone Z, +hh, +hhmm, +hh:mm or none, which is UTC.</summary>
    private static bool TryTimestamp(ReadOnlySpan<byte> text, out long micros)
    {
        micros = 0;
        if (!TryDate(text, out var days))
            return false;
        if (text.Length == 10)
        {
            micros = days * TimeText.Day;
            return true;
        }

        if (text[10] is not ((byte)'T' or (byte)' ' or (byte)'t') || !TryTime(text[11..], out var time, out var size))
            return false;
        micros = (days * TimeText.Day) + time;
        var zone = text[(11 + size)..];
        if (zone.IsEmpty || zone is [(byte)'Z' or (byte)'z'])
            return true;
        if (zone.Length < 3 || zone[0] is not ((byte)'+' or (byte)'-') || !Digits(zone[1..3], out var hours) || hours > 15)
            return false;
        var rest = zone[3..] is [(byte)':', .. var behind] ? behind : zone[3..];
        var minutes = 0;
        if (!rest.IsEmpty && (rest.Length != 2 || !Digits(rest, out minutes) || minutes > 59))
            return false;
        micros -= ((hours * 60L) + minutes) * 60_000_000 * (zone[0] == '-' ? -1 : 1);
        return true;
    }

    private static bool Digits(ReadOnlySpan<byte> text, out int value)
    {
        value = 0;
        foreach (var c in text)
        {
            if (!char.IsAsciiDigit((char)c))
                return false;
            value = (value * 10) + c - '0';
        }

        return true;
    }

    private static bool Ascii(ReadOnlySpan<byte> text, string word) => System.Text.Ascii.EqualsIgnoreCase(text, word);
}
