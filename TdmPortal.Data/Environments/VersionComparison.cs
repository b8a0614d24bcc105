using TdmPortal.Core.Environments;

namespace TdmPortal.Data.Environments;

/// <summary>A comparison that somebody asked for.</summary>
/// <param name="JobId">The work on it; null once its record is gone.</param>
/// <param name="Report">Null until the work has ended well.</param>
public sealed record VersionComparison(Guid Id, Guid BeforeId, Guid AfterId, Guid? JobId, ComparisonReport? Report, TimeSpan Took, string AskedBy, DateTimeOffset AskedAt);
