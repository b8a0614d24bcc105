namespace TdmPortal.Core.Import;

/// <summary>What is known of a database's tables, read from its catalogue or from its DDL.</summary>
/// <param name="Tables">Ordinary and partitioned tables, not their partitions.</param>
/// <param name="Types">Enumerations, domains, composite types and ranges that their columns use.</param>
public sealed record DatabaseStructure(IReadOnlyList<DatabaseTable> Tables, IReadOnlyList<DatabaseType> Types)
{
    /// <summary>Statements or objects that were not understood, for people.</summary>
    public IReadOnlyList<NotUnderstood> NotUnderstood { get; init; } = [];
}
