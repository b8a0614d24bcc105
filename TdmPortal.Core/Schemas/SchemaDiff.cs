namespace TdmPortal.Core.Schemas;

/// <summary>Compares two documents by name (not by position).</summary>
public static class SchemaDiff
{
    /// <summary>The differences, in the order of the newer document; empty when both mean the same.</summary>
    public static IReadOnlyList<SchemaChange> Compare(SchemaDocument before, SchemaDocument after) => throw new NotImplementedException();
}
