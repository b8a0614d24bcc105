using System.Globalization;
using TdmPortal.Core.Import.Checks;

namespace TdmPortal.Core.Import.Ddl;

/// <summary>Types as DDL writes them, in the words in which the server would write them back.</summary>
internal static class DdlTypes
{
    /// <summary>The type here; null where none stands.</summary>
    /// <param name="find">A type of the script by schema and name.</param>
    public static DatabaseColumn? Read(DdlStatement statement, string column, Func<string?, string, (string Schema, string Name)?> find)
    {
        if (!statement.Current.IsName)
            return null;
        var isQuoted = statement.Current.Kind == ServerTokenKind.QuotedName;
        var (schema, name) = statement.Name()!.Value;
        if (schema == "pg_catalog")
            schema = null;
        if (schema is null && !isQuoted)
            name = Words(statement, name);
        List<int> sizes = [];
        var arguments = "";
        if (statement.Current.IsMark("(") && (name is not ("interval" or "timestamp" or "time") || statement.Peek(1).Kind == ServerTokenKind.Number))
        {
            var start = statement.Place;
            sizes = [.. statement.Bracketed().Parts().Select(part => Size(part))];
            arguments = statement.From(start).Replace(" ", "", StringComparison.Ordinal);
        }

        if (schema is null && name is "timestamp" or "time")
            name += statement.Take("with", "time", "zone") ? " with time zone" : statement.Take("without", "time", "zone") ? " without time zone" : "";
        if (name == "interval")
        {
            while (statement.Current.Kind == ServerTokenKind.Word && statement.Current.Text is "year" or "month" or "day" or "hour" or "minute" or "second" or "to")
                statement.Take();
        }

        var dimensions = 0;
        statement.Take("array");
        while (statement.TakeMark("["))
        {
            if (!statement.Current.IsMark("]"))
                statement.Take();
            statement.TakeMark("]");
            dimensions++;
        }

        var made = schema is null && !isQuoted ? BuiltIn(column, name, sizes) : null;
        if (made is null && schema is null && name == "char")
            made = new(column, "\"char\"") { BaseType = "char" };
        if (made is null)
        {
            if (schema is null && !isQuoted && find(null, name) is null && OfOthers(column, name, sizes) is { } other)
                return other;
            // An extension's type, or one that the script makes.
            var known = find(schema, name) ?? (schema ?? "public", name);
            made = new(column, $"{Quoted(known.Schema)}.{Quoted(known.Name)}{arguments}") { BaseType = known.Name, TypeSchema = known.Schema };
        }

        return dimensions == 0 ? made : made with { SqlType = made.SqlType + "[]", Dimensions = dimensions };
    }

    public static string Quoted(string name) => name.Length > 0 && (char.IsAsciiLetterLower(name[0]) || name[0] == '_') && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '_' or '$') ? name : $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static int Size(DdlStatement part)
    {
        var negative = part.Current.IsOperator("-");
        if (negative)
            part.Take();
        return int.TryParse(part.Current.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? (negative ? -size : size) : 0;
    }

    private static string Words(DdlStatement statement, string name) => name switch
    {
        "double" when statement.Take("precision") => "double precision",
        "character" or "char" when statement.Take("varying") => "character varying",
        "bit" when statement.Take("varying") => "bit varying",
        "national" when statement.Take("character", "varying") || statement.Take("char", "varying") => "character varying",
        "national" when statement.Take("character") || statement.Take("char") => "character",
        _ => name,
    };

    /// <summary>Types of MySQL, SQL Server, SQLite and Oracle, as PostgreSQL has them.</summary>
    private static DatabaseColumn? OfOthers(string column, string name, IReadOnlyList<int> sizes)
    {
        // (max) and lengths that no column has are none.
        var length = sizes.Count > 0 && sizes[0] > 0 ? sizes : [];
        return name switch
        {
            "tinyint" when sizes is [1] => BuiltIn(column, "boolean", []),
            "tinyint" or "year" => BuiltIn(column, "smallint", []),
            "mediumint" => BuiltIn(column, "integer", []),
            "double" => BuiltIn(column, "double precision", []),
            "number" => length.Count > 0 ? BuiltIn(column, "numeric", length) : BuiltIn(column, "numeric", []),
            "nvarchar" or "varchar2" or "nvarchar2" or "sysname" => length.Count > 0 ? BuiltIn(column, "varchar", length) : BuiltIn(column, "text", []),
            "ntext" or "tinytext" or "mediumtext" or "longtext" or "clob" or "nclob" or "string" => BuiltIn(column, "text", []),
            "datetime" or "datetime2" or "smalldatetime" => BuiltIn(column, "timestamp", []),
            "datetimeoffset" => BuiltIn(column, "timestamptz", []),
            "uniqueidentifier" => BuiltIn(column, "uuid", []),
            "smallmoney" => BuiltIn(column, "numeric", [10, 4]),
            "blob" or "tinyblob" or "mediumblob" or "longblob" or "binary" or "varbinary" or "image" or "rowversion" => BuiltIn(column, "bytea", []),
            _ => null,
        };
    }

    private static DatabaseColumn? BuiltIn(string column, string name, IReadOnlyList<int> sizes)
    {
        int? first = sizes.Count > 0 ? sizes[0] : null;
        string Sized(string type) => first is { } size ? string.Create(CultureInfo.InvariantCulture, $"{type}({size})") : type;
        DatabaseColumn Made(string written, string own) => new(column, written) { BaseType = own };
        switch (name)
        {
            case "int" or "integer" or "int4":
                return Made("integer", "int4");
            case "bigint" or "int8":
                return Made("bigint", "int8");
            case "smallint" or "int2":
                return Made("smallint", "int2");
            case "serial" or "serial4":
                return Made("integer", "int4") with { Identity = new(false, 1, 1, null), NotNull = true };
            case "bigserial" or "serial8":
                return Made("bigint", "int8") with { Identity = new(false, 1, 1, null), NotNull = true };
            case "smallserial" or "serial2":
                return Made("smallint", "int2") with { Identity = new(false, 1, 1, null), NotNull = true };
            case "numeric" or "decimal" or "dec":
                var scale = sizes.Count > 1 ? sizes[1] : 0;
                return first is { } precision ? Made(string.Create(CultureInfo.InvariantCulture, $"numeric({precision},{scale})"), "numeric") with { Precision = precision, Scale = scale } : Made("numeric", "numeric");
            case "real" or "float4":
                return Made("real", "float4");
            case "float" when first is <= 24:
                return Made("real", "float4");
            case "float" or "float8" or "double precision":
                return Made("double precision", "float8");
            case "bool" or "boolean":
                return Made("boolean", "bool");
            case "varchar" or "character varying" when sizes is [0]:
                return Made("text", "text");
            case "varchar" or "character varying":
                return Made(Sized("character varying"), "varchar") with { MaxLength = first };
            case "char" or "character" or "nchar":
                first ??= 1;
                return Made(Sized("character"), "bpchar") with { MaxLength = first };
            case "bpchar":
                return Made("character", "bpchar");
            case "bit":
                first ??= 1;
                return Made(Sized("bit"), "bit") with { MaxLength = first };
            case "varbit" or "bit varying":
                return Made(Sized("bit varying"), "varbit") with { MaxLength = first };
            case "timestamptz" or "timestamp with time zone":
                return Made($"{Sized("timestamp")} with time zone", "timestamptz");
            case "timestamp" or "timestamp without time zone":
                return Made($"{Sized("timestamp")} without time zone", "timestamp");
            case "timetz" or "time with time zone":
                return Made($"{Sized("time")} with time zone", "timetz");
            case "time" or "time without time zone":
                return Made($"{Sized("time")} without time zone", "time");
            case "interval":
                return Made(Sized("interval"), "interval");
            case "text" or "date" or "uuid" or "json" or "jsonb" or "bytea" or "inet" or "cidr" or "macaddr" or "macaddr8" or "money" or "xml" or "tsvector" or "tsquery" or "point" or "line" or "lseg" or "box" or "path"
                or "polygon" or "circle" or "name" or "oid" or "pg_lsn" or "jsonpath" or "int4range" or "int8range" or "numrange" or "daterange" or "tsrange" or "tstzrange" or "int4multirange" or "int8multirange"
                or "nummultirange" or "datemultirange" or "tsmultirange" or "tstzmultirange" or "xid" or "xid8" or "cid" or "tid" or "txid_snapshot" or "pg_snapshot" or "regclass" or "regtype" or "regproc" or "regrole" or "regnamespace":
                return Made(name, name);
            default:
                return null;
        }
    }
}
