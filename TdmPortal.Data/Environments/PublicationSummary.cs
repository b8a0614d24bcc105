namespace TdmPortal.Data.Environments;

/// <summary>A line of the history of what was live, newest first.</summary>
/// <param name="VersionId">Null: that version is no longer kept.</param>
/// <param name="EndedAt">Null: it is live now.</param>
public sealed record PublicationSummary(long Id, Guid? VersionId, int Number, string? Note, string PublishedBy, DateTimeOffset PublishedAt, DateTimeOffset? EndedAt);
