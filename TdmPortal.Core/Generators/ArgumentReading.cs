using System.Text.Json;
using TdmPortal.Core.Generation;

namespace TdmPortal.Core.Generators;

/// <summary>
/// Reads arguments by their definition: the default where there is none, and a problem where the value is not of its kind
/// or out of bounds. A generator reads all it needs and leaves it to <see cref="Failed"/> whether to go on.
/// </summary>
internal static class ArgumentReading
{
    private const string Invalid = "schema.invalid_argument";

    /// <summary>Whether some argument was refused.</summary>
    public static bool Failed(this SourceContext context) => context.Problems.Any(problem => problem.Severity == Schemas.ProblemSeverity.Error);

    public static bool Has(this SourceContext context, string name) => context.Argument(name) is { ValueKind: not JsonValueKind.Null };

    public static long Integer(this SourceContext context, string name)
    {
        if (Value(context, name) is not { } value)
            return Missing(context, name, 0L);
        if (value.ValueKind != JsonValueKind.Number || !value.TryGetInt64(out var number))
            return Refuse(context, name, $"\"{name}\" must be a whole number, not {value.GetRawText()}", 0L);
        return InBounds(context, name, number) ? number : 0;
    }

    public static double Number(this SourceContext context, string name) => OptionalNumber(context, name) ?? Missing(context, name, 0.0);

    public static double? OptionalNumber(this SourceContext context, string name)
    {
        if (Value(context, name) is not { } value)
            return null;
        if (value.ValueKind != JsonValueKind.Number || !value.TryGetDouble(out var number) || !double.IsFinite(number))
            return Refuse<double?>(context, name, $"\"{name}\" must be a number, not {value.GetRawText()}", null);
        return InBounds(context, name, number) ? number : null;
    }

    public static string? OptionalText(this SourceContext context, string name)
    {
        if (Value(context, name) is not { } value)
            return null;
        return value.ValueKind == JsonValueKind.String ? value.GetString() : Refuse<string?>(context, name, $"\"{name}\" must be a text, not {value.GetRawText()}", null);
    }

    public static string Text(this SourceContext context, string name) => OptionalText(context, name) ?? Missing(context, name, "");

    public static string Option(this SourceContext context, string name)
    {
        var text = Text(context, name);
        var options = Definition(context, name)?.Options ?? [];
        return text.Length == 0 || options.Contains(text) ? text : Refuse(context, name, $"\"{name}\" must be one of {string.Join(", ", options)}, not \"{text}\"", options[0]);
    }

    public static bool Flag(this SourceContext context, string name) => Value(context, name) switch
    {
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } or null => false,
        { } value => Refuse(context, name, $"\"{name}\" must be true or false, not {value.GetRawText()}", false),
    };

    /// <summary>Microseconds since 1970.</summary>
    public static long Instant(this SourceContext context, string name)
    {
        var text = Text(context, name);
        if (text.Length == 0)
            return 0;
        return TimeText.TryParseInstant(text, context.AsOf, out var micros)
            ? micros
            : Refuse(context, name, $"\"{name}\" must be a date such as 2024-12-31 or now-2y, not \"{text}\"", 0L);
    }

    /// <summary>Microseconds.</summary>
    public static long Duration(this SourceContext context, string name)
    {
        var text = Text(context, name);
        return TimeText.TryParseDuration(text, out var micros) ? micros : Refuse(context, name, $"\"{name}\" must be a duration such as 30d or 12h, not \"{text}\"", 0L);
    }

    public static T Refuse<T>(this SourceContext context, string name, string message, T result)
    {
        context.Report(Invalid, message, Definition(context, name) is { } definition ? $"Correct {name}: {definition.Summary.TrimEnd('.')}" : $"Correct {name}", name);
        return result;
    }

    private static T Missing<T>(SourceContext context, string name, T result)
    {
        if (Definition(context, name) is { Required: true } definition && !context.Has(name))
            context.Report("schema.missing_argument", $"{context.Field.Generator} needs the argument \"{name}\"", $"Set {name}: {definition.Summary.TrimEnd('.')}", name);
        return result;
    }

    private static bool InBounds(SourceContext context, string name, double number)
    {
        var definition = Definition(context, name);
        if (definition?.Min is { } min && number < min)
            return Refuse(context, name, FormattableString.Invariant($"\"{name}\" must not be below {min}, but is {number}"), false);
        if (definition?.Max is { } max && number > max)
            return Refuse(context, name, FormattableString.Invariant($"\"{name}\" must not be above {max}, but is {number}"), false);
        return true;
    }

    private static JsonElement? Value(SourceContext context, string name)
    {
        if (context.Has(name))
            return context.Argument(name);
        if (Definition(context, name)?.Default is not { } json)
            return null;
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }

    private static ArgumentDefinition? Definition(SourceContext context, string name) =>
        GeneratorCatalogue.Find(context.Field.Generator ?? "")?.Arguments.FirstOrDefault(argument => argument.Name == name);
}
