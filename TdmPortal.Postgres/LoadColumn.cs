using TdmPortal.Core.Formats;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Postgres;

/// <summary>A column of the source that goes into one of a table.</summary>
/// <param name="Place">Its place in the source's entity.</param>
/// <param name="Description">With the server's type as <see cref="ColumnDescription.SqlType"/> where that goes in binary.</param>
/// <param name="Server">The column of the table.</param>
/// <param name="IsBinary">Whether it can go in binary.</param>
internal sealed record LoadColumn(int Place, ColumnDescription Description, ServerColumn Server, bool IsBinary)
{
    private static readonly string[] Texts = ["text", "varchar", "bpchar", "citext", "name"];
    private static readonly string[] Numbers = ["numeric", "float4", "float8", "money"];

    public static LoadColumn Of(int place, ColumnDescription source, ServerColumn column)
    {
        var binary = source.IsArray == column.IsArray && !column.IsArrayOfDomain && PostgresCopyForm.IsBinary(source, column.BaseType, column.IsEnumeration);
        return new(place, source with { ColumnName = column.Name, SqlType = binary ? PostgresCopyForm.SqlType(column.IsEnumeration ? "text" : column.BaseType, column.IsArray) : source.SqlType }, column, binary);
    }

    /// <summary>Whether the server can read the values' text as the column's type; of texts only it knows that itself.</summary>
    public bool Fits()
    {
        if (IsBinary || (!Description.IsArray && Description.Type is FieldType.String or FieldType.Json))
            return true;
        if (Description.IsArray && Server.IsArrayOfDomain)
            return true;
        if (Description.IsArray != Server.IsArray)
            return !Server.IsArray && Texts.Contains(Server.BaseType);
        if (Texts.Contains(Server.BaseType))
            return true;
        return Description.Type switch
        {
            FieldType.Integer => Numbers.Contains(Server.BaseType) || Server.BaseType is "int2" or "int4" or "int8" or "oid",
            FieldType.Decimal => Numbers.Contains(Server.BaseType) || (Description.Scale == 0 && Server.BaseType is "int2" or "int4" or "int8"),
            FieldType.Double => Server.BaseType is "numeric" or "float4" or "float8",
            FieldType.Boolean => Server.BaseType is "bool",
            FieldType.Date or FieldType.Timestamp => Server.BaseType is "date" or "timestamp" or "timestamptz",
            FieldType.Time => Server.BaseType is "time" or "timetz" or "interval",
            FieldType.Uuid => Server.BaseType is "uuid",

            // An array of texts of whatever kind: the server reads the elements.
            _ => true,
        };
    }
}
