namespace TdmPortal.Core.Generation;

/// <summary>A window of rows as text.</summary>
/// <param name="FirstRow">Row number of the first one, 0-based.</param>
/// <param name="TotalRows">Rows of the entity.</param>
/// <param name="Columns">In field order.</param>
/// <param name="RowNumbers">Row number of each row (a window, or the children of a parent).</param>
/// <param name="Cells">Row by row; null is a null, the empty string is an empty string. Formatted as in CSV.</param>
public sealed record PreviewRows(long FirstRow, long TotalRows, IReadOnlyList<ColumnDescription> Columns, IReadOnlyList<long> RowNumbers, IReadOnlyList<IReadOnlyList<string?>> Cells);
