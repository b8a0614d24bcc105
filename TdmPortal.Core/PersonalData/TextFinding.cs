namespace TdmPortal.Core.PersonalData;

/// <summary>A piece of a text that is personal.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Start">Where it begins, in bytes.</param>
/// <param name="Length">Bytes.</param>
/// <param name="Confidence">0..1.</param>
public readonly record struct TextFinding(PersonalKind Kind, int Start, int Length, float Confidence);
