using System.Text.Json;
using TdmPortal.Core.Generation;

namespace TdmPortal.Core.Masking.Maskers;

/// <summary>Reads a masker's arguments by their definition: the default where there is none, and a problem where the value is not of its kind or out of bounds.</summary>
internal static class MaskerArguments
{
    private const string Invalid = "masking.invalid_argument";

    /// <summary>Whether something was refused.</summary>
    public static bool Failed(this MaskerContext context) => context.Problems.Any(problem => problem.Severity == Schemas.ProblemSeverity.Error);

    public static string? OptionalText(this MaskerContext context, string name)
    {
        if (context.Argument(name) is not { } value)
            return null;
        if (value.ValueKind == JsonValueKind.String)
            return value.GetString() is { Length: > 0 } text ? text : null;
        context.Refuse(name, $"must be a text, not {value.GetRawText()}");
        return null;
    }

    public static string Text(this MaskerContext context, string name)
    {
        if (context.OptionalText(name) is { } text)
            return text;
        if (Definition(context, name) is { Required: true } && !context.Failed())
            context.Refuse(name, "is missing");
        return "";
    }

    public static string Option(this MaskerContext context, string name)
    {
        var text = context.Text(name);
        var options = Definition(context, name)?.Options ?? [];
        if (text.Length == 0 || options.Contains(text))
            return text;
        context.Refuse(name, $"must be one of {string.Join(", ", options)}, not \"{text}\"");
        return options[0];
    }

    public static bool Flag(this MaskerContext context, string name)
    {
        var value = context.Argument(name);
        if (value is { ValueKind: not (JsonValueKind.True or JsonValueKind.False) } other)
            context.Refuse(name, $"must be true or false, not {other.GetRawText()}");
        return value is { ValueKind: JsonValueKind.True };
    }

    public static double? OptionalNumber(this MaskerContext context, string name)
    {
        if (context.Argument(name) is not { } value)
            return null;
        if (value.ValueKind != JsonValueKind.Number || !value.TryGetDouble(out var number) || !double.IsFinite(number))
        {
            context.Refuse(name, $"must be a number, not {value.GetRawText()}");
            return null;
        }

        var definition = Definition(context, name);
        if (number < definition?.Min)
            context.Refuse(name, FormattableString.Invariant($"must not be below {definition.Min}, but is {number}"));
        if (number > definition?.Max)
            context.Refuse(name, FormattableString.Invariant($"must not be above {definition.Max}, but is {number}"));
        return number;
    }

    public static double Number(this MaskerContext context, string name)
    {
        if (context.OptionalNumber(name) is { } number)
            return number;
        if (Definition(context, name) is { Required: true } && !context.Failed())
            context.Refuse(name, "is missing");
        return 0;
    }

    public static int Integer(this MaskerContext context, string name)
    {
        var number = context.Number(name);
        if (number != Math.Floor(number) || Math.Abs(number) > int.MaxValue)
            context.Refuse(name, FormattableString.Invariant($"must be a whole number, not {number}"));
        return (int)Math.Clamp(number, int.MinValue, int.MaxValue);
    }

    /// <summary>Microseconds.</summary>
    public static long Duration(this MaskerContext context, string name)
    {
        var text = context.Text(name);
        if (!TimeText.TryParseDuration(text, out var micros) && !context.Failed())
            context.Refuse(name, $"must be a duration such as 30d or 12h, not \"{text}\"");
        return micros;
    }

    /// <summary>The place in a batch of the column that an argument names; null where it names none.</summary>
    /// <param name="masked">Its masked value, else its original.</param>
    public static int? Field(this MaskerContext context, string name, bool masked)
    {
        if (context.OptionalText(name) is not { } field)
            return null;
        var place = context.Companion(field, masked);
        return place < 0 ? null : place;
    }

    /// <summary>The description of the column that an argument names; null where it names none.</summary>
    public static ColumnDescription? FieldColumn(this MaskerContext context, string name) =>
        context.OptionalText(name) is { } field ? context.Columns.FirstOrDefault(column => column.Name == field) : null;

    public static void Refuse(this MaskerContext context, string name, string message) =>
        context.Report(Invalid, $"{context.Column.Name}: \"{name}\" of {context.Definition.Name} {message}.", Definition(context, name) is { } definition ? $"Correct {name}: {definition.Summary.TrimEnd('.')}" : $"Correct {name}");

    private static Generators.ArgumentDefinition? Definition(MaskerContext context, string name) => context.Definition.Arguments.FirstOrDefault(argument => argument.Name == name);
}
