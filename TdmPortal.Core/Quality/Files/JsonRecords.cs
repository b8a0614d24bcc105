using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using TdmPortal.Core.Learning;

namespace TdmPortal.Core.Quality.Files;

/// <summary>
/// Objects of a JSON array, or one after another (NDJSON), or of the lists in one object, its sections; one is held at a
/// time. With a handler of bad lines a broken line of NDJSON is handed to it and left out.
/// </summary>
internal sealed class JsonRecords : FileRecords
{
    private const int LongestRow = 64 * 1024 * 1024;

    private static readonly JsonReaderOptions Options = new() { AllowMultipleValues = true, MaxDepth = 64 };

    private readonly Stream stream;
    private readonly string path;
    private readonly List<byte[][]> names;
    private readonly bool discovers;
    private readonly bool sections;
    private readonly string? wanted;
    private readonly bool lines;
    private readonly BadLineHandler? bad;
    private (CellKind Kind, int Start, int Length)[] cells;
    private JsonReaderState state = new(Options);
    private byte[] buffer = new byte[64 * 1024];
    private byte[] plain = [];
    private int start;
    private int end;
    private bool ended;
    private int passedLines;
    private int expected;

    public JsonRecords(Stream stream, string path, IReadOnlyList<IReadOnlyList<string>> names)
    {
        (this.stream, this.path) = (stream, path);
        this.names = [.. names.Select(one => one.Select(Encoding.UTF8.GetBytes).ToArray())];
        cells = new (CellKind, int, int)[names.Count];
        Open();
    }

    /// <summary>In a dialect.</summary>
    /// <param name="names">What each wanted column may be called; null: all that come, in the order of their coming.</param>
    /// <param name="sections">Whether rows stand in the lists of one object.</param>
    /// <param name="section">The list whose rows are wanted; null: all.</param>
    /// <param name="bad">Is given what is no row.</param>
    public JsonRecords(Stream stream, string path, FileDialect dialect, IReadOnlyList<IReadOnlyList<string>>? names, bool sections, string? section, BadLineHandler? bad)
    {
        (this.stream, this.path, this.sections, this.bad) = (stream, path, sections, bad);
        (discovers, wanted, lines) = (names is null, section, dialect.Format == FileFormat.Ndjson);
        this.names = names is null ? [] : [.. names.Select(one => one.Select(Encoding.UTF8.GetBytes).ToArray())];
        cells = new (CellKind, int, int)[this.names.Count];
        Open();
    }

    /// <summary>The list that the row stands in, where lists are an entity each.</summary>
    public string Section { get; private set; } = "";

    /// <summary>Names that are known so far.</summary>
    public IReadOnlyList<byte[][]> Names => names;

    /// <summary>Bytes read so far.</summary>
    public long Position { get; private set; }

    private void Open()
    {
        Fill();
        if (buffer.AsSpan(0, end).StartsWith("\uFEFF"u8))
            start = 3;
    }

    public override bool Next()
    {
        while (true)
        {
            try
            {
                return NextRow();
            }
            catch (JsonException failure)
            {
                if (bad is null)
                    throw Broken(path, Line + passedLines + (failure.LineNumber ?? 0), "this is not JSON");
                if (!PassLine(lines ? "it is not JSON" : "it is not JSON, and what follows cannot be read"))
                    return false;
            }
        }
    }

    private bool NextRow()
    {
        while (true)
        {
            var reader = new Utf8JsonReader(buffer.AsSpan(start, end - start), ended, state);
            if (!reader.Read())
            {
                Pass(ref reader);
                if (!Fill())
                    return false;
                continue;
            }

            if (!lines && reader.TokenType is JsonTokenType.StartArray or JsonTokenType.EndArray && reader.CurrentDepth == (sections ? 1 : 0))
            {
                Pass(ref reader);
                continue;
            }

            if (sections && reader.CurrentDepth < 2 && PassOutside(ref reader))
                continue;
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                if (bad is null)
                    throw Broken(path, LineAt((int)reader.TokenStartIndex), "a row must be an object in braces");
                if (!reader.TrySkip())
                {
                    if (!Fill())
                        throw new JsonException();
                    continue;
                }

                var other = buffer.AsSpan(start + (int)reader.TokenStartIndex, (int)(reader.BytesConsumed - reader.TokenStartIndex));
                bad(new(LineAt((int)reader.TokenStartIndex), "it is no object in braces", BadLine.ShapeOf(other)), other);
                Pass(ref reader);
                continue;
            }

            var from = (int)reader.TokenStartIndex;
            if (!reader.TrySkip())
            {
                if (Fill())
                    continue;
                if (bad is null)
                    throw Broken(path, Line, "an object is opened and not closed");
                throw new JsonException();
            }

            var (first, size) = (start + from, (int)reader.BytesConsumed - from);
            Line += passedLines + buffer.AsSpan(start, from).Count((byte)'\n');
            passedLines = buffer.AsSpan(first, size).Count((byte)'\n');
            (start, state) = (start + (int)reader.BytesConsumed, reader.CurrentState);
            if (wanted is not null && wanted != Section)
                continue;
            var row = buffer.AsSpan(first, size);
            if (bad is not null && (!Utf8.IsValid(row) || row.IndexOf("\\u0000"u8) >= 0))
            {
                bad(new(Line, Utf8.IsValid(row) ? "it holds the character NUL" : "its characters are not UTF-8", BadLine.ShapeOf(row)), row);
                continue;
            }

            Read(first, size);
            return true;
        }
    }

    /// <summary>What stands outside of the lists of a file with sections.</summary>
    private bool PassOutside(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.StartObject && reader.CurrentDepth == 1 && !reader.TrySkip())
        {
            if (!Fill())
                throw new JsonException();
            return true;
        }

        if (reader.TokenType == JsonTokenType.PropertyName)
            Section = reader.GetString()!;
        Pass(ref reader);
        return true;
    }

    /// <summary>Keeps the line aside at which the row under way begins; false where nothing can be read behind it.</summary>
    private bool PassLine(string why)
    {
        while (start < end && buffer[start] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
            passedLines += buffer[start++] == '\n' ? 1 : 0;
        int size;
        while ((size = buffer.AsSpan(start, end - start).IndexOf((byte)'\n')) < 0 && lines && Fill())
        {
        }

        (Line, passedLines) = (Line + passedLines, 0);
        if (size < 0)
            size = end - start;
        var text = buffer.AsSpan(start, size);
        bad!(new(Line, why, BadLine.ShapeOf(text)), text);
        start += size;
        state = new(Options);
        return lines;
    }

    public override CellKind Get(int column, out ReadOnlySpan<byte> text)
    {
        var (kind, from, length) = cells[column];
        text = buffer.AsSpan(from, length);
        if (kind != CellKind.Text || text.IndexOf((byte)'\\') < 0)
            return kind;
        var reader = new Utf8JsonReader(buffer.AsSpan(from - 1, length + 2));
        reader.Read();
        if (plain.Length < length)
            plain = new byte[length];
        try
        {
            text = plain.AsSpan(0, reader.CopyString(plain));
        }
        catch (InvalidOperationException)
        {
            return CellKind.Broken;
        }

        return kind;
    }

    public override void Dispose() => stream.Dispose();

    private void Read(int from, int length)
    {
        Array.Clear(cells);
        expected = 0;
        var reader = new Utf8JsonReader(buffer.AsSpan(from, length));
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var column = Find(ref reader);
            if (column < 0 && discovers)
            {
                column = names.Count;
                names.Add([Encoding.UTF8.GetBytes(reader.GetString()!)]);
                Array.Resize(ref cells, names.Count);
            }

            reader.Read();
            var (kind, first) = (Kind(reader.TokenType), (int)reader.TokenStartIndex);
            reader.Skip();
            if (column < 0)
                continue;
            var size = (int)reader.BytesConsumed - first;
            cells[column] = kind == CellKind.Text ? (kind, from + first + 1, size - 2) : (kind, from + first, size);
        }
    }

    private int Find(ref Utf8JsonReader reader)
    {
        // Rows mostly have their fields in the same order.
        for (var i = 0; i < names.Count; i++)
        {
            var place = expected + i < names.Count ? expected + i : expected + i - names.Count;
            foreach (var name in names[place])
            {
                if (reader.ValueTextEquals(name))
                {
                    expected = place + 1;
                    return place;
                }
            }
        }

        return -1;
    }

    private static CellKind Kind(JsonTokenType token) => token switch
    {
        JsonTokenType.String => CellKind.Text,
        JsonTokenType.Number => CellKind.Number,
        JsonTokenType.True or JsonTokenType.False => CellKind.Boolean,
        JsonTokenType.StartArray or JsonTokenType.StartObject => CellKind.Composite,
        _ => CellKind.Null,
    };

    private void Pass(ref Utf8JsonReader reader)
    {
        var passed = (int)reader.BytesConsumed;
        Line += passedLines + buffer.AsSpan(start, passed).Count((byte)'\n');
        passedLines = 0;
        (start, state) = (start + passed, reader.CurrentState);
    }

    private long LineAt(int offset) => Line + passedLines + buffer.AsSpan(start, offset).Count((byte)'\n');

    private bool Fill()
    {
        if (ended)
            return false;
        buffer.AsSpan(start, end - start).CopyTo(buffer);
        (start, end) = (0, end - start);
        if (end == buffer.Length)
        {
            if (buffer.Length >= LongestRow)
                throw Broken(path, Line, "a row is longer than 64 MB");
            Array.Resize(ref buffer, buffer.Length * 2);
        }

        var read = stream.Read(buffer, end, buffer.Length - end);
        end += read;
        Position += read;
        ended = read == 0;
        return true;
    }
}
