using TdmPortal.Core.Generation;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Generators;

/// <summary>
/// All that is known of a generator without running it. This alone drives the designer's form, <c>tdm generators</c>,
/// validation and docs/generators.md.
/// </summary>
public sealed record GeneratorDefinition
{
    private string? example;

    /// <summary><c>person.firstName</c>; unique.</summary>
    public required string Name { get; init; }
    /// <summary><c>person</c>, <c>number</c>, … as people look for it.</summary>
    public required string Category { get; init; }
    /// <summary>One sentence.</summary>
    public required string Summary { get; init; }
    /// <summary>In the order of the form.</summary>
    public IReadOnlyList<ArgumentDefinition> Arguments { get; init; } = [];
    /// <summary>Field types that it can fill, the natural one first.</summary>
    public required IReadOnlyList<FieldType> Types { get; init; }
    /// <summary>Other words that people search by: "zip", "SKU", "GUID".</summary>
    public IReadOnlyList<string> Synonyms { get; init; } = [];
    /// <summary>Arguments that show what it does; the example is made with them.</summary>
    public ArgumentValues ExampleArguments { get; init; } = ArgumentValues.Empty;
    /// <summary>A value it gives under <see cref="ExampleArguments"/>, made by running it at the first use.</summary>
    public string Example => example ??= GeneratorExample.Of(this);
    /// <summary>How many distinct values it can give under <see cref="ExampleArguments"/>, unless a length cuts that; null where it cannot count them.</summary>
    public decimal? Capacity => GeneratorCatalogue.Capacity(Name, ExampleArguments, Types[0], "en", null);

    /// <summary>
    /// Makes the generator ready for a field. Null, with the reason reported to the context, when the arguments are not
    /// valid; null without a reason for the few that the engine itself makes (expression, template, sequence within).
    /// </summary>
    public Func<SourceContext, ValueSource?> Create { get; init; } = static _ => null;
}
