using System.Buffers.Binary;
using TdmPortal.Core.Errors;
using TdmPortal.Core.Generation;

namespace TdmPortal.Core.Formats;

/// <summary>PostgreSQL's binary COPY.</summary>
/// <param name="firstRow">Row number of the first row, when each row begins with its number; else null.</param>
internal sealed class PostgresBinaryWriter(IReadOnlyList<ColumnDescription> columns, long? firstRow = null) : RowWriter(columns)
{
    /// <summary>Days from 1970-01-01, where dates start here, to 2000-01-01, where they start there.</summary>
    public const int EpochDays = 10957;

    private readonly PostgresType[] types = [.. columns.Select(PostgresType.Of)];

    public static ReadOnlySpan<byte> Signature => [0x50, 0x47, 0x43, 0x4F, 0x50, 0x59, 0x0A, 0xFF, 0x0D, 0x0A, 0x00];

    public override void Begin(ByteBuffer to)
    {
        to.Append(Signature);
        to.Append([0, 0, 0, 0, 0, 0, 0, 0]);
    }

    public override void Write(ByteBuffer to, ReadOnlySpan<Column> batch, int count, long position)
    {
        for (var row = 0; row < count; row++)
        {
            BinaryPrimitives.WriteInt16BigEndian(to.Reserve(2), (short)(firstRow is null ? batch.Length : batch.Length + 1));
            to.Advance(2);
            if (firstRow is { } first)
                Int64(to, first + position + row);
            for (var c = 0; c < batch.Length; c++)
            {
                var column = batch[c];
                if (column.IsNull(row))
                    Int32(to, -1);
                else if (column is ArrayColumn array)
                    WriteArray(to, array, row, Columns[c], types[c]);
                else
                    WriteValue(to, column, row, Columns[c], types[c].Form);
            }
        }
    }

    public override void End(ByteBuffer to, long rows) => to.Append([0xFF, 0xFF]);

    private static void WriteArray(ByteBuffer to, ArrayColumn array, int row, ColumnDescription column, PostgresType type)
    {
        var start = to.Length;
        var count = array.Offsets[row + 1] - array.Offsets[row];
        Int32(to, 0);
        Int32(to, count == 0 ? 0 : 1);
        Int32(to, 0);
        Int32(to, type.Oid);
        if (count > 0)
        {
            Int32(to, count);
            Int32(to, 1);
            for (var i = array.Offsets[row]; i < array.Offsets[row + 1]; i++)
                WriteValue(to, array.Elements, i, column, type.Form);
        }

        BinaryPrimitives.WriteInt32BigEndian(to.From(start), to.Length - start - 4);
    }

    private static void WriteValue(ByteBuffer to, Column column, int row, ColumnDescription description, PostgresForm form)
    {
        switch (form)
        {
            case PostgresForm.Text:
                if (column is TextColumn text)
                {
                    Int32(to, text[row].Length);
                    to.Append(text[row]);
                }
                else
                {
                    var written = TextForm.Format(to.Reserve(TextForm.MaxSize + 4)[4..], column, row, description.Type, description.Scale);
                    Int32(to, written);
                    to.Advance(written);
                }

                break;
            case PostgresForm.Jsonb:
                var json = ((TextColumn)column)[row];
                Int32(to, json.Length + 1);
                to.Append(1);
                to.Append(json);
                break;
            case PostgresForm.Uuid:
                Int32(to, 16);
                BinaryPrimitives.WriteInt128BigEndian(to.Reserve(16), ((WideColumn)column).Values[row]);
                to.Advance(16);
                break;
            case PostgresForm.Numeric:
                PostgresNumeric.Write(to, column, row, description);
                break;
            case PostgresForm.Float64:
                Int32(to, 8);
                BinaryPrimitives.WriteDoubleBigEndian(to.Reserve(8), ((DoubleColumn)column).Values[row]);
                to.Advance(8);
                break;
            case PostgresForm.Float32:
                Int32(to, 4);
                BinaryPrimitives.WriteSingleBigEndian(to.Reserve(4), (float)((DoubleColumn)column).Values[row]);
                to.Advance(4);
                break;
            case PostgresForm.Boolean:
                Int32(to, 1);
                to.Append((byte)((LongColumn)column).Values[row]);
                break;
            case PostgresForm.Date:
                Int32(to, 4);
                Int32(to, (int)((LongColumn)column).Values[row] - EpochDays);
                break;
            case PostgresForm.Timestamp:
                Int64(to, ((LongColumn)column).Values[row] - (EpochDays * TimeText.Day));
                break;
            case PostgresForm.Int64:
                Int64(to, ((LongColumn)column).Values[row]);
                break;
            default:
                WriteShorter(to, ((LongColumn)column).Values[row], description, form);
                break;
        }
    }

    private static void WriteShorter(ByteBuffer to, long value, ColumnDescription description, PostgresForm form)
    {
        var fits = form == PostgresForm.Int16 ? value == (short)value : value == (int)value;
        if (!fits)
            throw new PortalException("generation.out_of_range", $"{description.Name}: {value} does not fit {description.SqlType}.") { SuggestedActions = [$"Narrow the values of {description.Name}", "Give it a wider SQL type"] };
        if (form == PostgresForm.Int32)
        {
            Int32(to, 4);
            Int32(to, (int)value);
            return;
        }

        Int32(to, 2);
        BinaryPrimitives.WriteInt16BigEndian(to.Reserve(2), (short)value);
        to.Advance(2);
    }

    private static void Int32(ByteBuffer to, int value)
    {
        BinaryPrimitives.WriteInt32BigEndian(to.Reserve(4), value);
        to.Advance(4);
    }

    private static void Int64(ByteBuffer to, long value)
    {
        var room = to.Reserve(12);
        BinaryPrimitives.WriteInt32BigEndian(room, 8);
        BinaryPrimitives.WriteInt64BigEndian(room[4..], value);
        to.Advance(12);
    }
}
