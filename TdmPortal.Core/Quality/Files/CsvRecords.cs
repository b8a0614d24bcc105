using System.Text;
using System.Text.Unicode;
using TdmPortal.Core.Learning;
using TdmPortal.Core.Schemas.Proposals;

namespace TdmPortal.Core.Quality.Files;

/// <summary>
/// CSV as RFC 4180 has it, or in another dialect. A field without a character is null, <c>""</c> the empty text. Without a
/// handler of bad lines what cannot be split ends the reading and a row of another length has broken cells; with one
/// such rows are handed to it and left out.
/// </summary>
internal sealed class CsvRecords : FileRecords
{
    /// <summary>Longest row, in bytes.</summary>
    private const int LongestRow = 64 * 1024 * 1024;

    /// <summary>Longest row where bad lines are kept aside: a quote that is never closed is noticed here.</summary>
    private const int LongestLine = 8 * 1024 * 1024;

    private readonly Stream stream;
    private readonly string path;
    private readonly int[] places;
    private readonly bool all;
    private readonly byte separator;
    private readonly int quote = '"';
    private readonly int escape = -1;
    private readonly BadLineHandler? bad;
    private readonly List<(int Start, int Length, bool Quoted, bool Doubled)> cells = [];
    private byte[] buffer = new byte[64 * 1024];
    private byte[] plain = [];
    private int start;
    private int end;
    private bool ended;
    private string? fault;
    private long nextLine = 1;

    /// <summary>With a header that says what the separator is.</summary>
    public CsvRecords(Stream stream, string path, IReadOnlyList<IReadOnlyList<string>> names)
    {
        (this.stream, this.path) = (stream, path);
        Open();
        var head = buffer.AsSpan(start, end - start);
        var lineEnd = head.IndexOf((byte)'\n');
        separator = (byte)DelimitedText.Separator(Encoding.UTF8.GetString(lineEnd < 0 ? head : head[..lineEnd]));
        Header = Next() ? [.. cells.Select((_, i) => Encoding.UTF8.GetString(Cell(i)).Trim())] : [];
        Width = Header.Count;
        places = [.. names.Select(Find)];
    }

    /// <summary>In a dialect.</summary>
    /// <param name="wanted">Places of the wanted columns in the file; null: all.</param>
    /// <param name="width">Values of a row; null: as many as the first one has.</param>
    /// <param name="bad">Is given the lines that are no rows.</param>
    public CsvRecords(Stream stream, string path, FileDialect dialect, IReadOnlyList<int>? wanted, int? width, BadLineHandler? bad)
    {
        (this.stream, this.path, this.bad) = (stream, path, bad);
        (separator, quote, escape) = ((byte)dialect.Delimiter, dialect.Quote ?? -1, dialect.Escape ?? -1);
        Header = [];
        Open();
        if (dialect.Header && Next())
            Header = [.. cells.Select((_, i) => Encoding.UTF8.GetString(Cell(i)).Trim())];
        Width = width ?? Header.Count;
        places = wanted is null ? [] : [.. wanted];
        all = wanted is null;
    }

    /// <summary>The names in the first line.</summary>
    public IReadOnlyList<string> Header { get; }

    /// <summary>Values of a row; 0: not known yet.</summary>
    public int Width { get; private set; }

    /// <summary>Bytes read so far.</summary>
    public long Position { get; private set; }

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
            var row = start;
            if (!Split(ref row))
                continue;
            // An empty line is no row, unless rows have one column only.
            if (cells.Count == 1 && cells[0].Length == 0 && !cells[0].Quoted && Width != 1)
                continue;
            if (bad is null)
                return true;
            if (Width == 0)
                Width = cells.Count;
            var text = buffer.AsSpan(row, start - row);
            if (text.IndexOf((byte)0) >= 0)
                Aside("it holds the character NUL", text);
            else if (!Utf8.IsValid(text))
                Aside("its characters are not UTF-8", text);
            else if (cells.Count != Width)
                Aside($"it has {cells.Count} {(cells.Count == 1 ? "value" : "values")} instead of {Width}", text);
            else
                return true;
        }
    }

    private void Aside(string reason, ReadOnlySpan<byte> text)
    {
        while (text is [.., (byte)'\n' or (byte)'\r'])
            text = text[..^1];
        bad!(new(Line, reason, BadLine.ShapeOf(text)), text);
    }

    public override CellKind Get(int column, out ReadOnlySpan<byte> text)
    {
        var place = all ? column : places[column];
        text = default;
        if (place < 0)
            return CellKind.Null;
        if (place >= cells.Count)
        {
            text = "(missing: the row is too short)"u8;
            return CellKind.Broken;
        }

        if (bad is null && cells.Count > Header.Count && place == Header.Count - 1)
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

    /// <summary>How many values the row has.</summary>
    public int Count => cells.Count;

    /// <summary>Whether a value of the row stands in quotes.</summary>
    public bool IsQuoted(int place) => cells[place].Quoted;

    private void Open()
    {
        // The header decides on the separator; it is taken to lie within the first block.
        while (end < 4096 && Fill())
        {
        }

        if (buffer.AsSpan(0, end).StartsWith("\uFEFF"u8))
            start = 3;
    }

    /// <summary>Finds the cells of the next row; reads on, and begins again, where it is not all there. False: the line is bad and behind us.</summary>
    private bool Split(ref int row)
    {
        int after;
        while ((after = TrySplit()) < 0)
        {
            if (fault is null && (bad is null || end - start < LongestLine) && Fill())
            {
                row = start;
                continue;
            }

            var why = fault ?? (ended ? "a quote is opened and not closed" : "a quote is opened and not closed within 8 MB");
            fault = null;
            if (bad is null)
                throw Broken(path, Line, why);
            row = start;
            PassLine(why);
            return false;
        }

        var text = buffer.AsSpan(start, after - start);
        var lines = text.Count((byte)'\n');
        nextLine += lines == 0 || text[^1] == '\r' ? lines + 1 : lines;
        start = after;
        return true;
    }

    /// <summary>Keeps the line aside up to its very next end, whatever quotes say.</summary>
    private void PassLine(string why)
    {
        int size;
        while ((size = buffer.AsSpan(start, end - start).IndexOfAny((byte)'\n', (byte)'\r')) < 0 && end - start < LongestLine && Fill())
        {
        }

        if (size < 0)
            size = end - start;
        Aside(why, buffer.AsSpan(start, size));
        start += size;
        if (start < end && buffer[start] == '\r')
            start++;
        if (start < end && buffer[start] == '\n')
            start++;
        nextLine++;
    }

    /// <summary>Where the next row begins; -1 where more has to be read first, or the row has a fault.</summary>
    private int TrySplit()
    {
        cells.Clear();
        var at = start;
        while (true)
        {
            if (at < end && buffer[at] == quote)
            {
                var close = at + 1;
                var doubled = false;
                while (true)
                {
                    var rest = buffer.AsSpan(close, end - close);
                    var found = escape < 0 ? rest.IndexOf((byte)quote) : rest.IndexOfAny((byte)quote, (byte)escape);
                    if (found < 0)
                        return -1;
                    close += found;
                    if (escape >= 0 && buffer[close] == escape && escape != quote)
                    {
                        if (close + 1 >= end)
                            return -1;
                        doubled = true;
                        close += 2;
                        continue;
                    }

                    if (close + 1 == end && !ended)
                        return -1;
                    if (close + 1 == end || buffer[close + 1] != quote)
                        break;
                    doubled = true;
                    close += 2;
                }

                cells.Add((at + 1, close - at - 1, true, doubled));
                at = close + 1;
                if (at < end && buffer[at] != separator && buffer[at] is not ((byte)'\n' or (byte)'\r'))
                {
                    fault = "something stands behind a closing quote";
                    return -1;
                }
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
            // Of two quotes one stays; of an escape and what it protects the latter.
            if (text[i] == escape && i + 1 < size)
                plain[length++] = text[++i];
            else
                plain[length++] = text[text[i] == quote ? i++ : i];
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
        Position += read;
        ended = read == 0;
        return true;
    }
}
