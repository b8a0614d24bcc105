namespace TdmPortal.Data.Schemas;

/// <summary>A user's unsaved edit of a schema (or of a new one, <paramref name="SchemaId"/> null), kept as JSON text since it may not be valid yet.</summary>
public sealed record SchemaDraft(Guid Id, Guid? SchemaId, int BaseVersion, byte[] Document, DateTimeOffset SavedAt);
