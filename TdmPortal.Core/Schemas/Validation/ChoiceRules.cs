using System.Text.Json;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Generators;

namespace TdmPortal.Core.Schemas.Validation;

/// <summary>Arguments that are lists and maps of values: choices, weights, cases, bounds.</summary>
internal static class ChoiceRules
{
    public static void Check(ArgumentRules.Place place, ArgumentDefinition argument, JsonElement value)
    {
        switch (argument.Kind)
        {
            case ArgumentKind.Choices:
                CheckChoices(place, argument.Name, value);
                break;
            case ArgumentKind.Cases when value.ValueKind != JsonValueKind.Object:
                place.Wrong(argument.Name, "an object: for each value its list", value);
                break;
            case ArgumentKind.Cases:
                foreach (var one in value.EnumerateObject())
                    CheckChoices(place, $"{argument.Name}.{one.Name}", one.Value);
                break;
            case ArgumentKind.Numbers when value.ValueKind != JsonValueKind.Array || value.EnumerateArray().Any(number => number.ValueKind != JsonValueKind.Number):
                place.Wrong(argument.Name, "a list of numbers", value);
                break;
            case ArgumentKind.Map when value.ValueKind != JsonValueKind.Object:
                place.Wrong(argument.Name, "an object: names with values", value);
                break;
            case ArgumentKind.Map when place.Generator.Name == "states":
                foreach (var state in value.EnumerateObject())
                {
                    if (state.Value.ValueKind == JsonValueKind.String)
                        ArgumentRules.CheckReference(place, $"{argument.Name}.{state.Name}", state.Value.GetString()!);
                    else
                        place.Wrong($"{argument.Name}.{state.Name}", "the name of a date field", state.Value);
                }

                break;
            case ArgumentKind.Value:
                CheckTexts(place, argument.Name, [value.ValueKind == JsonValueKind.Null ? null : Literals.Text(value)]);
                break;
        }
    }

    private static void CheckChoices(ArgumentRules.Place place, string name, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Array)
        {
            if (value.GetArrayLength() == 0)
                place.Error(name, $"{name} is empty; there is nothing to choose from.", "Add a value");
            else
                CheckTexts(place, name, [.. value.EnumerateArray().Select(item => item.ValueKind == JsonValueKind.Null ? null : Literals.Text(item))]);
        }
        else if (value.ValueKind == JsonValueKind.Object)
        {
            CheckWeights(place, name, value);
        }
        else
        {
            place.Wrong(name, "a list of values, or an object of values with weights", value);
        }
    }

    private static void CheckWeights(ArgumentRules.Place place, string name, JsonElement value)
    {
        var total = 0.0;
        var texts = new List<string?>();
        foreach (var (text, weight) in value.EnumerateObject().Select(one => (one.Name, one.Value)))
        {
            texts.Add(text);
            if (weight.ValueKind != JsonValueKind.Number || !(weight.GetDouble() >= 0) || double.IsInfinity(weight.GetDouble()))
                place.Wrong($"{name}.{text}", "a weight: a number that is 0 or more", weight);
            else
                total += weight.GetDouble();
        }

        if (texts.Count == 0)
            place.Error(name, $"{name} is empty; there is nothing to choose from.", "Add a value");
        else if (total == 0 && !value.EnumerateObject().Any(one => one.Value.ValueKind != JsonValueKind.Number))
            place.Error(name, "All weights are 0, so nothing can be chosen.", "Give a value a weight above 0");
        CheckTexts(place, name, texts);
    }

    private static void CheckTexts(ArgumentRules.Place place, string name, IReadOnlyList<string?> texts)
    {
        var field = place.Field;
        if (field.Type == FieldType.String)
        {
            if (field.MaxLength is { } most && texts.FirstOrDefault(text => Length(text) > most) is { } tooLong)
                place.Error(name, $"{ValidationContext.Shown(tooLong)} is longer than the field's maxLength, {most}.", "Shorten it", "Raise maxLength");
            return;
        }

        var precision = Math.Clamp(field.Precision ?? 18, 1, 38);
        if (Literals.ToColumn(texts, field.Type, precision, Math.Clamp(field.Scale ?? 2, 0, precision), 0, out var bad) is null)
            place.Error(name, $"{ValidationContext.Shown(bad!)} is not {FieldRules.Article(FieldTypeNames.Of(field.Type))}, which the field holds.", "Correct the value", "Change the field's type");
    }

    private static int Length(string? text) => text?.EnumerateRunes().Count() ?? 0;
}
