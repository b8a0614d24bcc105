using TdmPortal.Core.Generation;
using TdmPortal.Data.Datasets;

namespace TdmPortal.Data.Environments;

/// <summary>An entity that both versions have, as the parts of statements over both of its tables: <c>b</c> before, <c>a</c> after.</summary>
internal sealed class ComparedEntity
{
    private const string Row = "\"" + StoredTable.RowNumber + "\"";
    private readonly StoredVersion before;
    private readonly StoredVersion after;
    private readonly string join;

    public ComparedEntity(StoredVersion before, StoredVersion after, DatasetEntity one, DatasetEntity other)
    {
        (this.before, this.after, Before, After) = (before, after, one, other);
        Shared = [.. other.Columns.Select(column => (Before: one.Columns.FirstOrDefault(former => former.Name == column.Name), After: column)).Where(pair => pair.Before is not null).Select(pair => (pair.Before!, pair.After))];
        KeyNote = WhyNoKey();
        Key = KeyNote is null ? other.PrimaryKey : [];
        join = Key.Count == 0 ? $"b.{Row} = a.{Row}" : string.Join(" and ", Key.Select(field => $"b.{Name(field)} = a.{Name(field)}"));
    }

    public DatasetEntity Before { get; }
    public DatasetEntity After { get; }
    /// <summary>Columns of both, in the later version's order.</summary>
    public IReadOnlyList<(ColumnDescription Before, ColumnDescription After)> Shared { get; }
    /// <summary>By which rows are known again; none: by their position.</summary>
    public IReadOnlyList<string> Key { get; }
    public string? KeyNote { get; }

    /// <summary>Counts: rows before and after; added, removed, changed ones; then the changed cells of each shared column that is not of the key.</summary>
    public string CountDifferences()
    {
        var cells = Compared.Select(pair => $", count(*) filter (where b.{Row} is not null and a.{Row} is not null and {Differs(pair)})");
        return $"select count(b.{Row}), count(a.{Row}), count(*) filter (where b.{Row} is null), count(*) filter (where a.{Row} is null), count(*) filter (where b.{Row} is not null and a.{Row} is not null and ({AnyDiffers}))"
            + $"{string.Concat(cells)} from {BeforeTable} b full join {AfterTable} a on {join}";
    }

    /// <summary>Shared columns that may differ: all but the key's.</summary>
    public IEnumerable<(ColumnDescription Before, ColumnDescription After)> Compared => Shared.Where(pair => !Key.Contains(pair.After.Name, StringComparer.Ordinal));

    /// <summary>Changed rows in the order of the later version, the number of the last one seen as parameter 1.</summary>
    /// <param name="column">Only rows in which this one differs; null: any.</param>
    public string Changed(ColumnDescription[] columns, string? column, int take)
    {
        var condition = column is null ? AnyDiffers : Compared.Where(pair => pair.After.Name == column).Select(Differs).FirstOrDefault("false");
        var texts = columns.Select(shown => Shared.First(pair => pair.After.Name == shown.Name)).SelectMany(pair => new[] { ColumnSql.Text("b.", pair.Before), ColumnSql.Text("a.", pair.After) });
        return FormattableString.Invariant($"select a.{Row}, {string.Join(", ", texts)} from {AfterTable} a join {BeforeTable} b on {join} where a.{Row} > $1 and ({condition}) order by a.{Row} limit {take}");
    }

    /// <summary>Rows of the later version that the earlier one lacks.</summary>
    public string Added(ColumnDescription[] columns, int take) => Alone("a", AfterTable, "b", BeforeTable, columns, take);

    /// <summary>Rows of the earlier version that the later one lacks.</summary>
    public string Removed(ColumnDescription[] columns, int take) => Alone("b", BeforeTable, "a", AfterTable, columns, take);

    /// <summary>All rows that differ in one way, each as a line of JSON: its number and key, and of a changed row the cells that differ, as [before, after].</summary>
    public string Lines(RowDifference kind) => kind switch
    {
        RowDifference.Added => AloneLines("a", AfterTable, "b", BeforeTable, "added", After.Columns),
        RowDifference.Removed => AloneLines("b", BeforeTable, "a", AfterTable, "removed", Before.Columns),
        _ => $"select {Line("a", "changed", $"(select json_object_agg(name, json_build_array(one, other)) from (values {string.Join(", ", Compared.Select(pair => $"({Literal(pair.After.Name)}, {Differs(pair)}, to_json(b.{ColumnSql.Name(pair.Before)}), to_json(a.{ColumnSql.Name(pair.After)}))"))}) cell(name, differs, one, other) where differs)")}"
            + $" from {AfterTable} a join {BeforeTable} b on {join} where {AnyDiffers} order by a.{Row}",
    };

    private string AloneLines(string own, string table, string other, string otherTable, string change, IReadOnlyList<ColumnDescription> columns) =>
        $"select {Line(own, change, Object(own, columns))} from {table} {own} where not exists (select from {otherTable} {other} where {join}) order by {own}.{Row}";

    private string Line(string own, string change, string cells) =>
        $"json_build_object('row', {own}.{Row}, 'change', '{change}', 'key', {(Key.Count == 0 ? "null" : Object(own, Key.Select(field => StoredVersion.Column(After, field))))}, 'cells', {cells})::text";

    /// <summary>By a list of values, since a function takes a hundred arguments and an entity may have more fields.</summary>
    private static string Object(string own, IEnumerable<ColumnDescription> columns) =>
        $"(select json_object_agg(name, value) from (values {string.Join(", ", columns.Select(column => $"({Literal(column.Name)}, to_json({own}.{ColumnSql.Name(column)}))"))}) cell(name, value))";

    private static string Literal(string name) => $"'{name.Replace("'", "''", StringComparison.Ordinal)}'";

    public string BeforeTable => before.Table(Before);
    public string AfterTable => after.Table(After);

    private string Alone(string own, string table, string other, string otherTable, ColumnDescription[] columns, int take) =>
        FormattableString.Invariant($"select {own}.{Row}, {string.Join(", ", columns.Select(column => ColumnSql.Text(own + ".", column)))} from {table} {own} where {own}.{Row} > $1 and not exists (select from {otherTable} {other} where {join}) order by {own}.{Row} limit {take}");

    private string AnyDiffers => string.Join(" or ", Compared.Select(Differs).DefaultIfEmpty("false"));

    /// <summary>As they are where both are of one type, else as the texts that people see.</summary>
    private static string Differs((ColumnDescription Before, ColumnDescription After) pair) => IsAlike(pair.Before, pair.After)
        ? $"b.{ColumnSql.Name(pair.Before)} is distinct from a.{ColumnSql.Name(pair.After)}"
        : $"{ColumnSql.Text("b.", pair.Before)} is distinct from {ColumnSql.Text("a.", pair.After)}";

    private static bool IsAlike(ColumnDescription one, ColumnDescription other) => (one.Type, one.IsArray) == (other.Type, other.IsArray);

    private string? WhyNoKey()
    {
        const string position = "its rows are compared by their position";
        if (After.PrimaryKey.Count == 0 && Before.PrimaryKey.Count == 0)
            return $"{After.Name} has no key: {position}.";
        if (!After.PrimaryKey.SequenceEqual(Before.PrimaryKey, StringComparer.Ordinal))
            return $"The key of {After.Name} was {Words(Before.PrimaryKey)} and is {Words(After.PrimaryKey)}: {position}.";
        return After.PrimaryKey.FirstOrDefault(field => !Shared.Any(pair => pair.After.Name == field && IsAlike(pair.Before, pair.After))) is { } other
            ? $"The key of {After.Name} changed its type ({other}): {position}."
            : null;
    }

    private static string Words(IReadOnlyList<string> key) => key.Count == 0 ? "none" : $"({string.Join(", ", key)})";

    private string Name(string field) => ColumnSql.Name(StoredVersion.Column(After, field));
}
