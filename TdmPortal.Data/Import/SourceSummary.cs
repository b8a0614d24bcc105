namespace TdmPortal.Data.Import;

/// <summary>A source in a list.</summary>
/// <param name="Place">Where it is, for people: <c>db.example.com/shop</c>, or the files' names.</param>
/// <param name="Tables">When it was looked at last; null: never.</param>
/// <param name="SchemaName">Of the schema that was imported from it, where it is kept.</param>
/// <param name="Problem">Why looking at it failed the last time; null: it did not.</param>
/// <param name="Policies">Masking policies that are for it.</param>
public sealed record SourceSummary(Guid Id, string Name, SourceKind Kind, string Place, int? Tables, Guid? SchemaId, string? SchemaName, DateTimeOffset? LookedAt, string? Problem, int Policies, string ChangedBy, DateTimeOffset ChangedAt);
