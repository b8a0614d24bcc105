using System.Text;
using System.Text.Json.Nodes;
using TdmPortal.Core.Generators.Patterns;

namespace TdmPortal.Core.Import.JsonSchemas;

/// <summary>A small value that keeps to a schema, for what becomes a column of JSON: tuples, mixed lists, objects too deep to be columns.</summary>
internal sealed class SampleInstance(ShapeReader reader)
{
    private const int Deepest = 12;
    private const int MostItems = 20;

    /// <summary>Null where none is known.</summary>
    public JsonNode? Of(IReadOnlyList<SchemaPart> parts, int depth = 0)
    {
        var shape = reader.Read(parts);
        if (depth > Deepest || shape.IsImpossible)
            return null;
        if (shape.Values is { } values)
            return values.Count == 0 ? null : JsonNode.Parse(values[0].GetRawText());
        return shape.Kind switch
        {
            JsonKinds.Boolean => JsonValue.Create(true),
            JsonKinds.Integer or JsonKinds.Number => Number(shape),
            JsonKinds.String => Text(shape),
            JsonKinds.Array => List(shape, depth),
            _ => Object(shape, depth),
        };
    }

    private static JsonValue Number(SchemaShape shape)
    {
        var step = shape.Step ?? (shape.Kind == JsonKinds.Integer || shape.Max is null || shape.Min is null || shape.Max - shape.Min > 2 ? 1 : 0.001m);
        var number = shape.Min is { } min ? Math.Ceiling(min / step) * step : shape.Max is { } max ? Math.Min(0, Math.Floor(max / step) * step) : 0;
        if ((number == shape.Min && shape.MinIsOpen) || (number == shape.Max && shape.MaxIsOpen))
            number += shape.Min is null ? -step : step;
        return JsonValue.Create(number / 1.0000000000000000000000000000m);
    }

    private static JsonNode? Text(SchemaShape shape)
    {
        if (shape.Format is { } format && StringFormats.Of(format) is { } known)
            return JsonValue.Create(known.Example);
        if (shape.Patterns.Count == 0)
            return JsonValue.Create(new string('a', Math.Clamp(shape.MinLength, 0, 1000)));
        if (shape.Patterns.Count > 1 || Checks.ServerPatterns.OfRegex(shape.Patterns[0]) is not { } pattern)
            return null;
        try
        {
            var space = PatternSpace.Create(pattern).Within(shape.MaxLength ?? int.MaxValue);
            if (space is null || space.Count == 0)
                return null;
            var text = new byte[space.MaxBytes];
            return JsonValue.Create(Encoding.UTF8.GetString(text.AsSpan(0, space.WriteRanked(space.Count / 2, text))));
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private JsonArray? List(SchemaShape shape, int depth)
    {
        var list = new JsonArray();
        var count = Math.Max(Math.Min(shape.MinItems, MostItems), shape.IsTuple ? Math.Min(shape.Places.Count, shape.MaxItems ?? int.MaxValue) : 0);
        for (var i = 0; i < count; i++)
        {
            var parts = i < shape.Places.Count ? [shape.Places[i]] : shape.Items;
            if (Of(parts, depth + 1) is not { } item)
                return null;
            list.Add(item);
        }

        return shape.MinItems > MostItems || (shape.ItemsDiffer && list.DistinctBy(item => item?.ToJsonString(), StringComparer.Ordinal).Count() < list.Count) ? null : list;
    }

    private JsonObject? Object(SchemaShape shape, int depth)
    {
        var made = new JsonObject();
        foreach (var member in shape.PropertyOrder.Where(member => shape.Required.Contains(member) || (shape.MinProperties > 0 && depth < 2)))
        {
            if (Of(shape.Properties[member], depth + 1) is { } value)
                made.Add(member, value);
            else if (shape.Required.Contains(member) && !reader.Read(shape.Properties[member]).CanBeNull)
                return null;
            else if (shape.Required.Contains(member))
                made.Add(member, null);
        }

        foreach (var member in shape.Required.Where(member => !made.ContainsKey(member)))
            made.Add(member, "text");
        return made;
    }
}
