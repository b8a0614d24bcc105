namespace TdmPortal.Core.Import;

/// <summary>How a table is partitioned.</summary>
/// <param name="Strategy"><c>range</c>, <c>list</c> or <c>hash</c>.</param>
/// <param name="Columns">Columns of the key; empty where it is an expression.</param>
/// <param name="Bounds">FOR VALUES … of each leaf's way down, as the server writes it; <c>DEFAULT</c> takes the rest.</param>
public sealed record DatabasePartitioning(string Strategy, IReadOnlyList<string> Columns, IReadOnlyList<string> Bounds);
