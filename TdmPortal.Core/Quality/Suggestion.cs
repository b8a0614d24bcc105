namespace TdmPortal.Core.Quality;

/// <summary>Something that would make the next version better.</summary>
public sealed record Suggestion
{
    /// <summary>What was found: "tier: 3 values never appear".</summary>
    public required string Finding { get; init; }
    /// <summary>What to do: "raise the row count to 600".</summary>
    public required string Action { get; init; }
    /// <summary>What it changes.</summary>
    public required SuggestionKind Kind { get; init; }
    /// <summary>The entity.</summary>
    public required string Entity { get; init; }
    /// <summary>The field; null for the entity.</summary>
    public string? Field { get; init; }
    /// <summary>What to set: a property of the field (<c>nullPercent</c>, <c>args.weights</c>), <c>rows</c>, or a rule's name.</summary>
    public string? Property { get; init; }
    /// <summary>JSON text of the new value; null removes the property.</summary>
    public string? Value { get; init; }
}
