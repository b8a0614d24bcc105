namespace TdmPortal.Data.Quality;

/// <summary>A version of a team's rules for a schema.</summary>
public sealed record QualityRulesVersion(int Version, int Rules, int Scenarios, string? Note, string ChangedBy, DateTimeOffset ChangedAt);
