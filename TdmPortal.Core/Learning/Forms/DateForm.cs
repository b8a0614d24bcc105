using System.Globalization;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Learning.Forms;

/// <summary>A date, or a date with a time, in a form such as <c>dd.MM.yyyy</c>; day and month may have one digit, the year two.</summary>
internal sealed class DateForm : CellForm
{
    /// <summary>Two digits of a year up to this one mean 20xx, above it 19xx.</summary>
    private const int Century = 68;

    private static readonly string[] Months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

    private readonly string order;
    private readonly byte separator;

    private DateForm(FieldType type, string? name, string order, char separator)
        : base(type, name) => (this.order, this.separator) = (order, (byte)separator);

    /// <summary>Dates that are looked for; day before month where a column does not say which.</summary>
    public static IReadOnlyList<DateForm> Dates { get; } = [.. Made(FieldType.Date)];

    /// <summary>The same with a time behind.</summary>
    public static IReadOnlyList<DateForm> Timestamps { get; } = [.. Made(FieldType.Timestamp)];

    private static IEnumerable<DateForm> Made(FieldType type)
    {
        var time = type == FieldType.Date ? "" : " HH:mm:ss";
        foreach (var (name, order, separator) in new[] { ("yyyy-MM-dd", "yMd", '-'), ("dd.MM.yyyy", "dMy", '.'), ("dd/MM/yyyy", "dMy", '/'), ("MM/dd/yyyy", "Mdy", '/'), ("dd-MM-yyyy", "dMy", '-'), ("MM-dd-yyyy", "Mdy", '-'), ("yyyy/MM/dd", "yMd", '/'), ("yyyy.MM.dd", "yMd", '.'), ("dd-MMM-yyyy", "dmy", '-'), ("dd MMM yyyy", "dmy", ' ') })
            yield return new(type, order == "yMd" && separator == '-' ? null : name + time, order, separator);
    }

    public override bool TryNormalise(ReadOnlySpan<byte> text, Span<byte> to, out int length)
    {
        length = 0;
        if (text.Length is < 6 or > Longest - 8 || text.IndexOf(separator) < 0)
            return false;
        var (year, month, day) = (0, 0, 0);
        for (var part = 0; part < 3; part++)
        {
            int value;
            if (order[part] == 'm')
            {
                if (text.Length < 3 || (value = MonthOf(text[..3])) == 0)
                    return false;
                text = text[3..];
            }
            else
            {
                var digits = 0;
                value = 0;
                while (digits < text.Length && digits < 4 && char.IsAsciiDigit((char)text[digits]))
                    value = (value * 10) + text[digits++] - '0';
                var isYear = order[part] == 'y';
                if (isYear ? digits != 4 && (digits != 2 || part == 0) : digits is 0 or > 2)
                    return false;
                if (isYear && digits == 2)
                    value += value <= Century ? 2000 : 1900;
                text = text[digits..];
            }

            switch (order[part])
            {
                case 'y':
                    year = value;
                    break;
                case 'd':
                    day = value;
                    break;
                default:
                    month = value;
                    break;
            }

            if (part == 2)
                break;
            if (text.IsEmpty || text[0] != separator)
                return false;
            text = text[1..];
        }

        if (year is 0 || month is 0 or > 12 || day == 0 || day > DateTime.DaysInMonth(year, month))
            return false;
        new DateOnly(year, month, day).TryFormat(to, out length, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        if (Type == FieldType.Date)
            return text.IsEmpty;
        return text.Length > 5 && text[0] is (byte)' ' or (byte)'T' && Time(text[1..], to, ref length);
    }

    /// <summary>H:mm, with seconds, AM or PM, and a zone.</summary>
    private static bool Time(ReadOnlySpan<byte> text, Span<byte> to, ref int length)
    {
        var colon = text.IndexOf((byte)':');
        if (colon is < 1 or > 2 || !char.IsAsciiDigit((char)text[0]) || !char.IsAsciiDigit((char)text[colon - 1]))
            return false;
        var hours = colon == 1 ? text[0] - '0' : ((text[0] - '0') * 10) + text[1] - '0';
        var rest = text[colon..];
        if (rest is [.., (byte)'A' or (byte)'a' or (byte)'P' or (byte)'p', (byte)'M' or (byte)'m'])
        {
            if (hours is 0 or > 12)
                return false;
            hours = (hours % 12) + (rest[^2] is (byte)'P' or (byte)'p' ? 12 : 0);
            rest = rest[..^2].TrimEnd((byte)' ');
        }

        to[length++] = (byte)'T';
        to[length++] = (byte)('0' + (hours / 10));
        to[length++] = (byte)('0' + (hours % 10));
        if (rest.Length > to.Length - length)
            return false;
        rest.CopyTo(to[length..]);
        length += rest.Length;
        return Formats.TypedText.CanRead(to[..length], FieldType.Timestamp, 0, 0);
    }

    private static int MonthOf(ReadOnlySpan<byte> text)
    {
        for (var i = 0; i < Months.Length; i++)
        {
            if (System.Text.Ascii.EqualsIgnoreCase(text, Months[i]))
                return i + 1;
        }

        return 0;
    }
}
