using TdmPortal.Core.Masking;

namespace TdmPortal.Data.Masking;

/// <summary>A policy in a list.</summary>
/// <param name="Rules">How many rules it has.</param>
/// <param name="Source">Name of the source that it was written for; null where there is none any more.</param>
/// <param name="LastRun">The latest run, whatever became of it.</param>
public sealed record MaskingPolicySummary(Guid Id, string Name, string? Title, MaskingStrategy? Strategy, int Rules, int Version, Guid? SourceId, string? Source, string ChangedBy, DateTimeOffset ChangedAt, MaskingRunSummary? LastRun);
