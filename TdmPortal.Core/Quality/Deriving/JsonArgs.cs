using System.Text.Encodings.Web;
using System.Text.Json;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Quality.Deriving;

/// <summary>Arguments from JSON texts.</summary>
internal static class JsonArgs
{
    public static ArgumentValues Of(params (string Name, string Json)[] pairs) => new(pairs.Select(pair => KeyValuePair.Create(pair.Name, Parse(pair.Json))));

    public static string Text(string text) => $"\"{JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text)}\"";

    public static string List(IEnumerable<string> texts) => $"[{string.Join(", ", texts.Select(Text))}]";

    private static JsonElement Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }
}
