using System.Buffers.Binary;
using TdmPortal.Core.Errors;
using TdmPortal.Core.Generation;

namespace TdmPortal.Core.Formats;

/// <summary>PostgreSQL's numeric in binary: digits to base 10,000 around the decimal point.</summary>
internal static class PostgresNumeric
{
    public static void Write(ByteBuffer to, Column column, int row, ColumnDescription description)
    {
        var scale = description.Type == Schemas.FieldType.Decimal ? description.Scale : 0;
        var value = column is LongColumn narrow ? narrow.Values[row] : ((WideColumn)column).Values[row];
        var rest = value < 0 ? (UInt128)(-value) : (UInt128)value;

        // Shift so that the decimal point falls between two digits to base 10,000, then take digits from the right.
        Span<short> digits = stackalloc short[14];
        var count = 0;
        var fractionDigits = (scale + 3) / 4;
        var first = scale % 4;
        if (first != 0 && rest <= ulong.MaxValue)
        {
            var (quotient, remainder) = Math.DivRem((ulong)rest, (ulong)PowersOfTen.Long(first));
            digits[count++] = (short)(remainder * (ulong)PowersOfTen.Long(4 - first));
            rest = quotient;
        }
        else if (first != 0)
        {
            var (quotient, remainder) = UInt128.DivRem(rest, (UInt128)PowersOfTen.Long(first));
            digits[count++] = (short)((ulong)remainder * (ulong)PowersOfTen.Long(4 - first));
            rest = quotient;
        }

        while (rest > ulong.MaxValue)
        {
            (rest, var digit) = UInt128.DivRem(rest, 10000);
            digits[count++] = (short)digit;
        }

        for (var low = (ulong)rest; low != 0;)
        {
            (low, var digit) = Math.DivRem(low, 10000);
            digits[count++] = (short)digit;
        }

        var trailing = 0;
        while (trailing < count && digits[trailing] == 0)
            trailing++;
        var kept = Math.Max(0, count - trailing);
        var room = to.Reserve(12 + (2 * kept));
        BinaryPrimitives.WriteInt32BigEndian(room, 8 + (2 * kept));
        BinaryPrimitives.WriteInt16BigEndian(room[4..], (short)kept);
        BinaryPrimitives.WriteInt16BigEndian(room[6..], (short)(kept == 0 ? 0 : count - fractionDigits - 1));
        BinaryPrimitives.WriteUInt16BigEndian(room[8..], value < 0 ? (ushort)0x4000 : (ushort)0);
        BinaryPrimitives.WriteInt16BigEndian(room[10..], (short)scale);
        for (var i = 0; i < kept; i++)
            BinaryPrimitives.WriteInt16BigEndian(room[(12 + (2 * i))..], digits[count - 1 - i]);
        to.Advance(12 + (2 * kept));
    }

    /// <summary>Reads a numeric as a number scaled by <paramref name="scale"/>.</summary>
    public static Int128 Read(ReadOnlySpan<byte> bytes, int scale)
    {
        var count = BinaryPrimitives.ReadInt16BigEndian(bytes);
        var weight = BinaryPrimitives.ReadInt16BigEndian(bytes[2..]);
        var sign = BinaryPrimitives.ReadUInt16BigEndian(bytes[4..]);
        if (sign is not (0 or 0x4000))
            throw new PortalException("dataset.unreadable", "A stored decimal is not a finite number.");
        Int128 value = 0;
        var exponent = (weight + 1) * 4;
        for (var i = 0; i < count; i++)
        {
            var digit = BinaryPrimitives.ReadInt16BigEndian(bytes[(8 + (2 * i))..]);
            exponent -= 4;

            // The digit stands for digit × 10^exponent; what lies below the scale is zero by the column's type.
            var shift = exponent + scale;
            value += shift >= 0 ? digit * PowersOfTen.Wide(shift) : digit / PowersOfTen.Wide(-shift);
        }

        return sign == 0x4000 ? -value : value;
    }
}
