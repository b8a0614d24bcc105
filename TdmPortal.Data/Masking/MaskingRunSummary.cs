namespace TdmPortal.Data.Masking;

/// <summary>A run in a list.</summary>
/// <param name="PolicyId">Null: it was removed.</param>
/// <param name="Kind"><c>run</c>, or <c>trial</c>: a sample was masked and proved, nothing stored.</param>
/// <param name="State"><c>waiting</c>, <c>running</c>, <c>stopped</c> (the source has drifted, or the policy has problems), <c>failed</c>, <c>proved</c>, or <c>unproved</c>: rows were masked but the proof found originals or groups that are too small.</param>
/// <param name="Verdict">One sentence for people.</param>
public sealed record MaskingRunSummary(Guid Id, Guid? PolicyId, string Policy, int PolicyVersion, string Kind, string State, string? Verdict, Guid JobId, Guid? DatasetId, string? Dataset, Guid? VersionId, int? VersionNumber, long Rows, string StartedBy, DateTimeOffset StartedAt, double? TookSeconds);
