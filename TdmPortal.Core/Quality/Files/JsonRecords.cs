using System.Text;
using System.Text.Json;

namespace TdmPortal.Core.Quality.Files;

/// <summary>Objects of a JSON array, or one after another (NDJSON); one is held at a time.</summary>
internal sealed class JsonRecords : FileRecords
{
    private const int LongestRow = 64 * 1024 * 1024;

    private static readonly JsonReaderOptions Options = new() { AllowMultipleValues = true, MaxDepth = 64 };

    private readonly Stream stream;
    private readonly string path;
    private readonly byte[][][] names;
    private readonly (CellKind Kind, int Start, int Length)[] cells;
    private JsonReaderState state = new(Options);
    private byte[] buffer = new byte[64 * 1024];
    private byte[] plain = [];
    private int start;
    private int end;
    private bool ended;
    private int passedLines;

    public JsonRecords(Stream stream, string path, IReadOnlyList<IReadOnlyList<string>> names)
    {
        (this.stream, this.path) = (stream, path);
        this.names = [.. names.Select(one => one.Select(Encoding.UTF8.GetBytes).ToArray())];
        cells = new (CellKind, int, int)[names.Count];
        Fill();
        if (buffer.AsSpan(0, end).StartsWith("\uFEFF"u8))
            start = 3;
    }

    public override bool Next()
    {
        try
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

                if (reader.TokenType is JsonTokenType.StartArray or JsonTokenType.EndArray && reader.CurrentDepth == 0)
                {
                    Pass(ref reader);
                    continue;
                }

                if (reader.TokenType != JsonTokenType.StartObject)
                    throw Broken(path, LineAt((int)reader.TokenStartIndex), "a row must be an object in braces");
                var from = (int)reader.TokenStartIndex;
                if (!reader.TrySkip())
                {
                    if (!Fill())
                        throw Broken(path, Line, "an object is opened and not closed");
                    continue;
                }

                Line += passedLines + buffer.AsSpan(start, from).Count((byte)'\n');
                Read(start + from, (int)reader.BytesConsumed - from);
                passedLines = buffer.AsSpan(start + from, (int)reader.BytesConsumed - from).Count((byte)'\n');
                (start, state) = (start + (int)reader.BytesConsumed, reader.CurrentState);
                return true;
            }
        }
        catch (JsonException failure)
        {
            throw Broken(path, Line + passedLines + (failure.LineNumber ?? 0), "this is not JSON");
        }
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
        var reader = new Utf8JsonReader(buffer.AsSpan(from, length));
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var column = Find(ref reader);
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
        for (var i = 0; i < names.Length; i++)
        {
            foreach (var name in names[i])
            {
                if (reader.ValueTextEquals(name))
                    return i;
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
        ended = read == 0;
        return true;
    }
}
