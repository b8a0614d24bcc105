using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Formats;

/// <summary>A column of a batch as a text format writes it: what is the same for all its rows is found out once.</summary>
internal struct BatchCell
{
    private FieldType type;
    private int scale;
    private byte[] texts;
    private int[] offsets;
    private long[] numbers;

    public Column Column { get; private set; }

    public bool HasNulls { get; private set; }

    /// <summary>Whether <see cref="Write"/> may be called: it is no array, and no text that the format writes in another way than as it is.</summary>
    public bool IsSimple { get; private set; }

    /// <param name="special">What must not stand in a text, so that it can be written as it is; an empty text cannot either.</param>
    public static BatchCell Of(Column column, ColumnDescription description, SearchValues<byte> special)
    {
        var cell = new BatchCell
        {
            Column = column,
            HasNulls = column.HasNulls,
            IsSimple = column is not ArrayColumn,
            type = description.Type,
            scale = description.Scale,
            texts = [],
            offsets = [],
            numbers = column is LongColumn longs ? longs.Buffer : [],
        };
        if (column is TextColumn text)
        {
            (cell.texts, cell.offsets) = (text.Bytes, text.Offsets);
            cell.type = FieldType.String;
            cell.IsSimple = text.Bytes.AsSpan(0, text.Length).IndexOfAny(special) < 0 && !HasEmpty(text);
        }

        return cell;
    }

    /// <summary>Bytes that so many rows take at most, a separator each included; what is not simple left out.</summary>
    public readonly int Room(int count) => Column switch
    {
        TextColumn text => text.Length + count,
        LongColumn when type is FieldType.Integer or FieldType.Boolean or FieldType.Date => count * 32,
        ArrayColumn => count,
        _ => count * (TextForm.MaxSize + 1),
    };

    /// <summary>Writes a row that is not null, returns its bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly int Write(ref byte to, int row)
    {
        switch (type)
        {
            case FieldType.String:
                ref var offset = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(offsets), row);
                var size = Unsafe.Add(ref offset, 1) - offset;
                ShortCopy.Copy(ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(texts), offset), ref to, size);
                return size;
            case FieldType.Integer:
                return DigitText.Write(ref to, numbers[row]);
            case FieldType.Timestamp:
                return TextForm.Timestamp(ref to, numbers[row]);
            case FieldType.Decimal when numbers.Length > 0:
                return TextForm.Decimal(ref to, numbers[row], scale);
            case FieldType.Date:
                return TextForm.Date(ref to, numbers[row]);
            default:
                return TextForm.Format(MemoryMarshal.CreateSpan(ref to, TextForm.MaxSize), Column, row, type, scale);
        }
    }

    private static bool HasEmpty(TextColumn text)
    {
        var ends = text.Offsets.AsSpan(0, text.Count + 1);
        for (var i = 1; i < ends.Length; i++)
        {
            if (ends[i] == ends[i - 1] && !text.IsNull(i - 1))
                return true;
        }

        return false;
    }
}
