using System.Text;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Web.Datasets;

/// <summary>Rows as a C# record and an array of it (C# 12 and later): compiles as it stands, or as fields of a test class.</summary>
internal static class CSharpRows
{
    private static readonly HashSet<string> Keywords = new(StringComparer.Ordinal) { "Equals", "GetHashCode", "ToString", "GetType", "Deconstruct", "PrintMembers", "EqualityContract", "Clone", "MemberwiseClone", "Finalize" };

    public static string Write(string entity, IReadOnlyList<ColumnDescription> columns, IReadOnlyList<IReadOnlyList<string?>> rows)
    {
        var record = Identifier.Pascal(entity);
        var names = Identifier.Distinct(columns.Select(column => Identifier.Pascal(column.Name)).Select(name => name == record || Keywords.Contains(name) ? name + "_" : name));
        var text = new StringBuilder("record ").Append(record).Append('(')
            .AppendJoin(", ", columns.Select((column, i) => $"{TypeOf(column)} {names[i]}")).Append(");\n\n")
            .Append(record).Append("[] rows =\n[\n");
        foreach (var row in rows)
            text.Append("    new(").AppendJoin(", ", row.Select((cell, i) => Literal(columns[i], cell))).Append("),\n");
        return text.Append("];\n").ToString();
    }

    private static string TypeOf(ColumnDescription column)
    {
        var scalar = column.Type switch
        {
            FieldType.Integer => "long",
            FieldType.Decimal => IsLongDecimal(column) ? "System.Numerics.BigInteger" : "decimal",
            FieldType.Double => "double",
            FieldType.Boolean => "bool",
            FieldType.Date => "DateOnly",
            FieldType.Time => "TimeOnly",
            FieldType.Timestamp => "DateTimeOffset",
            FieldType.Uuid => "Guid",
            _ => "string",
        };
        return (column.IsArray ? scalar + "[]" : scalar) + (column.Nullable ? "?" : "");
    }

    /// <summary>More digits than a decimal holds (28), and none after the point.</summary>
    private static bool IsLongDecimal(ColumnDescription column) => column is { Precision: > 28, Scale: 0 };

    private static string Literal(ColumnDescription column, string? cell) => cell switch
    {
        null => "null",
        _ when column.IsArray => $"[{string.Join(", ", RowCopy.Elements(cell).Select(element => element is null ? "null" : Scalar(column, element)))}]",
        _ => Scalar(column, cell),
    };

    private static string Scalar(ColumnDescription column, string value) => column.Type switch
    {
        FieldType.Integer => value == "-9223372036854775808" ? "long.MinValue" : value + "L",
        FieldType.Decimal => IsLongDecimal(column) ? $"System.Numerics.BigInteger.Parse(\"{value}\")" : value + "m",
        FieldType.Double => value switch { "NaN" => "double.NaN", "Infinity" => "double.PositiveInfinity", "-Infinity" => "double.NegativeInfinity", _ => value + "d" },
        FieldType.Boolean => value,
        FieldType.Date => $"DateOnly.Parse(\"{value}\")",
        FieldType.Time => $"TimeOnly.Parse(\"{value}\")",
        FieldType.Timestamp => $"DateTimeOffset.Parse(\"{value}\")",
        FieldType.Uuid => $"Guid.Parse(\"{value}\")",
        _ => QuotedText.Of(value),
    };
}
