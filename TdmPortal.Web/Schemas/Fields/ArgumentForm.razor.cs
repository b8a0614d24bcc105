using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Components;
using TdmPortal.Core.Generators;
using TdmPortal.Core.Schemas;
using TdmPortal.Web.Schemas.Editing;

namespace TdmPortal.Web.Schemas.Fields;

/// <summary>The arguments of a generator or masker as a form, each with the control of its kind.</summary>
public partial class ArgumentForm
{
    private static readonly string[] QuickDates = ["now", "now-30d", "now-1y", "now-5y"];
    private static readonly string[] QuickDurations = ["1h", "1d", "7d", "30d"];

    private readonly Dictionary<string, string> wrong = new(StringComparer.Ordinal);
    private string? shown;

    /// <summary>Name of what has the arguments: another one is another form.</summary>
    [Parameter, EditorRequired] public string Owner { get; set; } = "";
    [Parameter, EditorRequired] public IReadOnlyList<ArgumentDefinition> Arguments { get; set; } = [];
    [Parameter, EditorRequired] public ArgumentValues Args { get; set; } = ArgumentValues.Empty;
    [Parameter, EditorRequired] public FieldDefinition Field { get; set; } = null!;
    [Parameter, EditorRequired] public EntityDefinition Entity { get; set; } = null!;
    [Parameter, EditorRequired] public SchemaDocument Document { get; set; } = null!;
    [Parameter] public IReadOnlyList<LocatedProblem> Problems { get; set; } = [];
    [Parameter] public bool ReadOnly { get; set; }
    /// <summary>The name of the argument that was changed, and all arguments after it.</summary>
    [Parameter] public EventCallback<(string Name, ArgumentValues Args)> ArgsChanged { get; set; }

    protected override void OnParametersSet()
    {
        var key = $"{Entity.Name}.{Field.Name}.{Owner}";
        if (key != shown)
            wrong.Clear();
        shown = key;
    }

    private static string Text(ChangeEventArgs change) => change.Value?.ToString() ?? "";

    /// <summary><c>minWords</c> as "min words".</summary>
    private static string Label(string name) => string.Concat(name.Select((c, i) => char.IsAsciiLetterUpper(c) && i > 0 ? " " + char.ToLowerInvariant(c) : c.ToString()));

    private static string? Default(ArgumentDefinition argument) => argument.Default is null ? null : ArgumentJson.Shown(ArgumentJson.TryParse(argument.Default));

    private static string? Bound(double? bound) => bound?.ToString("R", CultureInfo.InvariantCulture);

    private static string? Day(JsonElement? value) => ArgumentJson.Shown(value) is { Length: >= 10 } text && DateOnly.TryParseExact(text[..10], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _) ? text[..10] : null;

    private static string Numbers(JsonElement? value) => value is { ValueKind: JsonValueKind.Array } list ? string.Join(", ", list.EnumerateArray().Select(item => item.GetRawText())) : "";

    private static bool Concerns(LocatedProblem problem, string argument) =>
        problem.Property == $"args.{argument}" || problem.Property.StartsWith($"args.{argument}.", StringComparison.Ordinal) || problem.Property.StartsWith($"args.{argument}[", StringComparison.Ordinal);

    private IEnumerable<string> References(ArgumentKind kind, string present)
    {
        var parents = Document.Relationships.Where(r => r.From.Entity == Entity.Name).ToList();
        var names = kind == ArgumentKind.Relationship
            ? parents.Select(r => r.Name)
            : Entity.Fields.Where(f => f.Name != Field.Name).Select(f => f.Name)
                .Concat(parents.SelectMany(r => Document.Entity(r.To.Entity)?.Fields.Select(f => $"parent({r.Name}).{f.Name}") ?? []));
        var all = names.ToList();
        // What the document says stays in sight even when it points nowhere.
        return present.Length == 0 || all.Contains(present) ? all : [present, .. all];
    }

    private Task SetNumberAsync(ArgumentDefinition argument, string text)
    {
        if (text.Trim().Length == 0)
            return SetAsync(argument, null);
        var number = ArgumentJson.Number(text, argument.Kind == ArgumentKind.Integer);
        if (number is not null)
            return SetAsync(argument, number);
        wrong[argument.Name] = argument.Kind == ArgumentKind.Integer ? $"“{text}” is no whole number." : $"“{text}” is no number.";
        return Task.CompletedTask;
    }

    private Task SetNumbersAsync(ArgumentDefinition argument, string text)
    {
        var parts = text.Split([',', ';', ' ', '[', ']'], StringSplitOptions.RemoveEmptyEntries);
        var numbers = parts.Select(part => ArgumentJson.Number(part, false)).ToList();
        if (numbers.Contains(null))
        {
            wrong[argument.Name] = $"“{parts[numbers.IndexOf(null)]}” is no number.";
            return Task.CompletedTask;
        }

        return SetAsync(argument, numbers.Count == 0 ? null : JsonSerializer.SerializeToElement(numbers));
    }

    private Task SetTextAsync(ArgumentDefinition argument, string text) => SetAsync(argument, text.Length == 0 ? null : ArgumentJson.Text(text));

    private Task SetValueAsync(ArgumentDefinition argument, string text) =>
        SetAsync(argument, text.Length == 0 && !argument.Required ? null : argument.Kind is ArgumentKind.Value or ArgumentKind.Json ? ArgumentJson.Value(text, Field.Type) : ArgumentJson.Text(text));

    private Task AppendAsync(ArgumentDefinition argument, string name)
    {
        var text = ArgumentJson.Shown(Args[argument.Name]);
        return SetTextAsync(argument, argument.Kind == ArgumentKind.Template ? $"{text}{{{name}}}" : text.Length == 0 || text.EndsWith(' ') || text.EndsWith('(') ? text + name : $"{text} {name}");
    }

    private Task SetAsync(ArgumentDefinition argument, JsonElement? value)
    {
        wrong.Remove(argument.Name);
        return ArgsChanged.InvokeAsync((argument.Name, Args.With(argument.Name, value)));
    }
}
