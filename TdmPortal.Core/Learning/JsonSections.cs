using System.Text.Json;

namespace TdmPortal.Core.Learning;

/// <summary>Whether a JSON file is one object whose lists of objects are an entity each.</summary>
internal static class JsonSections
{
    private const int LookedAt = 1024 * 1024;

    public static bool Are(Func<Stream> open, FileDialect dialect)
    {
        if (dialect.Format != FileFormat.Json)
            return false;
        var head = new byte[LookedAt];
        int size;
        using (var stream = dialect.Decode(open()))
            size = stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        var from = head.AsSpan(0, size).StartsWith("\uFEFF"u8) ? 3 : 0;
        var reader = new Utf8JsonReader(head.AsSpan(from, size - from), isFinalBlock: false, default);
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                return false;
            while (reader.Read())
            {
                if (reader.CurrentDepth == 1 && reader.TokenType == JsonTokenType.StartArray && reader.Read() && reader.TokenType == JsonTokenType.StartObject)
                    return true;
            }
        }
        catch (JsonException)
        {
            // What follows cannot be read; it will be told as a bad line.
        }

        return false;
    }
}
