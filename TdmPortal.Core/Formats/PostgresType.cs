using TdmPortal.Core.Generation;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Formats;

/// <summary>How PostgreSQL's binary COPY carries a column: its type's number and form.</summary>
/// <param name="Oid">Of the element, for an array.</param>
/// <param name="Form">Layout of the bytes.</param>
[System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Auto)]
internal readonly record struct PostgresType(int Oid, PostgresForm Form)
{
    /// <summary>The type of a column, from the SQL type where the document gives one.</summary>
    public static PostgresType Of(ColumnDescription column)
    {
        var name = column.SqlType;
        var end = name.AsSpan().IndexOfAny("([");
        return (end < 0 ? name : name[..end]).Trim().ToLowerInvariant() switch
        {
            "smallint" or "int2" => new(21, PostgresForm.Int16),
            "integer" or "int" or "int4" => new(23, PostgresForm.Int32),
            "bigint" or "int8" => new(20, PostgresForm.Int64),
            "numeric" or "decimal" => new(1700, PostgresForm.Numeric),
            "real" or "float4" => new(700, PostgresForm.Float32),
            "double precision" or "float8" => new(701, PostgresForm.Float64),
            "boolean" or "bool" => new(16, PostgresForm.Boolean),
            "varchar" or "character varying" => new(1043, PostgresForm.Text),
            "date" => new(1082, PostgresForm.Date),
            "time" or "time without time zone" => new(1083, PostgresForm.Int64),
            "timestamptz" or "timestamp with time zone" => new(1184, PostgresForm.Timestamp),
            "timestamp" or "timestamp without time zone" => new(1114, PostgresForm.Timestamp),
            "uuid" => new(2950, PostgresForm.Uuid),
            "jsonb" => new(3802, PostgresForm.Jsonb),
            "json" => new(114, PostgresForm.Text),
            _ => column.Type switch
            {
                FieldType.String or FieldType.Json => new(25, PostgresForm.Text),
                _ => throw new Errors.PortalException("generation.unsupported", $"Column {column.Name}: {column.Type} values cannot be copied into {column.SqlType}.") { SuggestedActions = [$"Change the SQL type of {column.Name}"] },
            },
        };
    }
}
