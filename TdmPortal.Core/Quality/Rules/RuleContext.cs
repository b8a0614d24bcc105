using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using TdmPortal.Core.Expressions;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Generators;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Quality.Rules;

/// <summary>A rule while it is read: its columns, and its arguments by kind. What is wrong with them is reported at their place.</summary>
internal sealed class RuleContext(SchemaIndex index, QualityRule rule, CheckDefinition check, int entity, IReadOnlyList<int> columns, string path, long asOf, ProblemList problems)
{
    /// <summary>The longest that one text may keep a pattern busy.</summary>
    private static readonly TimeSpan PatternTime = TimeSpan.FromSeconds(1);

    public SchemaIndex Index => index;

    public QualityRule Rule => rule;

    public int EntityIndex => entity;

    public EntityDefinition Entity => index.Document.Entities[entity];

    /// <summary>Places of the rule's columns among the entity's fields.</summary>
    public IReadOnlyList<int> Columns => columns;

    public FieldDefinition Field(int column = 0) => Entity.Fields[columns[column]];

    /// <summary>Microseconds since 1970.</summary>
    public long AsOf => asOf;

    /// <summary>Whether something was wrong.</summary>
    public bool Failed { get; private set; }

    public bool Has(string name) => rule.Args[name] is { ValueKind: not JsonValueKind.Null };

    public void Refuse(string place, string message, params ReadOnlySpan<string> actions)
    {
        Failed = true;
        problems.Error(path.Length == 0 ? place : $"{path}.{place}", "rules.invalid", $"{Shown}: {message}", actions);
    }

    public void RefuseArgument(string name, string message, params ReadOnlySpan<string> actions) => Refuse($"args.{name}", message, actions);

    public double? Number(string name)
    {
        if (Value(name) is not { } value)
            return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && double.IsFinite(number))
            return InBounds(name, number) ? number : null;
        Wrong(name, "a number", value);
        return null;
    }

    public long? Integer(string name)
    {
        if (Value(name) is not { } value)
            return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var number) && decimal.IsInteger(number) && number is >= long.MinValue and <= long.MaxValue)
            return InBounds(name, (double)number) ? (long)number : null;
        Wrong(name, "a whole number", value);
        return null;
    }

    public bool Flag(string name)
    {
        if (Value(name) is not { } value)
            return false;
        if (value.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
            Wrong(name, "true or false", value);
        return value.ValueKind == JsonValueKind.True;
    }

    public string Text(string name)
    {
        if (Value(name) is not { } value)
            return "";
        if (value.ValueKind == JsonValueKind.String)
            return value.GetString()!;
        Wrong(name, "text in quotes", value);
        return "";
    }

    public string Option(string name)
    {
        var text = Text(name);
        var options = Definition(name).Options;
        if (text.Length > 0 && !options.Contains(text, StringComparer.Ordinal))
            RefuseArgument(name, $"{name} is \"{text}\"; it is one of {string.Join(", ", options)}.", NearestName.Find(text, options) is { } near ? $"Write {near}" : "Choose one of them");
        return text;
    }

    /// <summary>Microseconds.</summary>
    public long Duration(string name)
    {
        var text = Text(name);
        if (TimeText.TryParseDuration(text, out var micros) && micros >= 0)
            return micros;
        if (!Failed)
            RefuseArgument(name, $"{name} is \"{text}\"; it is a length of time such as 30d, 12h or 1d12h.", "Write it like 30d");
        return 0;
    }

    public Regex? Pattern(string name)
    {
        var text = Text(name);
        try
        {
            return text.Length == 0 ? null : new(text, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, PatternTime);
        }
        catch (Exception failure) when (failure is ArgumentException or NotSupportedException)
        {
            var reason = failure is RegexParseException parse ? string.Create(CultureInfo.InvariantCulture, $"it is wrong at character {parse.Offset + 1} ({parse.Error})") : "it looks ahead, behind or back, which is not supported since it can take for ever";
            RefuseArgument(name, $"{text} is no regular expression: {reason}.", "Correct the pattern");
            return null;
        }
    }

    /// <summary>One value of a column's type.</summary>
    public Column? Literal(string name, FieldDefinition field) => Value(name) is { } value ? Literals(name, [value], field) : null;

    /// <summary>A list of values of a column's type; a map counts by its keys, as the generator choice has it.</summary>
    public Column? List(string name, FieldDefinition field)
    {
        if (Value(name) is not { } value)
            return null;
        if (value.ValueKind == JsonValueKind.Object)
            return Texts(name, [.. value.EnumerateObject().Select(pair => pair.Name)], field);
        if (value.ValueKind == JsonValueKind.Array && value.GetArrayLength() > 0)
            return Literals(name, [.. value.EnumerateArray()], field);
        Wrong(name, "a list of values that is not empty", value);
        return null;
    }

    public Column? Literals(string name, IReadOnlyList<JsonElement> values, FieldDefinition field)
    {
        var bad = values.FirstOrDefault(value => value.ValueKind is JsonValueKind.Null or JsonValueKind.Array or JsonValueKind.Object);
        if (bad.ValueKind != JsonValueKind.Undefined)
        {
            Wrong(name, $"values of type {FieldTypeNames.Of(field.Type)}", bad);
            return null;
        }

        return Texts(name, [.. values.Select(Generation.Literals.Text)], field);
    }

    /// <summary>A condition over the rule's entity.</summary>
    public Expression? Condition(string place, string text)
    {
        var result = CheckedExpression.Condition(text, new EntityScope(index, entity));
        if (result.Error is { } error)
            Refuse(place, $"at character {error.Position + 1}: {error.Message}", error.Suggestion is null ? [] : [error.Suggestion]);
        return result.Expression;
    }

    /// <summary>A field of an entity by name.</summary>
    public int? FieldOf(string argument, int of, string name)
    {
        if (index.Field(of, name) is { } found)
            return found;
        var definition = index.Document.Entities[of];
        RefuseArgument(argument, $"{definition.Name} has no field \"{name}\".", NearestName.Find(name, definition.Fields.Select(one => one.Name)) is { } near ? $"Write {near}" : "Choose one of its fields");
        return null;
    }

    /// <summary>An entity that an argument names.</summary>
    public int? EntityOf(string argument)
    {
        var name = Text(argument);
        if (name.Length == 0 || index.Entity(name) is { } found)
            return name.Length == 0 ? null : index.Entity(name);
        RefuseArgument(argument, $"There is no entity \"{name}\".", NearestName.Find(name, index.Document.Entities.Select(one => one.Name)) is { } near ? $"Write {near}" : "Choose an entity of the schema");
        return null;
    }

    /// <summary>Both bounds where they are given; refused where none is, or where they are crossed.</summary>
    public (double Min, double Max) Bounds()
    {
        var (min, max) = (Number("min"), Number("max"));
        NeedsBound();
        if (min > max)
            Crossed();
        return (min ?? double.NegativeInfinity, max ?? double.PositiveInfinity);
    }

    public void NeedsBound()
    {
        if (!Has("min") && !Has("max"))
            RefuseArgument("min", "neither min nor max is given.", "Set one of them");
    }

    public void Crossed() => RefuseArgument("min", $"min is {rule.Args["min"]}, which is more than max, {rule.Args["max"]}.", "Swap min and max");

    /// <summary>The argument as it stands, else its default; null where there is none.</summary>
    public JsonElement? Value(string name)
    {
        if (Has(name))
            return rule.Args[name];
        if (Definition(name).Default is not { } json)
            return null;
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }

    public void Wrong(string name, string wanted, JsonElement found)
    {
        var text = found.GetRawText();
        RefuseArgument(name, $"{name} must be {wanted}, but it is {(text.Length > 60 ? text[..60] + "…" : text)}.", $"Write {wanted}");
    }

    private string Shown => rule.Name.Length is 0 or > 60 ? check.Name : rule.Name;

    private ArgumentDefinition Definition(string name) => check.Arguments.First(argument => argument.Name == name);

    private Column? Texts(string name, IReadOnlyList<string> texts, FieldDefinition field)
    {
        if (Generation.Literals.ToColumn(texts, field.Type, field.Precision ?? 18, field.Scale ?? 2, asOf, out var bad) is { } column)
            return column;
        var form = field.Type is FieldType.Date or FieldType.Timestamp ? "a date such as 2026-01-31 or now-2y" : $"of type {FieldTypeNames.Of(field.Type)}";
        RefuseArgument(name, $"\"{bad}\" is not {form}, which {field.Name} is.", $"Write values {form}");
        return null;
    }

    private bool InBounds(string name, double number)
    {
        var definition = Definition(name);
        if (number < definition.Min)
            RefuseArgument(name, string.Create(CultureInfo.InvariantCulture, $"{name} is {number}; it is at least {definition.Min}."), string.Create(CultureInfo.InvariantCulture, $"Write {definition.Min} or more"));
        else if (number > definition.Max)
            RefuseArgument(name, string.Create(CultureInfo.InvariantCulture, $"{name} is {number}; it is at most {definition.Max}."), string.Create(CultureInfo.InvariantCulture, $"Write {definition.Max} or less"));
        else
            return true;
        return false;
    }
}
