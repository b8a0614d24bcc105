namespace TdmPortal.Core.Generation;

/// <summary>An argument that a generator ran with.</summary>
/// <param name="Value">As JSON writes it, texts without quotes.</param>
/// <param name="IsDefault">Whether the document left it out.</param>
public sealed record ExplainedArgument(string Name, string Value, bool IsDefault);
