using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace TdmPortal.Core.Import.Making;

/// <summary>Patterns whose texts PostgreSQL reads as values of the types that a schema document has no type for.</summary>
internal static partial class TypeTexts
{
    public const string Date = "2025-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])";
    public const string Timestamp = Date + " ([01][0-9]|2[0-3]):[0-5][0-9]:00";
    public const string Uuid = "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}";
    private const string LaterDate = "2026-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])";
    private const string Byte = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
    private const string Coordinate = "[1-9]?[0-9]\\.[0-9]{2}";

    /// <summary>Null where the type is not known.</summary>
    /// <param name="length">Length of bit strings.</param>
    /// <param name="written">The type as the server writes it, with what stands in brackets.</param>
    public static string? Of(string type, int? length, string written) => type switch
    {
        "inet" => $"10\\.{Byte}\\.{Byte}\\.{Byte}",
        "cidr" => $"10\\.{Byte}\\.{Byte}\\.0/24",
        "macaddr" => "02(:[0-9a-f]{2}){5}",
        "macaddr8" => "02(:[0-9a-f]{2}){7}",
        "interval" => "([1-9]|1[0-9]) (days|hours)",
        "money" => "[1-9][0-9]{0,3}",
        "bit" => string.Create(CultureInfo.InvariantCulture, $"[01]{{{Math.Min(1000, length ?? 1)}}}"),
        "varbit" => string.Create(CultureInfo.InvariantCulture, $"[01]{{1,{Math.Min(64, length ?? 16)}}}"),
        "bytea" => "\\\\x([0-9a-f]{2}){8,16}",
        "tsvector" => "[a-z]{3,8}( [a-z]{3,8}){1,4}",
        "tsquery" => "[a-z]{3,8}( & [a-z]{3,8})?",
        "xml" => "<item><name>[A-Z][a-z]{3,8}</name></item>",
        "hstore" => "\"[a-z]{3,6}\"=>\"[a-z]{3,8}\"",
        "ltree" => "[a-z]{2,6}(\\.[a-z]{2,6}){0,3}",
        "lquery" => "[a-z]{2,6}\\.\\*",
        "jsonpath" => "\\$\\.[a-z]{2,8}",
        "point" => $"\\({Coordinate},{Coordinate}\\)",
        "line" => "\\{[1-9],[1-9],[1-9]\\}",
        "lseg" => "\\[\\(0,0\\),\\([1-9],[1-9]\\)\\]",
        "box" => "\\([2-9][0-9],[2-9][0-9]\\),\\([1-9],[1-9]\\)",
        "path" => "\\(\\(0,0\\),\\([1-9],0\\),\\([1-9],[1-9]\\)\\)",
        "polygon" => "\\(\\(0,0\\),\\([1-9],0\\),\\([1-9],[1-9]\\)\\)",
        "circle" => "<\\([0-9],[0-9]\\),[1-9]>",
        "cube" => "\\([1-9],[1-9],[1-9]\\)",
        "pg_lsn" => "[1-9A-F][0-9A-F]{0,3}/[1-9A-F][0-9A-F]{0,7}",
        "xid" or "xid8" or "cid" => "[1-9][0-9]{0,6}",
        "tid" => "\\([0-9]{1,3},[1-9]\\)",
        "txid_snapshot" or "pg_snapshot" => "10:20:1[0-9]",
        "regclass" => "pg_class",
        "regtype" => "(integer|text|boolean)",
        "regproc" => "now",
        "regrole" or "regnamespace" => "pg_catalog",
        "int4range" or "int8range" => "\\[[1-9]?[0-9],1[0-9]{2}\\)",
        "numrange" => "\\[[1-9]?[0-9]\\.[0-9],1[0-9]{2}\\.[0-9]\\)",
        "daterange" => $"\\[{Date},{LaterDate}\\)",
        "tsrange" or "tstzrange" => $"\\[\"{Date} [01][0-9]:00\",\"{LaterDate} [01][0-9]:00\"\\)",
        "int4multirange" or "int8multirange" => "\\{\\[[1-9]?[0-9],1[0-9]{2}\\)\\}",
        "nummultirange" => "\\{\\[[1-9]?[0-9]\\.[0-9],1[0-9]{2}\\.[0-9]\\)\\}",
        "datemultirange" => $"\\{{\\[{Date},{LaterDate}\\)\\}}",
        "tsmultirange" or "tstzmultirange" => $"\\{{\\[\"{Date} [01][0-9]:00\",\"{LaterDate} [01][0-9]:00\"\\)\\}}",
        "geometry" or "geography" => Geometry(written),
        "vector" or "halfvec" => Vector(written),
        _ => null,
    };

    /// <summary>A range whose bounds are values of the type; empty where that is not known.</summary>
    public static string RangeOver(string subtype) => subtype switch
    {
        "integer" or "bigint" or "smallint" or "numeric" or "double precision" or "real" => "\\[[1-9]?[0-9],1[0-9]{2}\\)",
        "date" => $"\\[{Date},{LaterDate}\\)",
        "timestamp without time zone" or "timestamp with time zone" => $"\\[\"{Date} [01][0-9]:00\",\"{LaterDate} [01][0-9]:00\"\\)",
        "time without time zone" => "\\[0[0-9]:[0-5][0-9],1[0-9]:[0-5][0-9]\\)",
        "inet" => "\\[10\\.0\\.0\\.[0-9],10\\.0\\.1\\.[0-9]\\)",
        "text" or "character varying" => "\\[[a-m]{3},[n-z]{3}\\)",
        _ => "",
    };

    /// <summary>The pattern of exactly this text.</summary>
    public static string Literal(string text)
    {
        var pattern = new StringBuilder();
        foreach (var c in text)
        {
            if ("\\^$.|?*+()[]{}-/".Contains(c, StringComparison.Ordinal))
                pattern.Append('\\');
            pattern.Append(c);
        }

        return pattern.ToString();
    }

    /// <summary>An attribute's text as it stands inside of a composite value; quotes in it are doubled.</summary>
    public static string InComposite(string pattern) => pattern.IndexOfAny([',', '(', ')', ' ', '"', '\\']) < 0 || !NeedsQuotes(pattern) ? pattern : "\"" + pattern.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";

    /// <summary>An element's text as it stands inside of a list.</summary>
    public static string QuotedInside(string pattern) => "\"" + pattern.Replace("\"", "\\\\\"", StringComparison.Ordinal) + "\"";

    /// <summary>A group's brackets are the pattern's own, one behind a backslash is the text's.</summary>
    private static bool NeedsQuotes(string pattern) => pattern.Contains("\\(", StringComparison.Ordinal) || pattern.Contains("\\{", StringComparison.Ordinal) || pattern.Contains("\\[", StringComparison.Ordinal) || pattern.Contains(' ', StringComparison.Ordinal) || pattern.Contains('"', StringComparison.Ordinal) || pattern.Contains(@"\\", StringComparison.Ordinal);

    private static string Geometry(string written)
    {
        var form = GeometryForm().Match(written);
        var kind = form.Success ? form.Groups["kind"].Value.ToUpperInvariant() : "POINT";
        var reference = form.Success && form.Groups["srid"].Length > 0 ? $"SRID={form.Groups["srid"].Value};" : "";
        return reference + kind switch
        {
            "LINESTRING" => "LINESTRING\\(0 0,[1-9] [1-9]\\)",
            "POLYGON" => "POLYGON\\(\\(0 0,[1-9] 0,[1-9] [1-9],0 0\\)\\)",
            "MULTIPOINT" => "MULTIPOINT\\(0 0,[1-9] [1-9]\\)",
            "MULTILINESTRING" => "MULTILINESTRING\\(\\(0 0,[1-9] [1-9]\\)\\)",
            "MULTIPOLYGON" => "MULTIPOLYGON\\(\\(\\(0 0,[1-9] 0,[1-9] [1-9],0 0\\)\\)\\)",
            "GEOMETRYCOLLECTION" => "GEOMETRYCOLLECTION\\(POINT\\([1-9] [1-9]\\)\\)",
            "POINTZ" => $"POINT Z \\({Coordinate} {Coordinate} [1-9]\\)",
            _ => $"POINT\\({Coordinate} {Coordinate}\\)",
        };
    }

    private static string Vector(string written)
    {
        var size = VectorForm().Match(written) is { Success: true } form ? int.Parse(form.Groups["size"].Value, CultureInfo.InvariantCulture) : 3;
        return size == 1 ? "\\[0\\.[0-9]{3}\\]" : string.Create(CultureInfo.InvariantCulture, $"\\[0\\.[0-9]{{3}}(,0\\.[0-9]){{{Math.Min(1000, size - 1)}}}\\]");
    }

    [GeneratedRegex(@"\((?<kind>[A-Za-z]+)(,(?<srid>[0-9]+))?\)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex GeometryForm();

    [GeneratedRegex(@"\((?<size>[0-9]{1,5})\)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex VectorForm();
}
