using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Web.Schemas.Fields;

/// <summary>Between what people type into a form and the JSON that stands in the document.</summary>
public static class ArgumentJson
{
    public static JsonElement Text(string value) => JsonSerializer.SerializeToElement(value);

    public static JsonElement Bool(bool value) => JsonSerializer.SerializeToElement(value);

    /// <summary>A number as typed, decimal places kept; null when it is none.</summary>
    public static JsonElement? Number(string text, bool whole)
    {
        var trimmed = text.Trim();
        if (whole ? !long.TryParse(trimmed, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _) : !decimal.TryParse(trimmed, NumberStyles.Float, CultureInfo.InvariantCulture, out _))
            return null;
        try
        {
            return JsonElement.Parse(trimmed.TrimStart('+'));
        }
        catch (JsonException)
        {
            // ".5" and "007" are numbers to people but not to JSON.
            return JsonSerializer.SerializeToElement(decimal.Parse(trimmed, NumberStyles.Float, CultureInfo.InvariantCulture));
        }
    }

    /// <summary>A value of a field's type: a number or a truth value where the type is one and the text reads as one, else text.</summary>
    public static JsonElement Value(string text, FieldType type) => type switch
    {
        FieldType.Integer => Number(text, true) ?? Text(text),
        FieldType.Decimal or FieldType.Double => Number(text, false) ?? Text(text),
        FieldType.Boolean when bool.TryParse(text, out var truth) => Bool(truth),
        FieldType.Json when TryParse(text) is { } json => json,
        _ => Text(text),
    };

    /// <summary>A value as people read it: text without its quotes.</summary>
    public static string Shown(JsonElement? value) => value switch
    {
        null => "",
        { ValueKind: JsonValueKind.String } text => text.GetString()!,
        { } other => other.GetRawText(),
    };

    /// <summary>A list of values, or the map from value to weight when any has a weight.</summary>
    public static JsonElement Choices(IReadOnlyList<WeightedChoice> choices, FieldType type)
    {
        if (!choices.Any(choice => choice.Weight is not null))
            return JsonSerializer.SerializeToElement(new JsonArray([.. choices.Select(choice => JsonNode.Parse(Value(choice.Value, type).GetRawText()))]));
        var map = new JsonObject();
        foreach (var choice in choices)
            map[choice.Value] = choice.Weight ?? 1m;
        return JsonSerializer.SerializeToElement(map);
    }

    public static IReadOnlyList<WeightedChoice> Choices(JsonElement? value) => value switch
    {
        { ValueKind: JsonValueKind.Array } list => [.. list.EnumerateArray().Select(item => new WeightedChoice(Shown(item), null))],
        { ValueKind: JsonValueKind.Object } map => [.. map.EnumerateObject().Select(item => new WeightedChoice(item.Name, item.Value.ValueKind == JsonValueKind.Number && item.Value.TryGetDecimal(out var weight) ? weight : null))],
        _ => [],
    };

    public static JsonElement? TryParse(string text)
    {
        try
        {
            return JsonElement.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
