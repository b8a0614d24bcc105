using System.Text.Json;
using System.Text.Json.Serialization;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Data;

/// <summary>How small documents are kept in json columns.</summary>
internal static class StoredJson
{
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase), new ArgumentValuesConverter() } };

    public static T Read<T>(string json) => JsonSerializer.Deserialize<T>(json, Options) ?? throw new JsonException($"A stored {typeof(T).Name} is null.");

    public static string Write<T>(T value) => JsonSerializer.Serialize(value, Options);

    /// <summary>Arguments as in a schema document: an object in the author's order.</summary>
    private sealed class ArgumentValuesConverter : JsonConverter<ArgumentValues>
    {
        public override ArgumentValues Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            using var document = JsonDocument.ParseValue(ref reader);
            return new(document.RootElement.EnumerateObject().Select(argument => KeyValuePair.Create(argument.Name, argument.Value.Clone())));
        }

        public override void Write(Utf8JsonWriter writer, ArgumentValues value, JsonSerializerOptions options)
        {
            writer.WriteStartObject();
            foreach (var (name, argument) in value)
            {
                writer.WritePropertyName(name);
                argument.WriteTo(writer);
            }

            writer.WriteEndObject();
        }
    }
}
