namespace TdmPortal.Data.Storage;

/// <summary>What an orphan is.</summary>
public enum OrphanKind
{
    /// <summary>A schema of the database that no record names.</summary>
    Schema,
    /// <summary>A role of the database that no record names.</summary>
    Role,
    /// <summary>An archive's folder without a record.</summary>
    ArchiveFiles,
    /// <summary>A version's record whose schema is not there.</summary>
    Version,
    /// <summary>An archive's record whose files are not there.</summary>
    Archive,
}
