using TdmPortal.Core.Quality;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Data.Quality;

/// <summary>A team's rules for a schema.</summary>
/// <param name="Version">0: nobody saved any yet, they are derived from the schema.</param>
/// <param name="Document">The schema as the team uses it: what the rules are about.</param>
public sealed record QualityRulesRecord(Guid SchemaId, int Version, int LatestVersion, QualityRules Rules, SchemaDocument Document, string ChangedBy, DateTimeOffset? ChangedAt, string? Note);
