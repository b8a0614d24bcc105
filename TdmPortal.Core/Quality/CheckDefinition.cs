using TdmPortal.Core.Generators;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Quality;

/// <summary>All that is known of a check without running it: drives the rule editor, validation and docs/quality.md.</summary>
public sealed record CheckDefinition
{
    /// <summary><c>not_null</c>; unique, lower case with underscores.</summary>
    public required string Name { get; init; }
    /// <summary>For people: "Is never empty".</summary>
    public required string Title { get; init; }
    /// <summary>One sentence.</summary>
    public required string Summary { get; init; }
    /// <summary>What rules with it are about unless they say otherwise.</summary>
    public required RuleKind Kind { get; init; }
    /// <summary>In the order of the form.</summary>
    public IReadOnlyList<ArgumentDefinition> Arguments { get; init; } = [];
    /// <summary>Fewest columns that a rule names.</summary>
    public int LeastColumns { get; init; } = 1;
    /// <summary>Most columns that a rule names; 0: it is about whole rows or the entity.</summary>
    public int MostColumns { get; init; } = 1;
    /// <summary>Types of columns that it can look at; empty: any.</summary>
    public IReadOnlyList<FieldType> Types { get; init; } = [];
    /// <summary>Names that other tools have for it: "expect_column_values_to_not_be_null", "isComplete".</summary>
    public IReadOnlyList<string> Synonyms { get; init; } = [];
}
