using System.Text.Json;
using System.Text.Json.Serialization;

namespace TdmPortal.Data;

/// <summary>How small documents are kept in json columns.</summary>
internal static class StoredJson
{
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };

    public static T Read<T>(string json) => JsonSerializer.Deserialize<T>(json, Options) ?? throw new JsonException($"A stored {typeof(T).Name} is null.");

    public static string Write<T>(T value) => JsonSerializer.Serialize(value, Options);
}
