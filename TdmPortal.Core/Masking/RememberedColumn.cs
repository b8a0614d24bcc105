namespace TdmPortal.Core.Masking;

/// <summary>A column of the source that a policy was made for; what differs from it is drift.</summary>
/// <param name="Entity">The entity.</param>
/// <param name="Field">The field.</param>
/// <param name="Type">As <see cref="SchemaDrift.TypeOf"/> writes it: <c>string(80)</c>, <c>integer</c>, <c>decimal(12,2)[]</c>.</param>
public sealed record RememberedColumn(string Entity, string Field, string Type);
