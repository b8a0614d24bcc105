namespace TdmPortal.Core.Import;

/// <summary>How a table is partitioned.</summary>
/// <param name="Strategy"><c>range</c>, <c>list</c> or <c>hash</c>.</param>
/// <param name="Columns">Columns of the key; where a part is an expression, the expression as the server writes it.</param>
/// <param name="Partitions">Its partitions, which are tables of no other use here.</param>
public sealed record DatabasePartitioning(string Strategy, IReadOnlyList<string> Columns, IReadOnlyList<DatabasePartition> Partitions);
