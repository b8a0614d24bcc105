namespace TdmPortal.Core.Schemas;

/// <summary>Writes the JSON form of a schema document; what <see cref="SchemaReader"/> read is written back alike.</summary>
public static class SchemaWriter
{
    /// <summary>UTF-8, indented by two spaces, a line feed at the end; properties that are absent are left out.</summary>
    public static byte[] Write(SchemaDocument document) => throw new NotImplementedException();
}
