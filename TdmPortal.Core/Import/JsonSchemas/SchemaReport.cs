using System.Globalization;
using System.Text.Json;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Import.JsonSchemas;

/// <summary>What is said of a JSON Schema: mistakes, and what rows do not keep to.</summary>
internal sealed class SchemaReport
{
    private const int MostProblems = 100;
    private const int MostShown = 200;
    private readonly HashSet<(string, string)> said = [];
    private readonly Dictionary<string, (int Places, string First, string Definition)> extensions = new(StringComparer.Ordinal);
    private readonly List<NotUnderstood> notes = [];

    public List<SchemaProblem> Problems { get; } = [];

    public IReadOnlyList<NotUnderstood> Notes =>
    [
        .. notes,
        .. extensions.Select(one => new NotUnderstood("", one.Value.First, one.Value.Definition, one.Value.Places == 1 ? $"{one.Key} is an extension, which is passed over." : string.Create(CultureInfo.InvariantCulture, $"{one.Key} is an extension, which is passed over here and in {one.Value.Places - 1} more places."), [])),
    ];

    /// <exception cref="JsonSchemaException">There are mistakes.</exception>
    public void ThrowIfWrong()
    {
        if (Problems.Count > 0)
            throw new JsonSchemaException(Problems);
    }

    public void Wrong(string pointer, string code, string message, params string[] actions)
    {
        if (Problems.Count < MostProblems && !Problems.Exists(one => one.Path == pointer && one.Code == code))
            Problems.Add(new(pointer, code, message) { SuggestedActions = actions });
    }

    /// <exception cref="JsonSchemaException">Always: nothing sensible can follow.</exception>
    public JsonSchemaException Stop(string pointer, string code, string message, params string[] actions)
    {
        Wrong(pointer, code, message, actions);
        return new(Problems);
    }

    public void Note(SchemaPart part, string keyword, string why) =>
        Note($"{part.Pointer}/{keyword}", part.Get(keyword) is { } value ? $"\"{keyword}\": {Shown(value)}" : keyword, why);

    public void Note(string pointer, string definition, string why)
    {
        if (said.Add((pointer, why)))
            notes.Add(new("", pointer.Length == 0 ? "/" : pointer, definition, why, []));
    }

    public void Extension(SchemaPart part, string keyword, JsonElement value)
    {
        var pointer = $"{part.Pointer}/{keyword}";
        if (said.Add((pointer, "")))
            extensions[keyword] = extensions.TryGetValue(keyword, out var known) ? known with { Places = known.Places + 1 } : (1, pointer, $"\"{keyword}\": {Shown(value)}");
    }

    private static string Shown(JsonElement value)
    {
        var text = value.GetRawText();
        return text.Length > MostShown ? text[..MostShown] + "…" : text;
    }
}
