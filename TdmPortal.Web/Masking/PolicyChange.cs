namespace TdmPortal.Web.Masking;

/// <summary>One difference between two versions of a policy.</summary>
/// <param name="What">The place: columns, a kind, a group.</param>
/// <param name="Before">Null where it is new.</param>
/// <param name="After">Null where it is gone.</param>
public sealed record PolicyChange(string What, string? Before, string? After);
