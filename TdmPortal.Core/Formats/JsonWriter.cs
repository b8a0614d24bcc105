using System.Buffers;
using System.Text;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Formats;

/// <summary>Objects in field order: one a line (NDJSON), or one array of them.</summary>
internal sealed class JsonWriter : RowWriter
{
    private static readonly SearchValues<byte> Special = SearchValues.Create([.. Enumerable.Range(0, 32).Select(i => (byte)i), (byte)'"', (byte)'\\']);
    private readonly bool lines;
    private readonly byte[][] names;

    public JsonWriter(IReadOnlyList<ColumnDescription> columns, bool lines)
        : base(columns)
    {
        this.lines = lines;
        names = [.. Columns.Select((column, i) => Encoding.UTF8.GetBytes($"{(i == 0 ? "{" : ",")}\"{column.Name}\":"))];
    }

    public override void Begin(ByteBuffer to)
    {
        if (!lines)
            to.Append((byte)'[');
    }

    public override void Write(ByteBuffer to, ReadOnlySpan<Column> batch, int count, long position)
    {
        for (var row = 0; row < count; row++)
        {
            if (!lines)
                to.Append(position + row == 0 ? "\n"u8 : ",\n"u8);
            for (var c = 0; c < batch.Length; c++)
            {
                to.Append(names[c]);
                var column = batch[c];
                if (column.IsNull(row))
                    to.Append("null"u8);
                else if (column is ArrayColumn array)
                    WriteJsonArray(to, array, row, Columns[c]);
                else
                    WriteValue(to, column, row, Columns[c].Type, Columns[c].Scale);
            }

            to.Append(lines ? "}\n"u8 : "}"u8);
        }
    }

    public override void End(ByteBuffer to, long rows)
    {
        if (!lines)
            to.Append("\n]\n"u8);
    }

    /// <summary>A value that is not an array; null is <c>null</c>.</summary>
    public static void WriteValue(ByteBuffer to, Column column, int row, FieldType type, int scale)
    {
        if (column.IsNull(row))
        {
            to.Append("null"u8);
        }
        else if (column is TextColumn text)
        {
            if (type == FieldType.Json)
                to.Append(text[row]);
            else
                WriteText(to, text[row]);
        }
        else if (IsBare(type))
        {
            to.Advance(TextForm.Format(to.Reserve(TextForm.MaxSize), column, row, type, scale));
        }
        else
        {
            to.Append((byte)'"');
            to.Advance(TextForm.Format(to.Reserve(TextForm.MaxSize), column, row, type, scale));
            to.Append((byte)'"');
        }
    }

    private static void WriteText(ByteBuffer to, ReadOnlySpan<byte> text)
    {
        to.Append((byte)'"');
        for (var at = text.IndexOfAny(Special); at >= 0; at = text.IndexOfAny(Special))
        {
            to.Append(text[..at]);
            switch (text[at])
            {
                case (byte)'"':
                    to.Append("\\\""u8);
                    break;
                case (byte)'\\':
                    to.Append("\\\\"u8);
                    break;
                case (byte)'\n':
                    to.Append("\\n"u8);
                    break;
                case (byte)'\r':
                    to.Append("\\r"u8);
                    break;
                case (byte)'\t':
                    to.Append("\\t"u8);
                    break;
                default:
                    to.Append("\\u00"u8);
                    to.Append("0123456789abcdef"u8[text[at] >> 4]);
                    to.Append("0123456789abcdef"u8[text[at] & 15]);
                    break;
            }

            text = text[(at + 1)..];
        }

        to.Append(text);
        to.Append((byte)'"');
    }
}
