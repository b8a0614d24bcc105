using System.Text.Json;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Generators;

/// <summary>An entry of the catalogue: what is told of a generator, and how its values are made.</summary>
internal sealed record Generator(GeneratorDefinition Definition)
{
    /// <summary>The name as in the document.</summary>
    public string Name => Definition.Name;

    /// <summary>
    /// Phrases that make the values over word lists; null where the generator has a column of its own.
    /// </summary>
    public IReadOnlyList<string>? Phrases { get; init; }

    /// <summary>An entry with a column of its own.</summary>
    public static Generator Make(string name, string summary, IReadOnlyList<FieldType> types, IReadOnlyList<ArgumentDefinition>? arguments = null, string synonyms = "", string exampleArguments = "{}") =>
        new(new GeneratorDefinition
        {
            Name = name,
            Category = name.Contains('.', StringComparison.Ordinal) && !name.StartsWith("uuid.", StringComparison.Ordinal) ? name[..name.IndexOf('.', StringComparison.Ordinal)] : "basic",
            Summary = summary,
            Types = types,
            Arguments = arguments ?? [],
            Synonyms = synonyms.Length == 0 ? [] : synonyms.Split(", "),
            ExampleArguments = Read(exampleArguments),
        });

    /// <summary>An entry whose values are phrases over word lists, digits and letters.</summary>
    public static Generator Words(string name, string summary, string phrases, string synonyms = "") =>
        Make(name, summary, Kinds.Text, synonyms: synonyms) with { Phrases = phrases.Split(" || ") };

    private static ArgumentValues Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        return new(document.RootElement.EnumerateObject().Select(p => KeyValuePair.Create(p.Name, p.Value.Clone())));
    }
}
