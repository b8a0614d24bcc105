using System.Buffers;
using System.Text;
using TdmPortal.Core.Generation;

namespace TdmPortal.Core.Formats;

/// <summary>RFC 4180 with LF line ends: null is the empty field, the empty string <c>""</c>, an array JSON text.</summary>
internal sealed class CsvWriter(IReadOnlyList<ColumnDescription> columns) : RowWriter(columns)
{
    private static readonly SearchValues<byte> Special = SearchValues.Create("\",\r\n"u8);
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
        for (var row = 0; row < count; row++)
        {
            for (var c = 0; c < batch.Length; c++)
            {
                if (c > 0)
                    to.Append((byte)',');
                var column = batch[c];
                if (column.IsNull(row))
                    continue;
                switch (column)
                {
                    case TextColumn text:
                        WriteText(to, text[row]);
                        break;
                    case ArrayColumn array:
                        scratch.Clear();
                        WriteJsonArray(scratch, array, row, Columns[c]);
                        WriteText(to, scratch.Written);
                        break;
                    default:
                        WritePlain(to, column, row, Columns[c]);
                        break;
                }
            }

            to.Append((byte)'\n');
        }
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
