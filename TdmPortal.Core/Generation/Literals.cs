using System.Globalization;
using System.Text;
using System.Text.Json;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Generation;

/// <summary>Values written in a document (as JSON, or as the keys of a map) read into a column.</summary>
public static class Literals
{
    /// <summary>The text of a JSON value: a string's content, else the JSON itself.</summary>
    public static string Text(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();

    /// <summary>
    /// Reads every text as a value of the type into a new column; null values become nulls. Null, with
    /// <paramref name="bad"/> set, when one is no such value.
    /// </summary>
    /// <param name="asOf">What <c>now</c> is in a date, microseconds since 1970.</param>
    public static Column? ToColumn(IReadOnlyList<string?> texts, FieldType type, int precision, int scale, long asOf, out string? bad)
    {
        bad = null;
        var column = Column.For(type, precision);
        column.Reset(texts.Count);
        for (var i = 0; i < texts.Count; i++)
        {
            if (texts[i] is not { } text)
            {
                if (column is TextColumn empty)
                    empty.AddNull();
                else
                    column.SetNull(i);
            }
            else if (!TrySet(column, i, text, type, precision, scale, asOf))
            {
                bad = text;
                return null;
            }
        }

        return column;
    }

    private static bool TrySet(Column column, int row, string text, FieldType type, int precision, int scale, long asOf)
    {
        long number = 0;
        switch (column)
        {
            case TextColumn strings:
                strings.Add(Encoding.UTF8.GetBytes(text));
                return true;
            case DoubleColumn doubles:
                return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out doubles.Values[row]);
            case WideColumn wide when type == FieldType.Uuid:
                var parsed = Guid.TryParse(text, out var uuid);
                wide.Values[row] = System.Buffers.Binary.BinaryPrimitives.ReadInt128BigEndian(uuid.ToByteArray(bigEndian: true));
                return parsed;
            case WideColumn wide:
                return TryParseDecimal(text, precision, scale, out wide.Values[row]);
        }

        var good = type switch
        {
            FieldType.Decimal => TryParseDecimal(text, precision, scale, out var scaled) && (number = (long)scaled) == scaled,
            FieldType.Boolean => text is "true" or "false",
            FieldType.Time => TimeText.TryParseTime(text, out number),
            FieldType.Date or FieldType.Timestamp => TimeText.TryParseInstant(text, asOf, out number),
            _ => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number),
        };
        if (type == FieldType.Boolean)
            number = text == "true" ? 1 : 0;
        if (type == FieldType.Date)
            number = Floor(number, TimeText.Day);
        ((LongColumn)column).Values[row] = number;
        return good;
    }

    /// <summary>A decimal number, scaled: 12.3 with scale 2 is 1230. More digits after the point than the scale are rounded half away from zero.</summary>
    public static bool TryParseDecimal(string text, int precision, int scale, out Int128 scaled)
    {
        scaled = 0;
        var negative = text.StartsWith('-');
        var (digits, fraction, point, round) = (0, 0, false, false);
        foreach (var c in negative ? text.AsSpan(1) : text)
        {
            if (c == '.' && !point)
            {
                point = true;
                continue;
            }

            if (!char.IsAsciiDigit(c))
                return false;
            digits++;
            if (point && ++fraction > scale)
            {
                round |= fraction == scale + 1 && c >= '5';
                continue;
            }

            if (scaled >= PowersOfTen.Wide(37))
                return false;
            scaled = (scaled * 10) + (c - '0');
        }

        if (digits == 0)
            return false;
        for (; fraction < scale; fraction++)
        {
            if (scaled >= PowersOfTen.Wide(37))
                return false;
            scaled *= 10;
        }

        if (round)
            scaled++;
        if (scaled >= PowersOfTen.Wide(precision))
            return false;
        if (negative)
            scaled = -scaled;
        return true;
    }

    private static long Floor(long value, long unit) => value >= 0 ? value / unit : ((value + 1) / unit) - 1;
}
