namespace TdmPortal.Core.Masking;

/// <summary>Another column of the row that a masker reads.</summary>
/// <param name="Column">Its place among the entity's columns.</param>
/// <param name="Masked">Its masked value, else its original.</param>
public readonly record struct MaskerCompanion(int Column, bool Masked);
