namespace TdmPortal.Core.Masking.Proof;

/// <summary>A combination of masked quasi-identifiers that fails.</summary>
/// <param name="Values">Its masked values, in the order of the fields; null is null.</param>
/// <param name="Rows">Rows that have it.</param>
/// <param name="Distinct">Different values of the sensitive column in them; null where none is looked at.</param>
public sealed record SmallGroup(IReadOnlyList<string?> Values, long Rows, long? Distinct);
