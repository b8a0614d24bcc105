namespace TdmPortal.Core.Schemas;

/// <summary>What came of merging two edits of one document.</summary>
/// <param name="Document">All changes that do not touch each other; at a conflict, mine.</param>
/// <param name="Conflicts">Places that both changed differently: <c>Before</c> is theirs, <c>After</c> is mine.</param>
public sealed record SchemaMergeResult(SchemaDocument Document, IReadOnlyList<SchemaChange> Conflicts);
