using System.Text.Json;
using TdmPortal.Core.Generators.Phrases;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Generators;

/// <summary>Short forms in which the families write their definitions.</summary>
internal static class Generator
{
    /// <summary>A definition; what makes its values is added as <see cref="GeneratorDefinition.Create"/>.</summary>
    /// <param name="synonyms">Parted by a comma and a space.</param>
    /// <param name="exampleArguments">A JSON object.</param>
    public static GeneratorDefinition Make(string name, string summary, IReadOnlyList<FieldType> types, IReadOnlyList<ArgumentDefinition>? arguments = null, string synonyms = "", string exampleArguments = "{}") => new()
    {
        Name = name,
        Category = name.Contains('.', StringComparison.Ordinal) && !name.StartsWith("uuid.", StringComparison.Ordinal) ? name[..name.IndexOf('.', StringComparison.Ordinal)] : "basic",
        Summary = summary,
        Types = types,
        Arguments = arguments ?? [],
        Synonyms = synonyms.Length == 0 ? [] : synonyms.Split(", "),
        ExampleArguments = Read(exampleArguments),
    };

    /// <summary>A definition whose values are phrases over word lists, digits and letters (see <see cref="Phrase"/>), parted by " || ".</summary>
    public static GeneratorDefinition Words(string name, string summary, string phrases, string synonyms = "") =>
        Make(name, summary, Kinds.Text, synonyms: synonyms) with { Create = context => PhraseSource.Create(context, phrases.Split(" || ")) };

    private static ArgumentValues Read(string json)
    {
        if (json == "{}")
            return ArgumentValues.Empty;
        using var document = JsonDocument.Parse(json);
        return new(document.RootElement.EnumerateObject().Select(p => KeyValuePair.Create(p.Name, p.Value.Clone())));
    }
}
