namespace TdmPortal.Data.Import;

/// <summary>What is imported.</summary>
public enum ImportOrigin
{
    /// <summary>A database that the portal reads.</summary>
    Database,
    /// <summary>Files with rows.</summary>
    Files,
    /// <summary>CREATE TABLE and the like.</summary>
    Ddl,
    /// <summary>A JSON Schema.</summary>
    JsonSchema,
}
