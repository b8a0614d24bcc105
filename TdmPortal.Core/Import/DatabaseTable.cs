namespace TdmPortal.Core.Import;

/// <summary>A table.</summary>
/// <param name="Schema">As it is, not quoted.</param>
/// <param name="Name">As it is, not quoted.</param>
/// <param name="Columns">In their order.</param>
public sealed record DatabaseTable(string Schema, string Name, IReadOnlyList<DatabaseColumn> Columns)
{
    /// <summary>COMMENT ON TABLE.</summary>
    public string? Comment { get; init; }
    /// <summary>Rows, as the server estimates them; null where it does not know.</summary>
    public long? EstimatedRows { get; init; }
    /// <summary>Primary key, unique constraints and unique indexes.</summary>
    public IReadOnlyList<DatabaseKey> Keys { get; init; } = [];
    /// <summary>Foreign keys from this table.</summary>
    public IReadOnlyList<DatabaseForeignKey> ForeignKeys { get; init; } = [];
    /// <summary>CHECK constraints, those of domains not included.</summary>
    public IReadOnlyList<DatabaseCheck> Checks { get; init; } = [];
    /// <summary>EXCLUDE constraints.</summary>
    public IReadOnlyList<DatabaseCheck> Exclusions { get; init; } = [];
    /// <summary>How it is partitioned; null where it is not.</summary>
    public DatabasePartitioning? Partitioning { get; init; }
    /// <summary>Tables that it inherits from (not as a partition), qualified and not quoted.</summary>
    public IReadOnlyList<string> Inherits { get; init; } = [];
    /// <summary>Triggers that fire when rows come in, as the server writes them.</summary>
    public IReadOnlyList<string> Triggers { get; init; } = [];
}
