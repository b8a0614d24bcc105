namespace TdmPortal.Core.Schemas;

/// <summary>A foreign key from child to parent, which also fills the child's fields.</summary>
public sealed record RelationshipDefinition
{
    /// <summary><c>^[a-z][a-z0-9_]{0,62}$</c>, unique in the document.</summary>
    public required string Name { get; init; }
    /// <summary>The child.</summary>
    public required RelationshipEnd From { get; init; }
    /// <summary>The parent and its key.</summary>
    public required RelationshipEnd To { get; init; }
    /// <summary>Absent: uniform.</summary>
    public DistributionDefinition? Distribution { get; init; }
    /// <summary>Share of children without a parent, 0..100; absent: 0.</summary>
    public double? NullPercent { get; init; }
    /// <summary>Self-reference only: share of rows that are roots, 0..100.</summary>
    public double? RootPercent { get; init; }
    /// <summary>Whether it says how many rows the child has: perParent, unless the child is its own parent.</summary>
    public bool DecidesRows => Distribution?.Kind == DistributionKind.PerParent && From.Entity != To.Entity;
}
