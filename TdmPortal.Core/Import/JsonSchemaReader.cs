using System.Text.Json;
using TdmPortal.Core.Import.JsonSchemas;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Import;

/// <summary>
/// Reads a JSON Schema (drafts 4 to 2020-12) or the schemas of an OpenAPI document as the tables that hold such values:
/// an object is a table, an object inside of it columns of it, a list of objects a table that points to it. What then
/// fills them is <see cref="StructureImport"/>'s to say.
/// </summary>
public static class JsonSchemaReader
{
    /// <summary>Largest document, in bytes.</summary>
    public const int MaxBytes = 20 * 1024 * 1024;

    /// <summary>Deepest nesting of braces and brackets.</summary>
    public const int MaxDepth = 100;

    /// <param name="utf8">The document.</param>
    /// <param name="name">What the table of the outermost object is called where the schema has no title.</param>
    /// <returns>Tables without a schema; of a column the name is the path of its value, <c>address.city</c>. Keys that the JSON has not begin with an underscore.</returns>
    /// <exception cref="JsonSchemaException">It is no JSON, no JSON Schema, or describes no objects.</exception>
    public static DatabaseStructure Read(ReadOnlyMemory<byte> utf8, string name)
    {
        var report = new SchemaReport();
        if (utf8.Length > MaxBytes)
            throw report.Stop("", "import.json_schema_too_large", $"The document has {utf8.Length / (1024 * 1024)} MB, which is over the limit of {MaxBytes / (1024 * 1024)} MB.", "Import a part of it");
        if (utf8.Span.StartsWith("\uFEFF"u8))
            utf8 = utf8[3..];
        JsonDocument json;
        try
        {
            json = JsonDocument.Parse(utf8, new JsonDocumentOptions { MaxDepth = MaxDepth });
        }
        catch (JsonException exception)
        {
            throw report.Stop("", "import.json_schema_not_json", SchemaReader.Describe(exception, utf8.Span), IsYaml(utf8.Span) ? "Turn YAML into JSON first" : "Check the brackets, quotes and commas there");
        }

        using (json)
        {
            if (json.RootElement.ValueKind != JsonValueKind.Object)
                throw report.Stop("", "import.json_schema_invalid", "A JSON Schema is an object in braces.", "Import rows as a JSON file, not as a JSON Schema");
            return new TableMaker(new ShapeGraph(new SchemaResources(json.RootElement), report), report, name).Make();
        }
    }

    /// <summary>The first line with something on it is <c>name: value</c>.</summary>
    private static bool IsYaml(ReadOnlySpan<byte> utf8)
    {
        var text = utf8.TrimStart(" \t\r\n"u8);
        var end = text.IndexOf((byte)'\n');
        var line = end < 0 ? text : text[..end];
        return line.StartsWith("---"u8) || (line.Contains((byte)':') && !line.IsEmpty && char.IsAsciiLetter((char)line[0]));
    }
}
