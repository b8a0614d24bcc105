namespace TdmPortal.Core.Masking.Proof;

/// <summary>What was proved of one column.</summary>
/// <param name="Masker">Null: none.</param>
/// <param name="Compared">Values that were compared: not null, not empty, no sentinels.</param>
/// <param name="Same">Rows that still have their own original.</param>
/// <param name="Elsewhere">Masked values that are originals of other rows; null where that was not looked for.</param>
/// <param name="Holds">Whether that is as it must be.</param>
/// <param name="Note">For people: why it fails, or what was not compared and why.</param>
public sealed record ColumnProof(string Entity, string Field, string? Masker, ProofKind Kind, long Compared, long Same, long? Elsewhere, bool Holds, string? Note);
