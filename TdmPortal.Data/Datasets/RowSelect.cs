using TdmPortal.Core.Expressions;
using TdmPortal.Core.Generation;

namespace TdmPortal.Data.Datasets;

/// <summary>A <see cref="RowQuery"/> on a stored entity as the parts of a SELECT.</summary>
internal sealed class RowSelect
{
    public RowSelect(StoredVersion version, DatasetEntity entity, RowQuery query)
    {
        (Version, Entity, Query) = (version, entity, query);
        Columns = StoredVersion.Columns(entity, query.Columns);
        Order = new RowOrder(query.SortBy is null ? null : StoredVersion.Column(entity, query.SortBy), query.Descending);
    }

    public StoredVersion Version { get; }
    public DatasetEntity Entity { get; }
    public RowQuery Query { get; }
    public IReadOnlyList<ColumnDescription> Columns { get; }
    public RowOrder Order { get; }
    /// <summary>With an alias, by which the order is given: a bare name there would mean the text that is selected under it.</summary>
    public string Table => $"{Version.Table(Entity)} {RowOrder.Source}";
    public bool IsFiltered => Query.Filters.Count > 0 || !string.IsNullOrWhiteSpace(Query.Expression);
    /// <summary>Whether the row number alone says which rows are on the page.</summary>
    public bool IsPositional => !IsFiltered && Order.Column is null && !Order.Descending;

    /// <summary>
    /// The columns as files have them, in text. Under names that no column can have: a cast keeps its column's name, and
    /// ORDER BY takes the output of that name before the column, so that 999 came after 1000.
    /// </summary>
    public string Texts => string.Join(", ", Columns.Select((column, index) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{ColumnSql.Text(column)} AS \"text {index}\"")));

    /// <summary>The sort column as the server itself writes it, for the cursor.</summary>
    public string SortKey => (Order.Column is null ? "NULL::text" : ColumnSql.Name(Order.Column) + "::text") + " AS \"sort key\"";

    /// <summary>Columns of which an index would serve this query: the one sorted by, else the ones compared.</summary>
    public IEnumerable<ColumnDescription> IndexedBy => Order.Column is not null
        ? [Order.Column]
        : Query.Filters.Where(FilterSql.UsesIndex).Select(filter => StoredVersion.Column(Entity, filter.Column)).Take(1);

    /// <summary>The filters as one condition; empty when there is none.</summary>
    public string Where(SqlValues values)
    {
        var parts = Query.Filters.Select(filter => FilterSql.Condition(Entity, filter, values)).ToList();
        if (!string.IsNullOrWhiteSpace(Query.Expression))
            parts.Add($"({ExpressionFilter.ToSql(Query.Expression, Entity.Columns, values.Add)}) IS TRUE");
        return string.Join(" AND ", parts);
    }
}
