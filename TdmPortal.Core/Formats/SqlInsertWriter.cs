using System.Text;
using TdmPortal.Core.Generation;

namespace TdmPortal.Core.Formats;

/// <summary>INSERT statements of several rows each, in standard SQL.</summary>
internal sealed class SqlInsertWriter : RowWriter
{
    private const int RowsPerStatement = 500;
    private readonly string table;
    private readonly byte[] opening;
    private readonly ByteBuffer scratch = new(256);

    public SqlInsertWriter(string table, IReadOnlyList<ColumnDescription> columns)
        : base(columns)
    {
        this.table = table;
        opening = Encoding.UTF8.GetBytes($"INSERT INTO {table} ({string.Join(", ", columns.Select(column => SqlSchema.Quote(column.ColumnName)))}) VALUES\n");
    }

    public override void Write(ByteBuffer to, ReadOnlySpan<Column> batch, int count, long position)
    {
        for (var row = 0; row < count; row++)
        {
            if ((position + row) % RowsPerStatement != 0)
            {
                to.Append(",\n"u8);
            }
            else
            {
                if (position + row > 0)
                    to.Append(";\n"u8);
                to.Append(opening);
            }

            for (var c = 0; c < batch.Length; c++)
            {
                to.Append(c == 0 ? "("u8 : ", "u8);
                WriteValue(to, batch[c], row, Columns[c]);
            }

            to.Append((byte)')');
        }
    }

    public override void End(ByteBuffer to, long rows)
    {
        if (rows > 0)
            to.Append(";\n"u8);
    }

    /// <summary>An UPDATE of some fields of a row, found by its key.</summary>
    public void WriteUpdate(ByteBuffer to, Func<int, Column> column, int[] fields, int[] key, int row)
    {
        to.Append(Encoding.UTF8.GetBytes($"UPDATE {table} SET "));
        WriteAssignments(to, column, fields, row, ", "u8);
        to.Append(" WHERE "u8);
        WriteAssignments(to, column, key, row, " AND "u8);
        to.Append(";\n"u8);
    }

    private void WriteAssignments(ByteBuffer to, Func<int, Column> column, int[] fields, int row, ReadOnlySpan<byte> between)
    {
        for (var i = 0; i < fields.Length; i++)
        {
            if (i > 0)
                to.Append(between);
            to.Append(Encoding.UTF8.GetBytes(SqlSchema.Quote(Columns[fields[i]].ColumnName)));
            to.Append(" = "u8);
            WriteValue(to, column(fields[i]), row, Columns[fields[i]]);
        }
    }

    private void WriteValue(ByteBuffer to, Column column, int row, ColumnDescription description)
    {
        if (column.IsNull(row))
        {
            to.Append("NULL"u8);
        }
        else if (column is ArrayColumn array)
        {
            scratch.Clear();
            SqlCopyWriter.WriteArray(scratch, array, row, description);
            WriteQuoted(to, scratch.Written);
        }
        else if (column is TextColumn text)
        {
            WriteQuoted(to, text[row]);
        }
        else if (IsBare(description.Type))
        {
            WritePlain(to, column, row, description);
        }
        else
        {
            to.Append((byte)'\'');
            WritePlain(to, column, row, description);
            to.Append((byte)'\'');
        }
    }

    private static void WriteQuoted(ByteBuffer to, ReadOnlySpan<byte> text)
    {
        to.Append((byte)'\'');
        for (var quote = text.IndexOf((byte)'\''); quote >= 0; quote = text.IndexOf((byte)'\''))
        {
            to.Append(text[..(quote + 1)]);
            to.Append((byte)'\'');
            text = text[(quote + 1)..];
        }

        to.Append(text);
        to.Append((byte)'\'');
    }
}
