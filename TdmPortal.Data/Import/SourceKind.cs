namespace TdmPortal.Data.Import;

/// <summary>What a source is.</summary>
public enum SourceKind
{
    /// <summary>A PostgreSQL database.</summary>
    Postgres,
    /// <summary>Files that were uploaded; their bytes are not kept.</summary>
    Files,
}
