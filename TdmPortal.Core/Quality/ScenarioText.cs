using System.Buffers;
using System.Text;
using System.Text.Json;

namespace TdmPortal.Core.Quality;

/// <summary>A scenario that is to be made, as one line of JSON: for command lines.</summary>
public static class ScenarioText
{
    /// <summary><c>{"name":"…","entity":"…","condition":"…","atLeast":20}</c></summary>
    public static string Write(Scenario scenario)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("name", scenario.Name);
            json.WriteString("entity", scenario.Entity);
            json.WriteString("condition", scenario.Condition);
            json.WriteNumber("atLeast", scenario.AtLeast);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>Null where the text is none; <c>atLeast</c> may be left out.</summary>
    public static Scenario? Read(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            var root = json.RootElement;
            var atLeast = root.TryGetProperty("atLeast", out var count) ? count.GetInt64() : 1;
            return root.GetProperty("name").GetString() is { Length: > 0 } name && root.GetProperty("entity").GetString() is { } entity && root.GetProperty("condition").GetString() is { } condition && atLeast is > 0 and <= 1_000_000
                ? new Scenario { Name = name, Entity = entity, Condition = condition, AtLeast = atLeast, Make = true } : null;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            return null;
        }
    }
}
