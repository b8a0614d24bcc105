namespace TdmPortal.Data.Masking;

/// <summary>A saved version of a policy in its history.</summary>
public sealed record MaskingPolicyVersion(int Version, int Rules, string? Note, string ChangedBy, DateTimeOffset ChangedAt);
