using TdmPortal.Core.Generation;

namespace TdmPortal.Core.Formats;

/// <summary>Which columns PostgreSQL's binary COPY can carry as our columns hold them, either way.</summary>
public static class PostgresCopyForm
{
    private static readonly string[] Texts = ["text", "varchar", "bpchar", "citext", "name", "json", "xml"];

    /// <summary>Whether a column of that base type goes in as the column holds it.</summary>
    /// <param name="column">Its <see cref="ColumnDescription.SqlType"/> is not looked at.</param>
    /// <param name="type">The server's own name of the type, of the element for an array, domains resolved: <c>int4</c>, <c>bpchar</c>.</param>
    /// <param name="isEnumeration">Whether that is an enumeration.</param>
    public static bool IsBinary(ColumnDescription column, string type, bool isEnumeration) => column.Type switch
    {
        Schemas.FieldType.Integer => type is "int2" or "int4" or "int8" or "numeric",
        Schemas.FieldType.Decimal => type is "numeric",
        Schemas.FieldType.Double => type is "float4" or "float8",
        Schemas.FieldType.Boolean => type is "bool",
        Schemas.FieldType.Date => type is "date",
        Schemas.FieldType.Time => type is "time",
        Schemas.FieldType.Timestamp => type is "timestamp" or "timestamptz",
        Schemas.FieldType.Uuid => type is "uuid",
        Schemas.FieldType.Json => type is "jsonb" or "json",

        // An array carries the number of its elements' type, which is known of the built-in ones only.
        _ => column.IsArray ? type is "text" or "varchar" : isEnumeration || type is "jsonb" || Texts.Contains(type),
    };

    /// <summary>The type's name as <see cref="ColumnDescription.SqlType"/> has it for reading and writing binary.</summary>
    public static string SqlType(string type, bool isArray) => isArray ? type + "[]" : type;
}
