using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Generation;

/// <summary>A field that a generator reads beside its own row: another field of the row, or one of a parent's.</summary>
/// <param name="Index">Place among the references of the field that reads it.</param>
/// <param name="Type">Type of the values.</param>
/// <param name="Scale">Digits after the point, decimals only.</param>
/// <param name="IsWide">Whether a decimal is held in 128 bits.</param>
public sealed record FieldReference(int Index, FieldType Type, int Scale, bool IsWide);
