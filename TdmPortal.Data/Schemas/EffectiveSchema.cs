using TdmPortal.Core.Schemas;

namespace TdmPortal.Data.Schemas;

/// <summary>A stored schema as a team uses it.</summary>
/// <param name="Base">As its author saved it.</param>
/// <param name="Document">With the team's overrides that fit: what rows are made from.</param>
/// <param name="Overrides">All of the team's overrides, those that fit no longer too.</param>
public sealed record EffectiveSchema(SchemaRecord Base, SchemaDocument Document, IReadOnlyList<TeamOverride> Overrides);
