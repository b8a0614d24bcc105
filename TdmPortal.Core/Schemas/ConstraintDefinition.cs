namespace TdmPortal.Core.Schemas;

/// <summary>A check that every row of an entity holds; becomes a CHECK in the database where it names no relationship.</summary>
public sealed record ConstraintDefinition(string Name, string Entity, string Check);
