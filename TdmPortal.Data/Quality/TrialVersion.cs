namespace TdmPortal.Data.Quality;

/// <summary>A version that a draft of a rule can be tried on.</summary>
public sealed record TrialVersion(Guid VersionId, string Dataset, int Number, bool IsLive, long Rows);
