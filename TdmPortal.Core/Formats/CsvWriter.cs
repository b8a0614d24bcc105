using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;
using TdmPortal.Core.Generation;

namespace TdmPortal.Core.Formats;

/// <summary>RFC 4180 with LF line ends: null is the empty field, the empty string <c>""</c>, an array JSON text.</summary>
internal sealed class CsvWriter(IReadOnlyList<ColumnDescription> columns) : RowWriter(columns)
{
    private static readonly SearchValues<byte> Special = SearchValues.Create("\",\r\n"u8);
    private readonly BatchCell[] cells = new BatchCell[columns.Count];
    private readonly ByteBuffer scratch = new(256);

    public override void Begin(ByteBuffer to)
    {
        for (var c = 0; c < Columns.Length; c++)
        {
            if (c > 0)
                to.Append((byte)',');
            to.Append(Encoding.UTF8.GetBytes(Columns[c].Name));
        }

        to.Append((byte)'\n');
    }

    public override void Write(ByteBuffer to, ReadOnlySpan<Column> batch, int count, long position)
    {
        // What holds for all rows of a column is looked at once a batch; room for all is made once, cells that need quotes aside.
        var room = ShortCopy.Slack + batch.Length;
        for (var c = 0; c < batch.Length; c++)
        {
            cells[c] = BatchCell.Of(batch[c], Columns[c], Special);
            room += cells[c].Room(count);
        }

        ref var start = ref to.Room(room);
        ref var at = ref start;
        for (var row = 0; row < count; row++)
        {
            for (var c = 0; c < cells.Length; c++)
            {
                ref var cell = ref cells[c];
                if (!cell.HasNulls || !cell.Column.IsNull(row))
                {
                    if (cell.IsSimple)
                    {
                        at = ref Unsafe.Add(ref at, cell.Write(ref at, row));
                    }
                    else
                    {
                        to.Advance((int)Unsafe.ByteOffset(ref start, ref at));
                        WriteText(to, cell.Column, row, Columns[c]);
                        start = ref to.Room(room);
                        at = ref start;
                    }
                }

                at = (byte)',';
                at = ref Unsafe.Add(ref at, 1);
            }

            Unsafe.Subtract(ref at, 1) = (byte)'\n';
        }

        to.Advance((int)Unsafe.ByteOffset(ref start, ref at));
    }

    private void WriteText(ByteBuffer to, Column column, int row, ColumnDescription description)
    {
        if (column is ArrayColumn array)
        {
            scratch.Clear();
            WriteJsonArray(scratch, array, row, description);
            WriteText(to, scratch.Written);
            return;
        }

        WriteText(to, ((TextColumn)column)[row]);
    }

    private static void WriteText(ByteBuffer to, ReadOnlySpan<byte> text)
    {
        if (!text.IsEmpty && text.IndexOfAny(Special) < 0)
        {
            to.Append(text);
            return;
        }

        to.Append((byte)'"');
        for (var quote = text.IndexOf((byte)'"'); quote >= 0; quote = text.IndexOf((byte)'"'))
        {
            to.Append(text[..(quote + 1)]);
            to.Append((byte)'"');
            text = text[(quote + 1)..];
        }

        to.Append(text);
        to.Append((byte)'"');
    }
}
