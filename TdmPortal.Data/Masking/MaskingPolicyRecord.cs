using TdmPortal.Core.Masking;

namespace TdmPortal.Data.Masking;

/// <summary>A policy at one of its versions.</summary>
/// <param name="Latest">Number of its newest version.</param>
public sealed record MaskingPolicyRecord(Guid Id, int Version, int Latest, MaskingPolicy Policy, Guid? SourceId, string ChangedBy, DateTimeOffset ChangedAt, string? Note);
