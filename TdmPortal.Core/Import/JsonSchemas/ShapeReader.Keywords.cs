using System.Globalization;
using System.Text.Json;

namespace TdmPortal.Core.Import.JsonSchemas;

/// <summary>Keyword by keyword.</summary>
internal sealed partial class ShapeReader
{
    private void Keyword(SchemaShape shape, SchemaPart part, string keyword, JsonElement value, HashSet<string> path, bool hasType)
    {
        switch (keyword)
        {
            case "title":
                shape.Title ??= Text(part, keyword, value);
                break;
            case "description":
                shape.Description ??= Text(part, keyword, value);
                break;
            case "type":
                Type(shape, part, value);
                break;
            case "nullable":
                // Beside a type it is in the type; beside a reference it counts for what is referred to.
                if (value.ValueKind == JsonValueKind.True && !hasType)
                    shape.IsNullable = true;
                break;
            case "enum":
                if (value.ValueKind == JsonValueKind.Array && value.GetArrayLength() > 0)
                    Allow(shape, [.. value.EnumerateArray()], value.EnumerateArray().Any(one => one.ValueKind == JsonValueKind.Null));
                else
                    Wrong(part, keyword, "a list of values, at least one");
                break;
            case "const":
                Allow(shape, [value], value.ValueKind == JsonValueKind.Null);
                break;
            case "allOf":
                if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() == 0)
                    Wrong(part, keyword, "a list of schemas, at least one");
                else
                    Branches(part, keyword, value).ForEach(branch => Merge(shape, branch, path));
                break;
            case "anyOf" or "oneOf":
                Choose(shape, part, keyword, value, path);
                break;
            case "not":
                shape.Not.Add(part.At(value, keyword));
                break;
            case "minimum" or "maximum" or "exclusiveMinimum" or "exclusiveMaximum" or "multipleOf":
                shape.Hinted |= JsonKinds.Number;
                Bound(shape, part, keyword, value);
                break;
            case "minLength" or "maxLength":
                shape.Hinted |= JsonKinds.String;
                if (Count(part, keyword, value) is { } length)
                    (shape.MinLength, shape.MaxLength) = keyword == "minLength" ? (Math.Max(shape.MinLength, length), shape.MaxLength) : (shape.MinLength, Math.Min(shape.MaxLength ?? int.MaxValue, length));
                break;
            case "pattern":
                shape.Hinted |= JsonKinds.String;
                if (Text(part, keyword, value) is { } pattern && !shape.Patterns.Contains(pattern, StringComparer.Ordinal))
                    shape.Patterns.Add(pattern);
                break;
            case "format":
                Format(shape, part, value);
                break;
            case "contentEncoding":
                shape.Hinted |= JsonKinds.String;
                if (value.ValueKind == JsonValueKind.String && value.ValueEquals("base64"))
                    shape.Format ??= "base64";
                else
                    report.Note(part, keyword, "This encoding is not known.");
                break;
            case "items" or "prefixItems":
                shape.Hinted |= JsonKinds.Array;
                Items(shape, part, keyword, value);
                break;
            case "minItems" or "maxItems":
                shape.Hinted |= JsonKinds.Array;
                if (Count(part, keyword, value) is { } items)
                    (shape.MinItems, shape.MaxItems) = keyword == "minItems" ? (Math.Max(shape.MinItems, items), shape.MaxItems) : (shape.MinItems, Math.Min(shape.MaxItems ?? int.MaxValue, items));
                break;
            case "uniqueItems":
                shape.ItemsDiffer |= value.ValueKind == JsonValueKind.True;
                break;
            case "properties":
                shape.Hinted |= JsonKinds.Object;
                if (value.ValueKind != JsonValueKind.Object)
                {
                    Wrong(part, keyword, "an object with a schema for each member");
                    break;
                }

                var properties = part.At(value, keyword);
                foreach (var property in value.EnumerateObject())
                    shape.Add(property.Name, properties.At(property.Value, property.Name));
                break;
            case "required":
                if (value.ValueKind is JsonValueKind.True or JsonValueKind.False)
                    report.Note(part, keyword, "It is a list of members since draft 4.");
                else if (value.ValueKind != JsonValueKind.Array || value.EnumerateArray().Any(one => one.ValueKind != JsonValueKind.String))
                    Wrong(part, keyword, "a list of members' names");
                else
                    shape.Required.UnionWith(value.EnumerateArray().Select(one => one.GetString()!));
                break;
            case "dependentRequired" or "dependencies":
                Dependencies(shape, part, keyword, value);
                break;
            case "minProperties":
                shape.MinProperties = Math.Max(shape.MinProperties, Count(part, keyword, value) ?? 0);
                break;
            case "additionalProperties" or "unevaluatedProperties" or "patternProperties":
                // Nothing is made but the members that are named.
                shape.Hinted |= JsonKinds.Object;
                break;
            case "propertyNames" or "maxProperties" or "additionalItems" or "unevaluatedItems":
                break;
            case "if" or "dependentSchemas" or "contains" or "minContains" or "maxContains":
                report.Note(part, keyword, "Rows are not made to keep to it.");
                break;
            case "then" or "else" or "default" or "example" or "examples" or "deprecated" or "readOnly" or "writeOnly" or "xml" or "externalDocs" or "discriminator" or "contentMediaType" or "contentSchema" or "definitions" or "components" or "id" or "openapi" or "swagger" or "info" or "paths":
                break;
            default:
                if (keyword.StartsWith("x-", StringComparison.OrdinalIgnoreCase))
                    report.Extension(part, keyword, value);
                else if (!keyword.StartsWith('$'))
                    report.Note(part, keyword, $"{keyword} is no keyword that is known.");
                break;
        }
    }

    private string? Text(SchemaPart part, string keyword, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.String)
            return value.GetString();
        Wrong(part, keyword, "a text in quotes");
        return null;
    }

    private int? Count(SchemaPart part, string keyword, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var number) && number >= 0 && number == Math.Floor(number))
            return (int)Math.Min(number, int.MaxValue);
        Wrong(part, keyword, "a whole number, 0 or more");
        return null;
    }

    private void Type(SchemaShape shape, SchemaPart part, JsonElement value)
    {
        var names = value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray()] : new[] { value };
        var kinds = part.Get("nullable") is { ValueKind: JsonValueKind.True } ? JsonKinds.Null : JsonKinds.None;
        foreach (var name in names)
        {
            var kind = name.ValueKind == JsonValueKind.String ? KindOf(name.GetString()!) : JsonKinds.None;
            if (kind == JsonKinds.None)
            {
                Wrong(part, "type", "null, boolean, integer, number, string, array or object, or a list of them");
                return;
            }

            kinds |= kind;
        }

        shape.Kinds &= kinds;
    }

    private static JsonKinds KindOf(string type) => type switch
    {
        "null" => JsonKinds.Null,
        "boolean" => JsonKinds.Boolean,
        "integer" => JsonKinds.Integer,
        "number" => JsonKinds.Number | JsonKinds.Integer,
        "string" => JsonKinds.String,
        "array" => JsonKinds.Array,
        "object" => JsonKinds.Object,
        "any" => JsonKinds.All,
        "file" => JsonKinds.String,
        _ => JsonKinds.None,
    };

    private void Bound(SchemaShape shape, SchemaPart part, string keyword, JsonElement value)
    {
        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False && keyword.StartsWith("exclusive", StringComparison.Ordinal))
            return;
        if (value.ValueKind != JsonValueKind.Number)
        {
            Wrong(part, keyword, "a number");
            return;
        }

        // What is beyond 28 digits bounds nothing that is made.
        if (!value.TryGetDecimal(out var number))
            return;
        // In draft 4 whether a bound is open stands beside it.
        switch (keyword)
        {
            case "minimum":
                shape.AtLeast(number, part.Get("exclusiveMinimum") is { ValueKind: JsonValueKind.True });
                break;
            case "maximum":
                shape.AtMost(number, part.Get("exclusiveMaximum") is { ValueKind: JsonValueKind.True });
                break;
            case "exclusiveMinimum":
                shape.AtLeast(number, isOpen: true);
                break;
            case "exclusiveMaximum":
                shape.AtMost(number, isOpen: true);
                break;
            case "multipleOf" when number <= 0:
                Wrong(part, keyword, "a number greater than 0");
                break;
            case "multipleOf" when shape.Step is null || number % shape.Step == 0:
                shape.Step = number;
                break;
            case "multipleOf" when shape.Step % number != 0:
                report.Note(part, keyword, "Of two multiples the first is kept to.");
                break;
        }
    }

    private void Format(SchemaShape shape, SchemaPart part, JsonElement value)
    {
        if (Text(part, "format", value) is not { } format)
            return;
        if (format is "int32" or "int64" or "float" or "double" or "decimal" or "int16" or "int8" or "uint8" or "uint16" or "uint32")
            shape.Hinted |= JsonKinds.Number;
        else if (StringFormats.Of(format) is not null || format is "binary" or "string")
            shape.Hinted |= JsonKinds.String;
        else
            report.Note(part, "format", "This format is not known, so it says nothing.");
        shape.Format ??= format;
    }

    private void Items(SchemaShape shape, SchemaPart part, string keyword, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            if (keyword == "prefixItems")
                Wrong(part, keyword, "a list of schemas");
            else
                shape.Items.Add(part.At(value, keyword));
            return;
        }

        shape.IsTuple = true;
        shape.Places.AddRange(Branches(part, keyword, value));
    }

    private void Dependencies(SchemaShape shape, SchemaPart part, string keyword, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            Wrong(part, keyword, "an object");
            return;
        }

        foreach (var member in value.EnumerateObject())
        {
            if (member.Value.ValueKind == JsonValueKind.Array && member.Value.EnumerateArray().All(one => one.ValueKind == JsonValueKind.String))
                shape.Rules.Add(new(SchemaRuleKind.Needs, [member.Name, .. member.Value.EnumerateArray().Select(one => one.GetString()!)]));
            else
                report.Note(part, keyword, string.Create(CultureInfo.InvariantCulture, $"Rows are not made to keep to what {member.Name} asks for."));
        }
    }
}
