using System.Globalization;
using TdmPortal.Core.Formats;

namespace TdmPortal.Web.Datasets;

/// <summary>Names and media types of files that are taken away.</summary>
public static class DatasetDownload
{
    private static readonly (RowFormat Format, string Name, string Extension, string MediaType)[] Files =
    [
        (RowFormat.Csv, "csv", "csv", "text/csv; charset=utf-8"),
        (RowFormat.CsvForSpreadsheets, "csv-spreadsheet", "csv", "text/csv; charset=utf-8"),
        (RowFormat.Json, "json", "json", "application/json; charset=utf-8"),
        (RowFormat.Ndjson, "ndjson", "ndjson", "application/x-ndjson; charset=utf-8"),
        (RowFormat.Xml, "xml", "xml", "application/xml; charset=utf-8"),
        (RowFormat.SqlInsert, "sql", "sql", "application/sql; charset=utf-8"),
    ];

    /// <summary>All formats that rows are downloaded in.</summary>
    public static IReadOnlyList<(RowFormat Format, string Name)> Formats { get; } = [GenerateForm.Formats[0], (RowFormat.CsvForSpreadsheets, "CSV for spreadsheets"), .. GenerateForm.Formats.Skip(1)];

    /// <summary>Name of a format in an address.</summary>
    public static string Name(RowFormat format) => Files.First(file => file.Format == format).Name;

    /// <summary>Ending of its file.</summary>
    public static string Extension(RowFormat format) => Files.First(file => file.Format == format).Extension;

    public static string MediaType(RowFormat format) => Files.First(file => file.Format == format).MediaType;

    /// <summary>The format that an address names; null when it is none of them.</summary>
    public static RowFormat? Parse(string? name)
    {
        foreach (var file in Files)
        {
            if (string.Equals(file.Name, name, StringComparison.OrdinalIgnoreCase))
                return file.Format;
        }

        return null;
    }

    /// <summary><c>shop-v3-order.csv</c>, <c>shop-v3-csv.zip</c> for all entities.</summary>
    public static string FileName(string dataset, int version, string? entity, bool filtered, RowFormat format)
    {
        var stem = string.Create(CultureInfo.InvariantCulture, $"{dataset}-v{version}");
        return entity is null ? $"{stem}-{Extension(format)}.zip" : $"{stem}-{entity}{(filtered ? "-filtered" : "")}.{Extension(format)}";
    }
}
