using TdmPortal.Core.Generation;

namespace TdmPortal.Data.Datasets;

/// <summary>A window of rows as text.</summary>
/// <param name="RowNumbers">0-based, one a row.</param>
/// <param name="Cells">Row by row, formatted as in CSV; null is a null.</param>
/// <param name="Matching">How many rows match, up to a bound; null when not counted.</param>
/// <param name="MissingIndex">The column by which the rows were sorted or filtered without an index: <see cref="RowBrowser.EnsureIndexAsync"/> makes it, and then all pages are quick. Null: nothing is missing.</param>
public sealed record RowPage(IReadOnlyList<ColumnDescription> Columns, IReadOnlyList<long> RowNumbers, IReadOnlyList<IReadOnlyList<string?>> Cells, string? Previous, string? Next, long? Matching, bool MatchingIsExact, string? MissingIndex);
