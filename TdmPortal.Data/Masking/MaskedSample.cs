namespace TdmPortal.Data.Masking;

/// <summary>Some rows of an entity before and after.</summary>
/// <param name="Fields">Names, in the order of cells.</param>
/// <param name="Before">Cells as text, redacted to their shape (letters x, digits 9) unless revealed; null is null.</param>
/// <param name="After">Masked cells as text.</param>
/// <param name="Revealed">Fields whose originals are shown.</param>
public sealed record MaskedSample(string Entity, IReadOnlyList<string> Fields, IReadOnlyList<IReadOnlyList<string?>> Before, IReadOnlyList<IReadOnlyList<string?>> After, IReadOnlyList<string> Revealed);
