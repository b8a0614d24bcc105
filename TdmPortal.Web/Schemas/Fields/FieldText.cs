using System.Globalization;
using System.Text.Json;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Web.Schemas.Fields;

/// <summary>The parts of a field as the grid shows them and reads them back.</summary>
public static class FieldText
{
    public static string Type(FieldDefinition field)
    {
        var name = Type(field.Type);
        var sized = field switch
        {
            { Type: FieldType.String, MaxLength: { } length } => string.Create(CultureInfo.InvariantCulture, $"{name}({length})"),
            { Type: FieldType.Decimal } when field.Precision is not null || field.Scale is not null =>
                string.Create(CultureInfo.InvariantCulture, $"{name}({field.Precision ?? 18},{field.Scale ?? 2})"),
            _ => name,
        };
        return field.Array is null ? sized : sized + "[]";
    }

    public static string Type(FieldType type) => type switch
    {
        FieldType.Integer => "integer",
        FieldType.Decimal => "decimal",
        FieldType.Double => "double",
        FieldType.Boolean => "boolean",
        FieldType.String => "string",
        FieldType.Date => "date",
        FieldType.Time => "time",
        FieldType.Timestamp => "timestamp",
        FieldType.Uuid => "uuid",
        _ => "json",
    };

    public static FieldType? ParseType(string text) => Enum.GetValues<FieldType>().Where(type => Type(type) == text).Select(type => (FieldType?)type).FirstOrDefault();

    /// <summary>A Material symbol for the type.</summary>
    public static string Icon(FieldType type) => type switch
    {
        FieldType.Integer or FieldType.Decimal or FieldType.Double => "tag",
        FieldType.Boolean => "toggle_on",
        FieldType.Date => "event",
        FieldType.Time or FieldType.Timestamp => "schedule",
        FieldType.Uuid => "fingerprint",
        FieldType.Json => "data_object",
        _ => "text_fields",
    };

    /// <summary>The arguments on one line: "min 1, max 10", "bronze 70, silver 20, gold 10".</summary>
    public static string Arguments(ArgumentValues args) => string.Join(", ", args.Select(arg => arg.Key is "value" or "values" or "regex" ? Short(arg.Value) : $"{arg.Key} {Short(arg.Value)}"));

    public static string Nulls(double? percent) => percent is null or 0 ? "" : percent.Value.ToString("0.######", CultureInfo.InvariantCulture);

    /// <summary>Reads a share: "30", "30 %", "0.5"; empty is none. Null when it is no number from 0 to 100.</summary>
    public static bool TryParseNulls(string text, out double? percent)
    {
        percent = null;
        var trimmed = text.Replace("%", "", StringComparison.Ordinal).Trim().Replace(',', '.');
        if (trimmed.Length == 0)
            return true;
        if (!double.TryParse(trimmed, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) || value is < 0 or > 100 || !double.IsFinite(value))
            return false;
        percent = value == 0 ? null : value;
        return true;
    }

    public static string Count(decimal value) => value >= 1_000_000_000_000m ? "more than a trillion" : value.ToString("N0", CultureInfo.InvariantCulture);

    private static string Short(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Array => string.Join(", ", value.EnumerateArray().Take(8).Select(Short)) + (value.GetArrayLength() > 8 ? ", …" : ""),
        JsonValueKind.Object => string.Join(", ", value.EnumerateObject().Take(8).Select(p => p.Value.ValueKind == JsonValueKind.Number ? $"{p.Name} {p.Value}" : p.Name)),
        _ => value.ToString(),
    };
}
