using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace TdmPortal.Core.Schemas;

/// <summary>Reads the JSON form of a schema document, collecting every problem instead of stopping at the first.</summary>
public static class SchemaReader
{
    /// <summary>Largest file that is read, in bytes.</summary>
    public const int MaxBytes = 20 * 1024 * 1024;

    /// <summary>Deepest nesting of objects and lists that is read; a schema itself needs six, arguments a few more.</summary>
    private const int MaxDepth = 64;

    /// <summary>Reads UTF-8 (a byte order mark is allowed). Never throws for bad input.</summary>
    public static SchemaReadResult Read(ReadOnlyMemory<byte> utf8)
    {
        if (utf8.Length > MaxBytes)
            return TooLarge(utf8.Length);
        if (utf8.Span.StartsWith("\uFEFF"u8))
            utf8 = utf8[3..];

        var problems = new ProblemList();
        if (FindTextFault(utf8.Span) is { } fault)
        {
            problems.Error("", "schema.not_json", $"{Place(utf8.Span, fault.Offset)}: {fault.Reason}");
            return new(null, problems.ToList());
        }

        JsonDocument json;
        try
        {
            json = JsonDocument.Parse(utf8, new JsonDocumentOptions { MaxDepth = MaxDepth });
        }
        catch (JsonException exception)
        {
            problems.Error("", "schema.not_json", Describe(exception, utf8.Span), "Check the brackets, quotes and commas there");
            return new(null, problems.ToList());
        }

        using (json)
        {
            if (json.RootElement.ValueKind != JsonValueKind.Object)
            {
                JsonPart.Wrong("", "an object in braces: a schema document", json.RootElement, problems);
                return new(null, problems.ToList());
            }

            var document = DocumentParts.Document(json.RootElement, problems);
            return new(document, problems.ToList());
        }
    }

    /// <summary>
    /// Reads and validates: the problems of form, then those of <see cref="SchemaValidator"/> at places whose form is
    /// right, so that no mistake is told twice.
    /// </summary>
    public static SchemaReadResult ReadAndValidate(ReadOnlyMemory<byte> utf8)
    {
        var read = Read(utf8);
        if (read.Document is null)
            return read;
        var validated = SchemaValidator.Validate(read.Document);
        if (read.Problems.Count == 0)
            return read with { Problems = validated };
        var told = read.Problems.Select(problem => problem.Path).ToHashSet(StringComparer.Ordinal);
        return read with { Problems = [.. read.Problems, .. validated.Where(problem => !told.Contains(problem.Path))] };
    }

    /// <summary>The same, from a stream of unknown length, without ever holding more than the limit.</summary>
    public static async Task<SchemaReadResult> ReadAndValidateAsync(Stream stream, CancellationToken cancellation)
    {
        using var buffer = new MemoryStream();
        var chunk = new byte[64 * 1024];
        int count;
        while ((count = await stream.ReadAsync(chunk, cancellation)) > 0)
        {
            if (buffer.Length + count > MaxBytes)
                return TooLarge(null);
            buffer.Write(chunk, 0, count);
        }

        return ReadAndValidate(buffer.GetBuffer().AsMemory(0, (int)buffer.Length));
    }

    private static SchemaReadResult TooLarge(int? length) => new(null,
    [
        new("", "schema.too_large", string.Create(CultureInfo.InvariantCulture,
            $"The file is {(length is null ? "larger than" : $"{length / 1048576.0:0.#} MB, which is over")} the limit of {MaxBytes / 1048576} MB."))
        {
            SuggestedActions = ["Split the schema", "Check that it is the schema and not its data"],
        },
    ]);

    /// <summary>What a JSON parser lets pass in strings but no text can hold: bytes that are no UTF-8, half surrogates, NUL.</summary>
    private static (int Offset, string Reason)? FindTextFault(ReadOnlySpan<byte> utf8)
    {
        if (!Utf8.IsValid(utf8))
            return (FirstInvalid(utf8), "The file is not UTF-8 text.");
        if (utf8.IndexOf("\\u"u8) < 0)
            return null;
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = MaxDepth });
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType is not (JsonTokenType.String or JsonTokenType.PropertyName) || !reader.ValueIsEscaped)
                    continue;
                string text;
                try
                {
                    text = reader.GetString()!;
                }
                catch (InvalidOperationException)
                {
                    return ((int)reader.TokenStartIndex, "The text holds one half of a surrogate pair (\\ud800 to \\udfff), which is no character.");
                }

                if (text.Contains('\0', StringComparison.Ordinal))
                    return ((int)reader.TokenStartIndex, "The text holds the character NUL (\\u0000), which a database cannot store.");
            }
        }
        catch (JsonException)
        {
            // The parser proper reports it.
        }

        return null;
    }

    private static int FirstInvalid(ReadOnlySpan<byte> utf8)
    {
        var offset = 0;
        while (Rune.DecodeFromUtf8(utf8[offset..], out _, out var length) == System.Buffers.OperationStatus.Done)
            offset += length;
        return offset;
    }

    /// <summary>Line, column and what is wrong there.</summary>
    internal static string Describe(JsonException exception, ReadOnlySpan<byte> utf8)
    {
        var offset = 0;
        for (long line = exception.LineNumber ?? 0; line > 0; line--)
            offset += utf8[offset..].IndexOf((byte)'\n') + 1;
        offset = (int)Math.Min(utf8.Length, offset + (exception.BytePositionInLine ?? 0));
        var reason = exception.Message;
        var tail = reason.IndexOf(" LineNumber:", StringComparison.Ordinal);
        if (tail >= 0)
            reason = reason[..tail];
        if (utf8.IsEmpty)
            reason = "The file is empty.";
        return $"{Place(utf8, offset)}: This is not JSON. {reason}";
    }

    private static string Place(ReadOnlySpan<byte> utf8, int offset)
    {
        var before = utf8[..offset];
        var line = before.Count((byte)'\n') + 1;
        var column = Encoding.UTF8.GetCharCount(before[(before.LastIndexOf((byte)'\n') + 1)..]) + 1;
        return string.Create(CultureInfo.InvariantCulture, $"line {line}, column {column}");
    }
}
