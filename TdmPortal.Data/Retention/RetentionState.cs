namespace TdmPortal.Data.Retention;

/// <summary>How versions of a dataset are kept.</summary>
/// <param name="Rule">Null: all are kept.</param>
/// <param name="JobId">Work on archives that waits or runs.</param>
/// <param name="MayChange">Whether the asker may set the rule, run it and delete archives.</param>
public sealed record RetentionState(RetentionRule? Rule, string? ChangedBy, DateTimeOffset? ChangedAt, Guid? JobId, bool MayChange);
