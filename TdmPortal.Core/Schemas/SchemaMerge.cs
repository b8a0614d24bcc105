namespace TdmPortal.Core.Schemas;

/// <summary>Three-way merge of two edits of the same document, per property of each field, entity, relationship and constraint.</summary>
public static class SchemaMerge
{
    /// <summary>Merges <paramref name="mine"/> and <paramref name="theirs"/>, both made from <paramref name="origin"/>.</summary>
    /// <param name="theirsAt">Places of conflicts at which theirs is to win.</param>
    public static SchemaMergeResult Merge(SchemaDocument origin, SchemaDocument mine, SchemaDocument theirs, IReadOnlySet<string>? theirsAt = null) => throw new NotImplementedException();
}
