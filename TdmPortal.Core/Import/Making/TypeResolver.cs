using System.Globalization;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Import.Making;

/// <summary>PostgreSQL's types as types of the document, or as texts that PostgreSQL reads.</summary>
internal sealed class TypeResolver(DatabaseStructure structure)
{
    private readonly Dictionary<(string Schema, string Name), DatabaseType> types = structure.Types.DistinctBy(type => (type.Schema, type.Name)).ToDictionary(type => (type.Schema, type.Name));

    public ResolvedType Of(DatabaseColumn column) => Of(column, 0);

    private ResolvedType Of(DatabaseColumn column, int depth)
    {
        var element = Element(column, depth);
        if (column.Dimensions == 0)
            return element;
        // A list of lists, of JSON or of what has no type here is one text.
        if (column.Dimensions == 1 && element is { IsArray: false, Text: null, Type: not FieldType.Json })
            return element with { IsArray = true, NotNull = column.NotNull, Checks = [], ElementChecks = element.Checks };
        var text = element.Text ?? element.Type switch
        {
            _ when element.Values is { } values => OneOf(values.Select(value => TypeTexts.Literal(Quoted(value)))),
            FieldType.Integer or FieldType.Decimal or FieldType.Double => "[1-9][0-9]?",
            FieldType.Boolean => "(true|false)",
            FieldType.Date => TypeTexts.Date,
            FieldType.Timestamp => $"\"{TypeTexts.Timestamp}\"",
            FieldType.Time => "[01][0-9]:[0-5][0-9]",
            FieldType.Uuid => TypeTexts.Uuid,
            FieldType.Json => "\"\\{\\}\"",
            _ => "[a-z]{3,8}",
        };
        if (element.Text is not null && element.Values is null)
            text = TypeTexts.QuotedInside(text);
        for (var i = 0; i < Math.Max(1, column.Dimensions); i++)
            text = $"\\{{{text}\\}}";
        return new(FieldType.String) { Text = text, Name = element.Name + "[]", NotNull = column.NotNull };
    }

    private static string Quoted(string value) => "\"" + value.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + "\"";

    private static string OneOf(IEnumerable<string> patterns) => $"({string.Join('|', patterns)})";

    private ResolvedType Element(DatabaseColumn column, int depth)
    {
        if (depth > 20)
            return new(FieldType.String) { IsUnknown = true };
        if (column.TypeSchema is { } schema && types.TryGetValue((schema, column.BaseType), out var type))
        {
            if (type.Base is { } domain)
            {
                var inner = Of(domain, depth + 1);
                return inner with { NotNull = inner.NotNull || domain.NotNull, Checks = [.. inner.Checks, .. type.Checks], UsualSqlType = null };
            }

            if (type.Values.Count > 0)
                return new(FieldType.String) { Values = type.Values, Name = type.Name };
            if (type.Attributes.Count > 0)
                return new(FieldType.String) { Text = $"\\({string.Join(',', type.Attributes.Select(one => TypeTexts.InComposite(Pattern(Of(one, depth + 1)))))}\\)", Name = "composite" };
            if (type.Subtype is { } subtype)
            {
                var isMany = column.BaseType.Contains("multirange", StringComparison.Ordinal);
                var range = TypeTexts.RangeOver(subtype);
                return new(FieldType.String) { Text = isMany ? $"\\{{{range}\\}}" : range, Name = isMany ? "multirange" : "range", IsUnknown = range.Length == 0 };
            }
        }

        return BuiltIn(column);
    }

    /// <summary>Some text that the type accepts.</summary>
    private static string Pattern(ResolvedType type) => type.Text ?? type.Type switch
    {
        _ when type.Values is { } values => OneOf(values.Select(TypeTexts.Literal)),
        FieldType.Integer or FieldType.Decimal or FieldType.Double => "[1-9]",
        FieldType.Boolean => "(true|false)",
        FieldType.Date => TypeTexts.Date,
        FieldType.Timestamp => TypeTexts.Timestamp,
        FieldType.Time => "[01][0-9]:[0-5][0-9]",
        FieldType.Uuid => TypeTexts.Uuid,
        FieldType.Json => "\\{\\}",
        _ => string.Create(CultureInfo.InvariantCulture, $"[a-z]{{1,{Math.Clamp(type.MaxLength ?? 8, 1, 8)}}}"),
    };

    private static ResolvedType BuiltIn(DatabaseColumn column)
    {
        var name = column.BaseType;
        ResolvedType Made(FieldType type, string? usual = null) => new(type) { Name = name, UsualSqlType = usual };
        ResolvedType Text(string pattern) => new(FieldType.String) { Name = name, Text = pattern };
        switch (name)
        {
            case "int2" or "smallserial":
                return Made(FieldType.Integer) with { Whole = (short.MinValue, short.MaxValue) };
            case "int4" or "serial":
                return Made(FieldType.Integer) with { Whole = (int.MinValue, int.MaxValue) };
            case "int8" or "bigserial":
                return Made(FieldType.Integer, "bigint");
            case "oid":
                return Made(FieldType.Integer) with { Whole = (0, uint.MaxValue) };
            case "numeric":
                var (precision, scale) = (column.Precision ?? 38, column.Precision is null ? 10 : column.Scale ?? 0);
                // More digits than a decimal has here are left unused; a scale below 0 rounds to tens.
                precision = scale < 0 ? precision - scale : precision;
                return scale is > 0 and var digits && digits > precision ? Made(FieldType.Decimal) with { Precision = Math.Min(38, digits), Scale = Math.Min(38, digits) }
                    : Made(FieldType.Decimal, column.Precision is null ? null : column.SqlType) with { Precision = Math.Min(38, precision), Scale = Math.Clamp(scale, 0, 38) };
            case "float4":
                return Made(FieldType.Double);
            case "float8":
                return Made(FieldType.Double, "double precision");
            case "bool":
                return Made(FieldType.Boolean, "boolean");
            case "text":
                return Made(FieldType.String, "text");
            case "varchar":
                return Made(FieldType.String, column.SqlType) with { MaxLength = column.MaxLength };
            case "bpchar":
                return Made(FieldType.String) with { MaxLength = column.MaxLength };
            case "char":
                return Made(FieldType.String) with { MaxLength = 1 };
            case "name":
                return Made(FieldType.String) with { MaxLength = 63 };
            case "citext":
                return Made(FieldType.String) with { IgnoresCase = true };
            case "date":
                return Made(FieldType.Date, "date");
            case "time":
                return Made(FieldType.Time, "time without time zone");
            case "timetz":
                return Made(FieldType.Time);
            case "timestamptz":
                return Made(FieldType.Timestamp, "timestamp with time zone");
            case "timestamp":
                return Made(FieldType.Timestamp);
            case "uuid":
                return Made(FieldType.Uuid, "uuid");
            case "jsonb":
                return Made(FieldType.Json, "jsonb");
            case "json":
                return Made(FieldType.Json);
            default:
                return TypeTexts.Of(name, column.MaxLength, column.SqlType) is { } pattern ? Text(pattern) : Made(FieldType.String) with { IsUnknown = true };
        }
    }
}
