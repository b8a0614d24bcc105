using TdmPortal.Core.Schemas;

namespace TdmPortal.Data.Schemas;

/// <summary>A stored schema at one of its versions.</summary>
public sealed record SchemaRecord(Guid Id, int Version, int LatestVersion, SchemaDocument Document, bool IsSample, string ChangedBy, DateTimeOffset ChangedAt, string? Note);
