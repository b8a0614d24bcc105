namespace TdmPortal.Data.Schemas;

/// <summary>A line of a schema's history.</summary>
public sealed record SchemaVersionSummary(int Version, string ChangedBy, DateTimeOffset ChangedAt, string? Note);
