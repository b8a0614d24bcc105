using TdmPortal.Core.Import;

namespace TdmPortal.Data.Import;

/// <summary>A source with all that may be shown of it.</summary>
/// <param name="HasPassword">Whether one is kept; it is never shown.</param>
/// <param name="Structure">As it was looked at last, without statistics; null: never.</param>
public sealed record SourceRecord(Guid Id, string Name, SourceKind Kind, SourceSettings Settings, bool HasPassword, Guid? SchemaId, string? SchemaName, DatabaseStructure? Structure, DateTimeOffset? LookedAt, string? Problem, string CreatedBy, DateTimeOffset CreatedAt, string ChangedBy, DateTimeOffset ChangedAt);
