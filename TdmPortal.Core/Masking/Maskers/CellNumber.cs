using TdmPortal.Core.Formats;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Masking.Maskers;

/// <summary>The keyed number of a cell of any type; an integer and a text that says it have the same one.</summary>
internal static class CellNumber
{
    /// <param name="type">Of what the column holds; needed where that is neither text nor whole numbers.</param>
    public static UInt128 Of(MaskingKey key, Column column, int row, FieldType type, int scale)
    {
        switch (column)
        {
            case TextColumn text:
                return Of(key, text[row].Trim((byte)' '));
            case WideColumn wide:
                return key.Number((UInt128)wide.Values[row]);
            case DoubleColumn real:
                return key.Number(BitConverter.DoubleToInt64Bits(real.Values[row]));
            case LongColumn whole when type is FieldType.Integer or FieldType.String:
                Span<byte> digits = stackalloc byte[TextForm.MaxSize];
                return key.Number(digits[..TextForm.Format(digits, column, row, FieldType.Integer, scale)]);
            case LongColumn other:
                return key.Number(other.Values[row]);
            default:
                throw new NotSupportedException($"a {column.GetType().Name} says no person or thing");
        }
    }

    /// <summary>Small letters of ASCII, so that keys that differ in case only are one.</summary>
    private static UInt128 Of(MaskingKey key, ReadOnlySpan<byte> text)
    {
        if (text.Length > 128)
            return key.Number(text);
        Span<byte> lower = stackalloc byte[128];
        System.Text.Ascii.ToLower(text, lower, out var size);
        return size == text.Length ? key.Number(lower[..size]) : key.Number(text);
    }
}
