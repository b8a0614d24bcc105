using System.Text.Json;

namespace TdmPortal.Core.Import.JsonSchemas;

/// <summary>A schema inside of the document.</summary>
/// <param name="Element">An object, or true or false.</param>
/// <param name="Pointer">Where, as RFC 6901 writes it; empty for the whole.</param>
internal readonly record struct SchemaPart(JsonElement Element, string Pointer)
{
    public SchemaPart At(JsonElement element, string name) => new(element, $"{Pointer}/{name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}");

    public SchemaPart At(JsonElement element, string keyword, int index) => new(element, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Pointer}/{keyword}/{index}"));

    /// <summary>The value of a keyword; nothing where the schema is true or false.</summary>
    public JsonElement? Get(string keyword) => Element.ValueKind == JsonValueKind.Object && Element.TryGetProperty(keyword, out var value) ? value : null;

    /// <summary>The last step of the pointer, as it is.</summary>
    public string Name => Pointer[(Pointer.LastIndexOf('/') + 1)..].Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
}
