using TdmPortal.Core.Generation;

namespace TdmPortal.Data.Datasets;

/// <summary>
/// The order of a window of rows: by a column and then by row number, so that ties have an order too. Nulls come last
/// going up and first going down, which is the order of one plain index read from either end. A place behind a cursor is
/// found by comparing (value, row); rows with a null are a stretch of their own, since no comparison holds for them.
/// </summary>
/// <param name="Column">Null: by row number.</param>
internal sealed record RowOrder(ColumnDescription? Column, bool Descending)
{
    /// <summary>Alias of the table that is read.</summary>
    public const string Source = "stored";
    private const string Row = "\"" + StoredTable.RowNumber + "\"";

    public string Clause => Column is null ? $"{Source}.{Row}{Direction}" : $"{Source}.{ColumnSql.Name(Column)}{Direction}, {Source}.{Row}{Direction}";

    public RowOrder Reversed => this with { Descending = !Descending };

    private string Direction => Descending ? " DESC" : "";

    /// <summary>Conditions to read one after the other until there are rows enough; empty text: no condition.</summary>
    public IEnumerable<string> Stretches(RowCursor? after, SqlValues values)
    {
        var sign = Descending ? "<" : ">";
        if (Column is null)
            return [after is null ? "" : $"{Row} {sign} {Number(after, values)}"];
        var name = ColumnSql.Name(Column);
        if (!Column.Nullable)
            return [after is null ? "" : Behind(after, values)];
        if (after is null)
            return Descending ? [$"{name} IS NULL", $"{name} IS NOT NULL"] : [$"{name} IS NOT NULL", $"{name} IS NULL"];
        if (after.Value is null)
            return Descending ? [$"{name} IS NULL AND {Row} {sign} {Number(after, values)}", $"{name} IS NOT NULL"] : [$"{name} IS NULL AND {Row} {sign} {Number(after, values)}"];
        return Descending ? [Behind(after, values)] : [Behind(after, values), $"{name} IS NULL"];
    }

    private string Behind(RowCursor after, SqlValues values) =>
        $"({ColumnSql.Name(Column!)}, {Row}) {(Descending ? "<" : ">")} ({values.Add(after.Value ?? throw RowCursor.Invalid())}::{ColumnSql.Type(Column!)}, {Number(after, values)})";

    private static string Number(RowCursor after, SqlValues values) => values.Add(after.Row.ToString(System.Globalization.CultureInfo.InvariantCulture)) + "::bigint";
}
