namespace TdmPortal.Core.Schemas;

/// <summary>One readable difference between two documents.</summary>
/// <param name="Kind">Added, removed or changed.</param>
/// <param name="Place">Where, in names: <c>customer.email</c>, <c>order_customer</c>, <c>document</c>.</param>
/// <param name="Text">A sentence: "customer.email: unique was turned on".</param>
/// <param name="Before">JSON text of the part before, null where added.</param>
/// <param name="After">JSON text of the part after, null where removed.</param>
public sealed record SchemaChange(SchemaChangeKind Kind, string Place, string Text, string? Before, string? After);
