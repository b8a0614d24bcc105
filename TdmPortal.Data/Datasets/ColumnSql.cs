using TdmPortal.Core.Formats;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Data.Datasets;

/// <summary>A stored column in SQL: its name, its type, its value as the text that files have.</summary>
internal static class ColumnSql
{
    public static string Name(ColumnDescription column) => SqlSchema.Quote(column.Name);

    /// <summary>Type to cast a text parameter to; without sizes, so that comparing with 1.005 does not round it first.</summary>
    public static string Type(ColumnDescription column) => ElementType(column.Type) + (column.IsArray ? "[]" : "");

    /// <summary>The value as CSV writes it, without quotes.</summary>
    public static string Text(ColumnDescription column) => TextOf(Name(column), column);

    /// <summary>As <see cref="Text(ColumnDescription)"/>, of a column of the table with an alias, dot included.</summary>
    public static string Text(string alias, ColumnDescription column) => TextOf(alias + Name(column), column);

    private static string TextOf(string name, ColumnDescription column) => column switch
    {
        { IsArray: true } => $"to_json({name})::text",
        { Type: FieldType.String } => name,
        { Type: FieldType.Date } => $"to_char({name}, 'YYYY-MM-DD')",
        { Type: FieldType.Timestamp } => $"""rtrim(rtrim(to_char({name} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), '0'), '.') || 'Z'""",
        _ => $"{name}::text",
    };

    private static string ElementType(FieldType type) => type switch
    {
        FieldType.Integer => "bigint",
        FieldType.Decimal => "numeric",
        FieldType.Double => "double precision",
        FieldType.Boolean => "boolean",
        FieldType.Date => "date",
        FieldType.Time => "time",
        FieldType.Timestamp => "timestamptz",
        FieldType.Uuid => "uuid",
        FieldType.Json => "jsonb",
        _ => "text",
    };
}
