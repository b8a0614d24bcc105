using System.Text;
using System.Text.Json;
using System.Xml;

namespace TdmPortal.Core.Quality.Files;

/// <summary>Rows of XML: <c>&lt;rows&gt;&lt;row&gt;&lt;field&gt;…</c>; an element that is absent is null.</summary>
internal sealed class XmlRecords(Stream stream, string path, IReadOnlyList<IReadOnlyList<string>> names) : FileRecords
{
    private readonly XmlReader reader = XmlReader.Create(stream, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, IgnoreComments = true, CloseInput = true });
    private readonly byte[]?[] cells = new byte[names.Count][];
    private bool opened;

    public override bool Next()
    {
        try
        {
            if (!opened)
            {
                reader.MoveToContent();
                reader.Read();
                opened = true;
            }

            while (reader.NodeType != XmlNodeType.Element)
            {
                if (!reader.Read())
                    return false;
            }

            Line = ((IXmlLineInfo)reader).LineNumber;
            Array.Clear(cells);
            using (var row = reader.ReadSubtree())
            {
                row.Read();
                row.Read();
                while (!row.EOF)
                {
                    if (row.NodeType != XmlNodeType.Element)
                    {
                        row.Read();
                        continue;
                    }

                    var column = Find(row.Name);
                    var text = Content(row);
                    if (column >= 0)
                        cells[column] = Encoding.UTF8.GetBytes(text);
                }
            }

            reader.Read();
            return true;
        }
        catch (XmlException failure)
        {
            throw Broken(path, failure.LineNumber, "this is not XML of rows with an element for each field");
        }
    }

    public override CellKind Get(int column, out ReadOnlySpan<byte> text)
    {
        text = cells[column];
        return cells[column] is null ? CellKind.Null : CellKind.Plain;
    }

    public override void Dispose() => reader.Dispose();

    /// <summary>The text of a field; of one with elements in it, which are those of a list, a list in JSON.</summary>
    private static string Content(XmlReader row)
    {
        var (text, items, depth) = (new StringBuilder(), (List<string>?)null, row.Depth);
        if (row.IsEmptyElement)
        {
            row.Read();
            return "";
        }

        row.Read();
        while (row.Depth > depth)
        {
            if (row.NodeType == XmlNodeType.Element)
            {
                (items ??= []).Add($"\"{JsonEncodedText.Encode(row.ReadElementContentAsString())}\"");
                continue;
            }

            if (row.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace)
                text.Append(row.Value);
            row.Read();
        }

        row.Read();
        return items is null ? text.ToString() : $"[{string.Join(',', items)}]";
    }

    private int Find(string name)
    {
        for (var i = 0; i < names.Count; i++)
        {
            if (names[i].Contains(name, StringComparer.Ordinal))
                return i;
        }

        return -1;
    }
}
