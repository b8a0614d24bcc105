using System.Text;
using TdmPortal.Core.Schemas.Proposals;

namespace TdmPortal.Core.Quality.Files;

/// <summary>CSV as RFC 4180 has it, with a header; the separator is found in the header. A field without a character is null, <c>""</c> the empty text.</summary>
internal sealed class CsvRecords : FileRecords
{
    /// <summary>Longest row, in bytes.</summary>
    private const int LongestRow = 64 * 1024 * 1024;

    private readonly Stream stream;
    private readonly string path;
    private readonly int[] places;
    private readonly byte separator;
    private readonly List<(int Start, int Length, bool Quoted, bool Doubled)> cells = [];
    private byte[] buffer = new byte[64 * 1024];
    private byte[] plain = [];
    private int start;
    private int end;
    private bool ended;
    private long nextLine = 1;

    public CsvRecords(Stream stream, string path, IReadOnlyList<IReadOnlyList<string>> names)
    {
        (this.stream, this.path) = (stream, path);
        // The header decides on the separator; it is taken to lie within the first block.
        while (end < 4096 && Fill())
        {
        }

        if (buffer.AsSpan(0, end).StartsWith("\uFEFF"u8))
            start = 3;
        var head = buffer.AsSpan(start, end - start);
        var lineEnd = head.IndexOf((byte)'\n');
        separator = (byte)DelimitedText.Separator(Encoding.UTF8.GetString(lineEnd < 0 ? head : head[..lineEnd]));
        Header = Next() ? [.. cells.Select((_, i) => Encoding.UTF8.GetString(Cell(i)).Trim())] : [];
        places = [.. names.Select(Find)];
    }

    /// <summary>The names in the first line.</summary>
    public IReadOnlyList<string> Header { get; }

    /// <summary>Whether the file has a wanted column.</summary>
    public bool Has(int column) => places[column] >= 0;

    public override bool Next()
    {
        while (true)
        {
            while (start == end && Fill())
            {
            }

            if (start == end)
                return false;
            Line = nextLine;
            Split();
            // An empty line is no row, unless rows have one column only.
            if (cells.Count > 1 || cells[0].Length > 0 || cells[0].Quoted || Header is { Count: 1 })
                return true;
        }
    }

    public override CellKind Get(int column, out ReadOnlySpan<byte> text)
    {
        var place = places[column];
        text = default;
        if (place < 0)
            return CellKind.Null;
        if (place >= cells.Count)
        {
            text = "(missing: the row is too short)"u8;
            return CellKind.Broken;
        }

        if (cells.Count > Header.Count && place == Header.Count - 1)
        {
            text = "(the row has more cells than the header)"u8;
            return CellKind.Broken;
        }

        text = Cell(place);
        return text.IsEmpty && !cells[place].Quoted ? CellKind.Null : CellKind.Plain;
    }

    public override void Dispose() => stream.Dispose();

    private int Find(IReadOnlyList<string> names)
    {
        foreach (var comparison in new[] { StringComparison.Ordinal, StringComparison.OrdinalIgnoreCase })
        {
            foreach (var name in names)
            {
                for (var i = 0; i < Header.Count; i++)
                {
                    if (string.Equals(Header[i], name, comparison))
                        return i;
                }
            }
        }

        return -1;
    }

    /// <summary>Finds the cells of the next row; reads on, and begins again, where it is not all there.</summary>
    private void Split()
    {
        int after;
        while ((after = TrySplit()) < 0)
        {
            if (!Fill())
                throw Broken(path, Line, "a quote is opened and not closed");
        }

        nextLine += buffer.AsSpan(start, after - start).Count((byte)'\n');
        start = after;
    }

    /// <summary>Where the next row begins; -1 where more has to be read first.</summary>
    private int TrySplit()
    {
        cells.Clear();
        var at = start;
        while (true)
        {
            if (at < end && buffer[at] == '"')
            {
                var close = at + 1;
                var doubled = false;
                while (true)
                {
                    var found = buffer.AsSpan(close, end - close).IndexOf((byte)'"');
                    if (found < 0)
                        return -1;
                    close += found;
                    if (close + 1 == end && !ended)
                        return -1;
                    if (close + 1 == end || buffer[close + 1] != '"')
                        break;
                    doubled = true;
                    close += 2;
                }

                cells.Add((at + 1, close - at - 1, true, doubled));
                at = close + 1;
                if (at < end && buffer[at] != separator && buffer[at] is not ((byte)'\n' or (byte)'\r'))
                    throw Broken(path, Line, "something stands behind a closing quote");
            }
            else
            {
                // A quote within a cell that did not begin with one is a character like any other.
                var found = buffer.AsSpan(at, end - at).IndexOfAny(separator, (byte)'\n', (byte)'\r');
                if (found < 0 && !ended)
                    return -1;
                var size = found < 0 ? end - at : found;
                cells.Add((at, size, false, false));
                at += size;
            }

            if (at == end)
                return ended ? end : -1;
            if (buffer[at] == separator)
            {
                at++;
                continue;
            }

            if (buffer[at] == '\n')
                return at + 1;
            if (at + 1 == end && !ended)
                return -1;
            return at + 1 < end && buffer[at + 1] == '\n' ? at + 2 : at + 1;
        }
    }

    private ReadOnlySpan<byte> Cell(int place)
    {
        var (from, size, _, doubled) = cells[place];
        var text = buffer.AsSpan(from, size);
        if (!doubled)
            return text;
        if (plain.Length < size)
            plain = new byte[size];
        var length = 0;
        for (var i = 0; i < size; i++)
        {
            plain[length++] = text[i];
            if (text[i] == '"')
                i++;
        }

        return plain.AsSpan(0, length);
    }

    /// <summary>Reads more behind what is there; false at the end of the file.</summary>
    private bool Fill()
    {
        if (ended)
            return false;
        if (start > 0)
        {
            buffer.AsSpan(start, end - start).CopyTo(buffer);
            (start, end) = (0, end - start);
        }

        if (end == buffer.Length)
        {
            if (buffer.Length >= LongestRow)
                throw Broken(path, Line, "a row is longer than 64 MB; a quote may be missing");
            Array.Resize(ref buffer, buffer.Length * 2);
        }

        var read = stream.Read(buffer, end, buffer.Length - end);
        end += read;
        ended = read == 0;
        return true;
    }
}
