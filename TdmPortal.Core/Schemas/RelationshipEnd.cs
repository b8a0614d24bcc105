namespace TdmPortal.Core.Schemas;

/// <summary>One side of a relationship: an entity and its fields, in matching order.</summary>
public sealed record RelationshipEnd(string Entity, IReadOnlyList<string> Fields);
