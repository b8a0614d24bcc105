namespace TdmPortal.Core.Schemas;

/// <summary>
/// A whole schema document, immutable: an edit makes a new one with <c>with</c>, which is what makes undo, diff and
/// merge cheap. It may be invalid: <see cref="SchemaValidator"/> says how.
/// </summary>
public sealed record SchemaDocument
{
    /// <summary><c>^[a-z][a-z0-9_]{0,62}$</c>.</summary>
    public required string Name { get; init; }
    /// <summary>For people.</summary>
    public string? Title { get; init; }
    /// <summary>For people.</summary>
    public string? Description { get; init; }
    /// <summary>Locale of names, places and words; absent: <c>en</c>.</summary>
    public string? Locale { get; init; }
    /// <summary>In the author's order.</summary>
    public IReadOnlyList<EntityDefinition> Entities { get; init; } = [];
    /// <summary>Foreign keys.</summary>
    public IReadOnlyList<RelationshipDefinition> Relationships { get; init; } = [];
    /// <summary>Checks.</summary>
    public IReadOnlyList<ConstraintDefinition> Constraints { get; init; } = [];

    /// <summary>A copy with another entity in a place.</summary>
    internal SchemaDocument With(int place, EntityDefinition entity) => this with { Entities = [.. Entities.Select((one, i) => i == place ? entity : one)] };
}
