namespace TdmPortal.Data.Audit;

/// <summary>Where the chain does not hold.</summary>
/// <param name="Number">The record, or the first that is missing.</param>
/// <param name="At">When it was written, as far as it still says.</param>
/// <param name="What">What differs, for people.</param>
public sealed record AuditBreak(long Number, DateTimeOffset? At, string What);
