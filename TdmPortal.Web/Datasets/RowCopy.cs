using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using TdmPortal.Core.Formats;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Web.Datasets;

/// <summary>Writes a few rows, given as the grid shows them (text in the CSV form of its type), as something to paste elsewhere.</summary>
public static class RowCopy
{
    /// <param name="entity">Names the table and the record.</param>
    /// <param name="columns">One for each cell of a row.</param>
    /// <param name="table">The table's own name in the database that the schema came from, for INSERT.</param>
    public static string Write(CopyFormat format, string entity, IReadOnlyList<ColumnDescription> columns, IReadOnlyList<IReadOnlyList<string?>> rows, TableName? table = null) => format switch
    {
        CopyFormat.Spreadsheet => Spreadsheet(columns, rows),
        CopyFormat.Csv => Csv(columns, rows),
        CopyFormat.Json => Json(columns, rows),
        CopyFormat.Insert => Insert(table ?? new TableName(null, entity), columns, rows),
        CopyFormat.CSharp => CSharpRows.Write(entity, columns, rows),
        CopyFormat.Java => JavaRows.Write(entity, columns, rows),
        CopyFormat.Python => PythonRows.Write(entity, columns, rows),
        _ => throw new ArgumentOutOfRangeException(nameof(format)),
    };

    private static string Spreadsheet(IReadOnlyList<ColumnDescription> columns, IReadOnlyList<IReadOnlyList<string?>> rows)
    {
        var text = new StringBuilder().AppendJoin('\t', columns.Select(column => column.Name)).Append('\n');
        foreach (var row in rows)
            text.AppendJoin('\t', row.Select(SpreadsheetCell)).Append('\n');
        return text.ToString();
    }

    private static string SpreadsheetCell(string? cell) => cell is null ? "" : cell.AsSpan().IndexOfAny("\t\r\n\"") < 0 ? cell : CsvQuoted(cell);

    private static string Csv(IReadOnlyList<ColumnDescription> columns, IReadOnlyList<IReadOnlyList<string?>> rows)
    {
        var text = new StringBuilder().AppendJoin(',', columns.Select(column => column.Name)).Append('\n');
        foreach (var row in rows)
            text.AppendJoin(',', row.Select(CsvCell)).Append('\n');
        return text.ToString();
    }

    private static string CsvCell(string? cell) => cell is null ? "" : cell.Length > 0 && cell.AsSpan().IndexOfAny(",\r\n\"") < 0 ? cell : CsvQuoted(cell);

    private static string CsvQuoted(string cell) => "\"" + cell.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";

    private static string Json(IReadOnlyList<ColumnDescription> columns, IReadOnlyList<IReadOnlyList<string?>> rows)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartArray();
            foreach (var row in rows)
            {
                writer.WriteStartObject();
                for (var i = 0; i < columns.Count; i++)
                {
                    writer.WritePropertyName(columns[i].Name);
                    WriteJson(writer, columns[i], row[i]);
                }

                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan) + "\n";
    }

    private static void WriteJson(Utf8JsonWriter writer, ColumnDescription column, string? cell)
    {
        if (cell is null)
            writer.WriteNullValue();
        else if (column.IsArray || column.Type is FieldType.Json or FieldType.Integer or FieldType.Decimal or FieldType.Boolean || (column.Type == FieldType.Double && IsFinite(cell)))
            writer.WriteRawValue(cell);
        else
            writer.WriteStringValue(cell);
    }

    /// <summary>NaN and the infinities have no number in JSON nor a literal in most languages.</summary>
    internal static bool IsFinite(string cell) => !cell.Contains('N', StringComparison.Ordinal) && !cell.Contains('n', StringComparison.Ordinal);

    private static string Insert(TableName table, IReadOnlyList<ColumnDescription> columns, IReadOnlyList<IReadOnlyList<string?>> rows)
    {
        if (rows.Count == 0)
            return "";
        var text = new StringBuilder("INSERT INTO ").Append(table.Schema is null ? "" : SqlSchema.Quote(table.Schema) + ".").Append(SqlSchema.Quote(table.Name)).Append(" (")
            .AppendJoin(", ", columns.Select(column => SqlSchema.Quote(column.ColumnName))).Append(") VALUES\n");
        for (var r = 0; r < rows.Count; r++)
        {
            text.Append("  (").AppendJoin(", ", rows[r].Select((cell, i) => SqlLiteral(columns[i], cell))).Append(')').Append(r == rows.Count - 1 ? ";\n" : ",\n");
        }

        return text.ToString();
    }

    private static string SqlLiteral(ColumnDescription column, string? cell) => cell switch
    {
        null => "NULL",
        _ when column.IsArray => $"ARRAY[{string.Join(", ", Elements(cell).Select(element => SqlScalar(column.Type, element)))}]::{column.SqlType}",
        _ => SqlScalar(column.Type, cell),
    };

    private static string SqlScalar(FieldType type, string? value) => value switch
    {
        null => "NULL",
        _ when type is FieldType.Integer or FieldType.Decimal or FieldType.Boolean || (type == FieldType.Double && IsFinite(value)) => value,
        _ => "'" + value.Replace("'", "''", StringComparison.Ordinal) + "'",
    };

    /// <summary>The elements of an array cell, each as a scalar cell would have it.</summary>
    internal static IEnumerable<string?> Elements(string cell)
    {
        using var json = JsonDocument.Parse(cell);
        foreach (var element in json.RootElement.EnumerateArray())
        {
            yield return element.ValueKind switch
            {
                JsonValueKind.Null => null,
                JsonValueKind.String => element.GetString(),
                _ => element.GetRawText(),
            };
        }
    }
}
