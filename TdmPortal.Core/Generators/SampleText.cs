using System.Globalization;
using System.Text;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Generators;

/// <summary>Values as people read them in the picker, formatted as in files.</summary>
internal static class SampleText
{
    public static string Of(Column column, int row, FieldType type, int scale)
    {
        if (column.IsNull(row))
            return "";
        return column switch
        {
            TextColumn text => Encoding.UTF8.GetString(text[row]),
            DoubleColumn doubles => doubles.Values[row].ToString("R", CultureInfo.InvariantCulture),
            WideColumn wide when type == FieldType.Uuid => Uuid(wide.Values[row]),
            WideColumn wide => Decimal(wide.Values[row], scale),
            LongColumn longs => type switch
            {
                FieldType.Boolean => longs.Values[row] != 0 ? "true" : "false",
                FieldType.Decimal => Decimal(longs.Values[row], scale),
                FieldType.Date => DateTime.UnixEpoch.AddDays(longs.Values[row]).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                FieldType.Time => new TimeOnly(longs.Values[row] * 10).ToString("HH:mm:ss", CultureInfo.InvariantCulture),
                FieldType.Timestamp => DateTime.UnixEpoch.AddTicks(longs.Values[row] * 10).ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture),
                _ => longs.Values[row].ToString(CultureInfo.InvariantCulture),
            },
            _ => "",
        };
    }

    private static string Decimal(Int128 value, int scale)
    {
        var digits = Int128.Abs(value).ToString(CultureInfo.InvariantCulture).PadLeft(scale + 1, '0');
        var sign = value < 0 ? "-" : "";
        return scale == 0 ? sign + digits : $"{sign}{digits[..^scale]}.{digits[^scale..]}";
    }

    private static string Uuid(Int128 value)
    {
        Span<byte> bytes = stackalloc byte[16];
        System.Buffers.Binary.BinaryPrimitives.WriteInt128BigEndian(bytes, value);
        return new Guid(bytes, bigEndian: true).ToString();
    }
}
