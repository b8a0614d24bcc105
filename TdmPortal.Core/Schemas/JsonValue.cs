using System.Collections;
using System.Text.Json;

namespace TdmPortal.Core.Schemas;

/// <summary>Texts, numbers, truth values, lists and objects as JSON, without reflection: machine code that was compiled ahead of time has none of it for types that it does not know.</summary>
internal static class JsonValue
{
    /// <param name="value">A text, number or truth value, a dictionary by texts, or a list of any of these.</param>
    public static JsonElement Of(object value)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
            Write(json, value);
        using var document = JsonDocument.Parse(stream.GetBuffer().AsMemory(0, (int)stream.Length));
        return document.RootElement.Clone();
    }

    private static void Write(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null:
                json.WriteNullValue();
                break;
            case string text:
                json.WriteStringValue(text);
                break;
            case bool truth:
                json.WriteBooleanValue(truth);
                break;
            case int number:
                json.WriteNumberValue(number);
                break;
            case long number:
                json.WriteNumberValue(number);
                break;
            case double number:
                json.WriteNumberValue(number);
                break;
            case decimal number:
                json.WriteNumberValue(number);
                break;
            case JsonElement element:
                element.WriteTo(json);
                break;
            case IDictionary values:
                json.WriteStartObject();
                foreach (DictionaryEntry one in values)
                {
                    json.WritePropertyName((string)one.Key);
                    Write(json, one.Value);
                }

                json.WriteEndObject();
                break;
            case IEnumerable values:
                json.WriteStartArray();
                foreach (var one in values)
                    Write(json, one);
                json.WriteEndArray();
                break;
            default:
                throw new ArgumentException($"{value.GetType()} is no value of JSON that a schema holds.", nameof(value));
        }
    }
}
