using System.Buffers;
using System.Text;
using TdmPortal.Core.Generation;

namespace TdmPortal.Core.Formats;

/// <summary><c>&lt;rows&gt;&lt;row&gt;…</c>: null is an absent element, an array's elements are <c>&lt;item&gt;</c>s.</summary>
internal sealed class XmlWriter : RowWriter
{
    // Control characters other than tab and line feed have no place in XML 1.0, not even escaped.
    private static readonly SearchValues<byte> Special = SearchValues.Create(
        [.. Enumerable.Range(0, 32).Where(i => i is not (9 or 10)).Select(i => (byte)i), (byte)'&', (byte)'<', (byte)'>']);

    private readonly byte[][] opening;
    private readonly byte[][] closing;

    public XmlWriter(IReadOnlyList<ColumnDescription> columns)
        : base(columns)
    {
        opening = [.. Columns.Select(column => Encoding.UTF8.GetBytes($"<{column.Name}>"))];
        closing = [.. Columns.Select(column => Encoding.UTF8.GetBytes($"</{column.Name}>"))];
    }

    public override void Begin(ByteBuffer to) => to.Append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rows>\n"u8);

    public override void Write(ByteBuffer to, ReadOnlySpan<Column> batch, int count, long position)
    {
        for (var row = 0; row < count; row++)
        {
            to.Append("<row>"u8);
            for (var c = 0; c < batch.Length; c++)
            {
                var column = batch[c];
                if (column.IsNull(row))
                    continue;
                to.Append(opening[c]);
                if (column is ArrayColumn array)
                {
                    for (var i = array.Offsets[row]; i < array.Offsets[row + 1]; i++)
                    {
                        to.Append("<item>"u8);
                        WriteValue(to, array.Elements, i, Columns[c]);
                        to.Append("</item>"u8);
                    }
                }
                else
                {
                    WriteValue(to, column, row, Columns[c]);
                }

                to.Append(closing[c]);
            }

            to.Append("</row>\n"u8);
        }
    }

    public override void End(ByteBuffer to, long rows) => to.Append("</rows>\n"u8);

    private static void WriteValue(ByteBuffer to, Column column, int row, ColumnDescription description)
    {
        if (column is not TextColumn source)
        {
            WritePlain(to, column, row, description);
            return;
        }

        var text = source[row];
        for (var at = text.IndexOfAny(Special); at >= 0; at = text.IndexOfAny(Special))
        {
            to.Append(text[..at]);
            to.Append(text[at] switch
            {
                (byte)'&' => "&amp;"u8,
                (byte)'<' => "&lt;"u8,
                (byte)'>' => "&gt;"u8,
                (byte)'\r' => "&#13;"u8,
                _ => "\uFFFD"u8,
            });
            text = text[(at + 1)..];
        }

        to.Append(text);
    }
}
