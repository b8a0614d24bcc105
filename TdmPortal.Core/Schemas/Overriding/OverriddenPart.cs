namespace TdmPortal.Core.Schemas.Overriding;

/// <summary>What a schema says at the place of an override, as texts to compare.</summary>
/// <param name="Type">What the values must be; "rows" for an entity's rows.</param>
/// <param name="Value">How they come about, for people as well: <c>internet.email, 10 % null</c>; <c>1,000 rows</c>.</param>
public sealed record OverriddenPart(string Type, string Value)
{
    internal static OverriddenPart Unknown { get; } = new("", "");
}
