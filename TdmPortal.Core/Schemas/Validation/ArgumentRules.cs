using System.Globalization;
using System.Text.Json;
using TdmPortal.Core.Expressions;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Generators;

namespace TdmPortal.Core.Schemas.Validation;

/// <summary>A generator's arguments against its definition.</summary>
internal static class ArgumentRules
{
    public static void Check(ValidationContext context, int entity, int index, GeneratorDefinition generator)
    {
        var field = context.Document.Entities[entity].Fields[index];
        var place = new Place(context, entity, index, field, generator);
        foreach (var (name, value) in field.Args)
        {
            var argument = Find(generator, name);
            if (argument is null)
            {
                var nearest = NearestName.Find(name, generator.Arguments.Select(known => known.Name));
                var known = generator.Arguments.Count == 0 ? "It takes none." : $"It takes {string.Join(", ", generator.Arguments.Select(one => one.Name))}.";
                place.Error(name, $"{generator.Name} has no argument {ValidationContext.Shown(name)}. {known}", nearest is null ? "Remove it" : $"Write {nearest}");
            }
            else
            {
                CheckValue(place, argument, value);
            }
        }

        foreach (var argument in generator.Arguments)
        {
            if (argument.Required && field.Args[argument.Name] is null)
                place.Error(argument.Name, $"{generator.Name} needs {argument.Name}: {argument.Summary}", $"Set {argument.Name}");
        }

        if (generator.Name == "choice" && field.Args["values"] is null && field.Args["by"] is null)
            place.Error("values", "choice needs values to choose from.", "List the values");
        if (field.Args["by"] is not null && field.Args["cases"] is null && Find(generator, "cases") is not null)
            place.Error("cases", $"{generator.Name} needs cases: the values for each value of \"by\".", "Add cases");
        CheckPairs(place);
    }

    private static ArgumentDefinition? Find(GeneratorDefinition generator, string name)
    {
        foreach (var argument in generator.Arguments)
        {
            if (argument.Name == name)
                return argument;
        }

        return null;
    }

    private static void CheckValue(Place place, ArgumentDefinition argument, JsonElement value)
    {
        var name = argument.Name;
        switch (argument.Kind)
        {
            case ArgumentKind.Integer:
                if (value.ValueKind != JsonValueKind.Number || !value.TryGetDecimal(out var whole) || !decimal.IsInteger(whole) || whole is < long.MinValue or > long.MaxValue)
                    place.Wrong(name, "a whole number", value);
                else
                    CheckBounds(place, argument, (double)whole);
                break;
            case ArgumentKind.Number:
                if (value.ValueKind != JsonValueKind.Number || !double.IsFinite(value.GetDouble()))
                    place.Wrong(name, "a number", value);
                else
                    CheckBounds(place, argument, value.GetDouble());
                break;
            case ArgumentKind.Boolean when value.ValueKind is not (JsonValueKind.True or JsonValueKind.False):
                place.Wrong(name, "true or false", value);
                break;
            case ArgumentKind.Text or ArgumentKind.Regex when value.ValueKind != JsonValueKind.String:
                place.Wrong(name, "text in quotes", value);
                break;
            case ArgumentKind.Option when value.ValueKind != JsonValueKind.String || !argument.Options.Contains(value.GetString(), StringComparer.Ordinal):
                place.Wrong(name, $"one of {string.Join(", ", argument.Options)}", value);
                break;
            case ArgumentKind.Date when value.ValueKind != JsonValueKind.String || !IsDate(value.GetString()!, place.Field.Type):
                place.Wrong(name, "a date such as \"2026-01-31\", \"2026-01-31T08:30:00Z\" or \"now-2y\"", value);
                break;
            case ArgumentKind.Duration when value.ValueKind != JsonValueKind.String || !TimeText.TryParseDuration(value.GetString(), out _):
                place.Wrong(name, "a length of time such as \"30d\", \"12h\" or \"1d12h\"", value);
                break;
            case ArgumentKind.Expression:
                CheckExpression(place, name, value);
                break;
            case ArgumentKind.Field:
                if (value.ValueKind == JsonValueKind.String)
                    CheckReference(place, name, value.GetString()!);
                else
                    place.Wrong(name, "the name of a field", value);
                break;
            case ArgumentKind.Template:
                if (value.ValueKind == JsonValueKind.String)
                    TemplateRules.Check(place, name, value.GetString()!);
                else
                    place.Wrong(name, "a template in quotes", value);
                break;
            case ArgumentKind.Relationship:
                CheckRelationship(place, name, value);
                break;
            case ArgumentKind.Choices or ArgumentKind.Cases or ArgumentKind.Numbers or ArgumentKind.Map or ArgumentKind.Value:
                ChoiceRules.Check(place, argument, value);
                break;
        }
    }

    private static void CheckBounds(Place place, ArgumentDefinition argument, double value)
    {
        if (value < argument.Min)
            place.Error(argument.Name, string.Create(CultureInfo.InvariantCulture, $"{argument.Name} is {value}; it is at least {argument.Min}."), string.Create(CultureInfo.InvariantCulture, $"Write {argument.Min} or more"));
        else if (value > argument.Max)
            place.Error(argument.Name, string.Create(CultureInfo.InvariantCulture, $"{argument.Name} is {value}; it is at most {argument.Max}."), string.Create(CultureInfo.InvariantCulture, $"Write {argument.Max} or less"));
    }

    private static bool IsDate(string text, FieldType type) =>
        TimeText.TryParseInstant(text, 0, out _) || (type is FieldType.Time or FieldType.String && TimeText.TryParseTime(text, out _));

    private static void CheckExpression(Place place, string name, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            place.Wrong(name, "an expression in quotes", value);
            return;
        }

        var scope = new EntityScope(place.Context.Index, place.Entity);
        var result = CheckedExpression.Assignment(value.GetString()!, scope, ExpressionType.Of(place.Field));
        if (result.Error is { } error)
            place.Context.Report(place.PathOf(name), place.Name, error);
        else
            place.Context.Note(place.Entity, place.Index, result.Expression!);
    }

    /// <summary>A field of the same entity, or <c>parent(relationship).field</c>.</summary>
    public static void CheckReference(Place place, string name, string reference)
    {
        var result = CheckedExpression.Value(reference, new EntityScope(place.Context.Index, place.Entity));
        if (result.Error is { } error)
        {
            place.Context.Report(place.PathOf(name), place.Name, error);
            return;
        }

        if (result.Expression is not (FieldValue or ParentValue))
        {
            place.Error(name, $"{ValidationContext.Shown(reference)} is not the name of a field.", "Write a field of this entity, or parent(relationship).field");
            return;
        }

        if (place.Generator.Name == "date.after" && !result.Expression.Type.IsDay)
            place.Error(name, $"{reference} is {FieldRules.Article(result.Expression.Type.ToString())}, not a date or timestamp.", "Name a date field");
        place.Context.Note(place.Entity, place.Index, result.Expression);
    }

    private static void CheckRelationship(Place place, string name, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            place.Wrong(name, "the name of a relationship", value);
            return;
        }

        var scope = new EntityScope(place.Context.Index, place.Entity);
        var relationship = value.GetString()!;
        if (scope.Parent(relationship) is not null)
            return;
        var nearest = NearestName.Find(relationship, scope.ParentRelationships);
        place.Error(name, $"{ValidationContext.Shown(place.Context.Document.Entities[place.Entity].Name)} has no relationship {ValidationContext.Shown(relationship)} to a parent.",
            nearest is null ? "Name a relationship whose child this entity is" : $"Write {nearest}");
    }

    /// <summary>min with max, minWords with maxWords, from with to: the first may not exceed the second.</summary>
    private static void CheckPairs(Place place)
    {
        foreach (var (name, value) in place.Field.Args)
        {
            var other = name == "from" ? "to" : name.StartsWith("min", StringComparison.Ordinal) ? "max" + name[3..] : null;
            if (other is null || place.Field.Args[other] is not { } upper || Find(place.Generator, name) is not { } argument)
                continue;
            var crossed = argument.Kind switch
            {
                ArgumentKind.Integer or ArgumentKind.Number => value.ValueKind == JsonValueKind.Number && upper.ValueKind == JsonValueKind.Number && value.GetDouble() > upper.GetDouble(),
                ArgumentKind.Duration => Duration(value) > Duration(upper),
                // Relative dates move together, so they compare for any as-of; a relative with an absolute one does not.
                ArgumentKind.Date => IsRelative(value) == IsRelative(upper) && Instant(value) > Instant(upper),
                _ => false,
            };
            if (crossed)
                place.Error(name, $"{name} is {value.GetRawText()}, which is more than {other}, {upper.GetRawText()}.", $"Swap {name} and {other}");
        }
    }

    private static long? Duration(JsonElement value) => value.ValueKind == JsonValueKind.String && TimeText.TryParseDuration(value.GetString(), out var micros) ? micros : null;

    private static bool IsRelative(JsonElement value) => value.ValueKind == JsonValueKind.String && value.GetString()!.StartsWith("now", StringComparison.Ordinal);

    private static long? Instant(JsonElement value) =>
        value.ValueKind == JsonValueKind.String && TimeText.TryParseInstant(value.GetString(), 1_767_225_600_000_000, out var micros) ? micros : null;

    /// <summary>A field whose arguments are checked.</summary>
    internal sealed record Place(ValidationContext Context, int Entity, int Index, FieldDefinition Field, GeneratorDefinition Generator)
    {
        public string Name => Context.NameOf(Entity, Index);

        public string PathOf(string argument) => $"{ValidationContext.PathOf(Entity, Index)}.args.{argument}";

        public void Error(string argument, string message, params ReadOnlySpan<string> actions) =>
            Context.Problems.Error(PathOf(argument), "schema.argument", $"{Name}: {message}", actions);

        public void Wrong(string argument, string wanted, JsonElement found)
        {
            var text = found.GetRawText();
            Error(argument, $"{argument} must be {wanted}, but it is {(text.Length > 60 ? text[..60] + "…" : text)}.", $"Write {wanted}");
        }
    }
}
