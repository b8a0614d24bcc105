using System.Text;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Web.Datasets;

/// <summary>Rows as a Python list of dictionaries with the imports that it needs (Python 3.11 and later).</summary>
internal static class PythonRows
{
    public static string Write(string entity, IReadOnlyList<ColumnDescription> columns, IReadOnlyList<IReadOnlyList<string?>> rows)
    {
        var text = new StringBuilder();
        var temporal = columns.Select(column => column.Type switch { FieldType.Date => "date", FieldType.Time => "time", FieldType.Timestamp => "datetime", _ => null })
            .OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        if (temporal.Count > 0)
            text.Append("from datetime import ").AppendJoin(", ", temporal).Append('\n');
        if (columns.Any(column => column.Type == FieldType.Decimal))
            text.Append("from decimal import Decimal\n");
        if (columns.Any(column => column.Type == FieldType.Uuid))
            text.Append("from uuid import UUID\n");
        if (text.Length > 0)
            text.Append('\n');

        text.Append(entity).Append("_rows = [\n");
        foreach (var row in rows)
            text.Append("    {").AppendJoin(", ", row.Select((cell, i) => $"\"{columns[i].Name}\": {Literal(columns[i], cell)}")).Append("},\n");
        return text.Append("]\n").ToString();
    }

    private static string Literal(ColumnDescription column, string? cell) => cell switch
    {
        null => "None",
        _ when column.IsArray => $"[{string.Join(", ", RowCopy.Elements(cell).Select(element => element is null ? "None" : Scalar(column.Type, element)))}]",
        _ => Scalar(column.Type, cell),
    };

    private static string Scalar(FieldType type, string value) => type switch
    {
        FieldType.Integer => value,
        FieldType.Decimal => $"Decimal(\"{value}\")",
        FieldType.Double => RowCopy.IsFinite(value) ? value : $"float(\"{value}\")",
        FieldType.Boolean => value == "true" ? "True" : "False",
        FieldType.Date => $"date.fromisoformat(\"{value}\")",
        FieldType.Time => $"time.fromisoformat(\"{value}\")",
        FieldType.Timestamp => $"datetime.fromisoformat(\"{value}\")",
        FieldType.Uuid => $"UUID(\"{value}\")",
        _ => QuotedText.Of(value),
    };
}
