using TdmPortal.Core.Generators;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Masking;

/// <summary>All that is known of a masker without running it: the policy editor, validation and docs/maskers.md are made from it.</summary>
public sealed record MaskerDefinition
{
    /// <summary>As in a policy: <c>email</c>, <c>fpe</c>, <c>partial</c>; unique.</summary>
    public required string Name { get; init; }
    /// <summary>For people: "Fake e-mail address".</summary>
    public required string Title { get; init; }
    /// <summary>Group in the editor: "Remove", "Hide in part", "Replace", "Keep the form", "Generalise", "Numbers and dates", "Rearrange", "Texts and structures".</summary>
    public required string Category { get; init; }
    /// <summary>One sentence: what becomes of a value.</summary>
    public required string Summary { get; init; }
    /// <summary>In the order of the form.</summary>
    public IReadOnlyList<ArgumentDefinition> Arguments { get; init; } = [];
    /// <summary>Types of columns that it masks, the natural one first; elements of arrays count as their type.</summary>
    public required IReadOnlyList<FieldType> Types { get; init; }
    /// <summary>What it promises.</summary>
    public required MaskerTraits Traits { get; init; }
    /// <summary>Other words that people search by.</summary>
    public IReadOnlyList<string> Synonyms { get; init; } = [];
    /// <summary>Shows what it does, with <see cref="ExampleArguments"/>.</summary>
    public required string ExampleValue { get; init; }
    /// <summary>Arguments of the example.</summary>
    public ArgumentValues ExampleArguments { get; init; } = ArgumentValues.Empty;
    /// <summary>Makes it ready for a column; null, with the reason reported to the context, when that cannot be.</summary>
    public required Func<MaskerContext, Masker?> Create { get; init; }
}
