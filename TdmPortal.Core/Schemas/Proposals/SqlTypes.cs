using System.Globalization;

namespace TdmPortal.Core.Schemas.Proposals;

/// <summary>Column types of PostgreSQL, MySQL, SQL Server, SQLite and Oracle as field types.</summary>
internal static class SqlTypes
{
    /// <param name="name">The type's words in lower case, joined by one space.</param>
    /// <param name="sizes">The numbers in brackets.</param>
    /// <returns>Null where the type is not known.</returns>
    public static SqlColumnType? Of(string name, IReadOnlyList<int> sizes) => name switch
    {
        "tinyint" or "bit" when sizes is [1] => new(FieldType.Boolean),
        "bit" when sizes.Count == 0 => new(FieldType.Boolean),
        "bool" or "boolean" => new(FieldType.Boolean),
        "int" or "integer" or "int2" or "int4" or "int8" or "smallint" or "bigint" or "tinyint" or "mediumint" or "year" => new(FieldType.Integer),
        "serial" or "bigserial" or "smallserial" or "serial2" or "serial4" or "serial8" => new(FieldType.Integer, IsIdentity: true),
        "number" when sizes is [_] or [_, 0] => new(FieldType.Integer),
        "numeric" or "decimal" or "dec" or "number" or "fixed" => Decimal(sizes),
        "money" => new(FieldType.Decimal, 19, 4),
        "smallmoney" => new(FieldType.Decimal, 10, 4),
        "real" or "float" or "float4" or "float8" or "double" or "double precision" or "binary_float" or "binary_double" => new(FieldType.Double),
        "char" or "character" or "nchar" or "bpchar" or "national character" => new(FieldType.String, MaxLength: sizes is [var length, ..] ? length : 1),
        "varchar" or "character varying" or "nvarchar" or "varchar2" or "nvarchar2" or "char varying" or "national character varying" => new(FieldType.String, MaxLength: sizes is [var length, ..] ? length : null),
        "text" or "tinytext" or "mediumtext" or "longtext" or "ntext" or "clob" or "nclob" or "string" => new(FieldType.String, MaxLength: sizes is [var length, ..] ? length : null),
        "name" => new(FieldType.String, MaxLength: 63),
        "citext" or "xml" or "interval" => new(FieldType.String),
        "inet" or "cidr" or "macaddr" => new(FieldType.String, SqlType: name),
        "date" => new(FieldType.Date),
        "time" or "timetz" or "time without time zone" or "time with time zone" => new(FieldType.Time),
        "timestamp" or "timestamptz" or "timestamp without time zone" or "timestamp with time zone" or "timestamp with local time zone"
            or "datetime" or "datetime2" or "smalldatetime" or "datetimeoffset" => new(FieldType.Timestamp),
        "uuid" or "uniqueidentifier" or "guid" => new(FieldType.Uuid),
        "json" or "jsonb" => new(FieldType.Json),
        _ => null,
    };

    private static SqlColumnType Decimal(IReadOnlyList<int> sizes) => sizes switch
    {
        [var precision, var scale] => new(FieldType.Decimal, Math.Clamp(precision, 1, 38), Math.Clamp(scale, 0, Math.Clamp(precision, 1, 38))),
        [var precision] => new(FieldType.Decimal, Math.Clamp(precision, 1, 38), 0),
        _ => new(FieldType.Decimal),
    };

    /// <summary>The words that go on a type's name.</summary>
    public static bool GoesOn(string soFar, string word) => (soFar, word) switch
    {
        ("double", "precision") or ("character" or "char" or "national character" or "nchar", "varying") or ("national", "character" or "char") => true,
        ("time" or "timestamp", "with" or "without") => true,
        ("time with" or "timestamp with" or "time without" or "timestamp without", "time" or "local") => true,
        ("timestamp with local", "time") => true,
        (_, "zone") => soFar.EndsWith(" time", StringComparison.Ordinal),
        _ => false,
    };

    public static int Size(string number) => int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? size : int.MaxValue;
}
