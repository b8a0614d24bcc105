using System.Text;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Web.Datasets;

/// <summary>Rows as a Java record and a list of it (Java 16 and later). <c>Arrays.asList</c> because <c>List.of</c> refuses null.</summary>
internal static class JavaRows
{
    private static readonly HashSet<string> Reserved = new(StringComparer.Ordinal)
    {
        "abstract", "assert", "boolean", "break", "byte", "case", "catch", "char", "class", "const", "continue", "default", "do", "double", "else", "enum",
        "extends", "false", "final", "finally", "float", "for", "goto", "if", "implements", "import", "instanceof", "int", "interface", "long", "native",
        "new", "null", "package", "private", "protected", "public", "return", "short", "static", "strictfp", "super", "switch", "synchronized", "this",
        "throw", "throws", "transient", "true", "try", "void", "volatile", "while",
        // Names that a record's component may not have.
        "clone", "finalize", "getClass", "hashCode", "notify", "notifyAll", "toString", "wait",
    };

    public static string Write(string entity, IReadOnlyList<ColumnDescription> columns, IReadOnlyList<IReadOnlyList<string?>> rows)
    {
        var record = Identifier.Pascal(entity);
        var names = Identifier.Distinct(columns.Select(column => Identifier.Camel(column.Name)).Select(name => Reserved.Contains(name) ? name + "_" : name));
        var text = new StringBuilder("record ").Append(record).Append('(')
            .AppendJoin(", ", columns.Select((column, i) => $"{TypeOf(column)} {names[i]}")).Append(") {}\n\n")
            .Append("java.util.List<").Append(record).Append("> rows = java.util.Arrays.asList(\n");
        for (var r = 0; r < rows.Count; r++)
        {
            text.Append("    new ").Append(record).Append('(').AppendJoin(", ", rows[r].Select((cell, i) => Literal(columns[i], cell)))
                .Append(r == rows.Count - 1 ? ")\n" : "),\n");
        }

        return text.Append(");\n").ToString();
    }

    private static string TypeOf(ColumnDescription column)
    {
        var boxed = column.Nullable || column.IsArray;
        var scalar = column.Type switch
        {
            FieldType.Integer => boxed ? "Long" : "long",
            FieldType.Decimal => "java.math.BigDecimal",
            FieldType.Double => boxed ? "Double" : "double",
            FieldType.Boolean => boxed ? "Boolean" : "boolean",
            FieldType.Date => "java.time.LocalDate",
            FieldType.Time => "java.time.LocalTime",
            FieldType.Timestamp => "java.time.Instant",
            FieldType.Uuid => "java.util.UUID",
            _ => "String",
        };
        return column.IsArray ? $"java.util.List<{scalar}>" : scalar;
    }

    private static string Literal(ColumnDescription column, string? cell) => cell switch
    {
        null => "null",
        _ when column.IsArray => $"java.util.Arrays.asList({string.Join(", ", RowCopy.Elements(cell).Select(element => element is null ? "null" : Scalar(column.Type, element)))})",
        _ => Scalar(column.Type, cell),
    };

    private static string Scalar(FieldType type, string value) => type switch
    {
        FieldType.Integer => value == "-9223372036854775808" ? "Long.MIN_VALUE" : value + "L",
        FieldType.Decimal => $"new java.math.BigDecimal(\"{value}\")",
        FieldType.Double => value switch { "NaN" => "Double.NaN", "Infinity" => "Double.POSITIVE_INFINITY", "-Infinity" => "Double.NEGATIVE_INFINITY", _ => value + "d" },
        FieldType.Boolean => value,
        FieldType.Date => $"java.time.LocalDate.parse(\"{value}\")",
        FieldType.Time => $"java.time.LocalTime.parse(\"{value}\")",
        FieldType.Timestamp => $"java.time.Instant.parse(\"{value}\")",
        FieldType.Uuid => $"java.util.UUID.fromString(\"{value}\")",
        _ => QuotedText.Of(value, octal: true),
    };
}
