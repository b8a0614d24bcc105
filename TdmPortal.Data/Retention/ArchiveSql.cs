using TdmPortal.Core.Generation;
using TdmPortal.Data.Datasets;

namespace TdmPortal.Data.Retention;

/// <summary>What writing and reading an archive's files must agree on.</summary>
internal static class ArchiveSql
{
    /// <summary>The row number, then the columns.</summary>
    public static string Columns(IEnumerable<ColumnDescription> columns) => string.Join(", ", columns.Select(ColumnSql.Name).Prepend($"\"{StoredTable.RowNumber}\""));
}
