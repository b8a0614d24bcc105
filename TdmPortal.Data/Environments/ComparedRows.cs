namespace TdmPortal.Data.Environments;

/// <summary>One page of rows that differ.</summary>
/// <param name="Columns">The key's columns first, where there is a key.</param>
/// <param name="Next">The row number after which the next page begins; null: this was the last.</param>
public sealed record ComparedRows(IReadOnlyList<string> Columns, IReadOnlyList<ComparedRow> Rows, long? Next);
