using System.Buffers;
using System.Text;
using TdmPortal.Core.Generation;

namespace TdmPortal.Core.Formats;

/// <summary>A COPY … FROM stdin block in PostgreSQL's text form.</summary>
internal sealed class SqlCopyWriter : RowWriter
{
    private static readonly SearchValues<byte> Special = SearchValues.Create("\\\n\r\t\b\f\v"u8);
    private readonly byte[] opening;
    private readonly ByteBuffer scratch = new(256);

    public SqlCopyWriter(string table, IReadOnlyList<ColumnDescription> columns)
        : base(columns) =>
        opening = Encoding.UTF8.GetBytes($"COPY {table} ({string.Join(", ", columns.Select(column => SqlSchema.Quote(column.ColumnName)))}) FROM stdin;\n");

    public override void Begin(ByteBuffer to) => to.Append(opening);

    public override void Write(ByteBuffer to, ReadOnlySpan<Column> batch, int count, long position)
    {
        for (var row = 0; row < count; row++)
        {
            for (var c = 0; c < batch.Length; c++)
            {
                if (c > 0)
                    to.Append((byte)'\t');
                var column = batch[c];
                if (column.IsNull(row))
                {
                    to.Append("\\N"u8);
                }
                else if (column is ArrayColumn array)
                {
                    scratch.Clear();
                    WriteArray(scratch, array, row, Columns[c]);
                    WriteEscaped(to, scratch.Written);
                }
                else if (column is TextColumn text)
                {
                    WriteEscaped(to, text[row]);
                }
                else
                {
                    WritePlain(to, column, row, Columns[c]);
                }
            }

            to.Append((byte)'\n');
        }
    }

    public override void End(ByteBuffer to, long rows) => to.Append("\\.\n"u8);

    /// <summary>An array in PostgreSQL's own form, <c>{"a","b"}</c>.</summary>
    public static void WriteArray(ByteBuffer to, ArrayColumn array, int row, ColumnDescription column)
    {
        to.Append((byte)'{');
        for (var i = array.Offsets[row]; i < array.Offsets[row + 1]; i++)
        {
            if (i > array.Offsets[row])
                to.Append((byte)',');
            if (array.Elements is not TextColumn elements)
            {
                WritePlain(to, array.Elements, i, column);
                continue;
            }

            to.Append((byte)'"');
            foreach (var b in elements[i])
            {
                if (b is (byte)'"' or (byte)'\\')
                    to.Append((byte)'\\');
                to.Append(b);
            }

            to.Append((byte)'"');
        }

        to.Append((byte)'}');
    }

    private static void WriteEscaped(ByteBuffer to, ReadOnlySpan<byte> text)
    {
        for (var at = text.IndexOfAny(Special); at >= 0; at = text.IndexOfAny(Special))
        {
            to.Append(text[..at]);
            to.Append((byte)'\\');
            to.Append(text[at] switch
            {
                (byte)'\n' => (byte)'n',
                (byte)'\r' => (byte)'r',
                (byte)'\t' => (byte)'t',
                (byte)'\b' => (byte)'b',
                (byte)'\f' => (byte)'f',
                (byte)'\v' => (byte)'v',
                _ => (byte)'\\',
            });
            text = text[(at + 1)..];
        }

        to.Append(text);
    }
}
