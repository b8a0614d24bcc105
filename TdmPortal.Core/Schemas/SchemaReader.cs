namespace TdmPortal.Core.Schemas;

/// <summary>Reads the JSON form of a schema document, collecting every problem instead of stopping at the first.</summary>
public static class SchemaReader
{
    /// <summary>Largest file that is read, in bytes.</summary>
    public const int MaxBytes = 20 * 1024 * 1024;

    /// <summary>Reads UTF-8 (a byte order mark is allowed). Never throws for bad input.</summary>
    public static SchemaReadResult Read(ReadOnlyMemory<byte> utf8) => throw new NotImplementedException();
}
