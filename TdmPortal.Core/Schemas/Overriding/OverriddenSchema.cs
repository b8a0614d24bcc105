namespace TdmPortal.Core.Schemas.Overriding;

/// <summary>A schema with a team's overrides.</summary>
/// <param name="Document">What rows are made from.</param>
/// <param name="Verdicts">What came of each override, in the order given.</param>
public sealed record OverriddenSchema(SchemaDocument Document, IReadOnlyList<OverrideVerdict> Verdicts);
