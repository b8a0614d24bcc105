namespace TdmPortal.Data.Masking;

/// <summary>What may be known of a team's masking key.</summary>
/// <param name="Number">1 for the first.</param>
/// <param name="Fingerprint">Eight hex digits by which people can tell keys apart; says nothing of the key.</param>
public sealed record MaskingKeyInfo(int Number, string Fingerprint, string MadeBy, DateTimeOffset MadeAt, string? Reason);
