namespace TdmPortal.Core.Schemas;

/// <summary>Three-way merge of two edits of the same document, per property of each field, entity, relationship and constraint.</summary>
public static class SchemaMerge
{
    /// <summary>Merges <paramref name="mine"/> and <paramref name="theirs"/>, both made from <paramref name="origin"/>.</summary>
    public static SchemaMergeResult Merge(SchemaDocument origin, SchemaDocument mine, SchemaDocument theirs) => throw new NotImplementedException();
}
