namespace TdmPortal.Core.Formats;

/// <summary>A constraint of a plan's tables.</summary>
/// <param name="Entity">Whose table has it.</param>
/// <param name="Name">As in the database, not quoted.</param>
/// <param name="Statement">The ALTER TABLE that adds it.</param>
public sealed record SqlKey(SqlKeyKind Kind, string Entity, string Name, string Statement);
