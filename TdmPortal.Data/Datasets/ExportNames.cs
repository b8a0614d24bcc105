using TdmPortal.Core.Formats;

namespace TdmPortal.Data.Datasets;

/// <summary>What downloaded files are called.</summary>
public static class ExportNames
{
    /// <summary>Ending of a single entity's file.</summary>
    public static string Extension(RowFormat format) => format switch
    {
        RowFormat.Csv or RowFormat.CsvForSpreadsheets => "csv",
        RowFormat.Json => "json",
        RowFormat.Ndjson => "ndjson",
        RowFormat.Xml => "xml",
        RowFormat.SqlInsert or RowFormat.SqlCopy => "sql",
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, "No file format."),
    };

    /// <summary>Whether all entities together are one file (SQL) and no .zip.</summary>
    public static bool IsSql(RowFormat format) => format is RowFormat.SqlInsert or RowFormat.SqlCopy;

    /// <summary>A file of all entities: <c>shop-v3-csv.zip</c>, <c>shop-v3.sql</c>.</summary>
    public static string Whole(string dataset, int version, RowFormat format) => format switch
    {
        RowFormat.SqlInsert => FormattableString.Invariant($"{dataset}-v{version}.sql"),
        RowFormat.SqlCopy => FormattableString.Invariant($"{dataset}-v{version}-copy.sql"),
        _ => FormattableString.Invariant($"{dataset}-v{version}-{Extension(format)}.zip"),
    };

    internal static string Whole(StoredVersion version, RowFormat format) => Whole(version.DatasetName, version.Number, format);
}
