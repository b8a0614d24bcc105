namespace TdmPortal.Core.Import;

/// <summary>One partition of a table.</summary>
/// <param name="Name">Qualified name, not quoted.</param>
/// <param name="Bound"><c>FOR VALUES …</c> as the server writes it; <c>DEFAULT</c> takes the rest.</param>
public sealed record DatabasePartition(string Name, string Bound)
{
    /// <summary>How it is partitioned in turn; null where it holds rows itself.</summary>
    public DatabasePartitioning? Partitioning { get; init; }
}
