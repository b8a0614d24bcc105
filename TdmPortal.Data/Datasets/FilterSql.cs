using System.Buffers;
using System.Globalization;
using System.Text.Json;
using TdmPortal.Core.Errors;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Data.Datasets;

/// <summary>Filter chips as a condition; values are checked against the column's type first, so that people read words and not the server's errors.</summary>
internal static class FilterSql
{
    private static readonly SearchValues<char> DecimalCharacters = SearchValues.Create("0123456789.");

    public static string Condition(DatasetEntity entity, RowFilter filter, SqlValues values)
    {
        var column = StoredVersion.Column(entity, filter.Column);
        var name = ColumnSql.Name(column);
        return filter.Operator switch
        {
            RowOperator.IsNull => $"{name} IS NULL",
            RowOperator.IsNotNull => $"{name} IS NOT NULL",
            RowOperator.StartsWith => $"{ColumnSql.Text(column)} LIKE {values.Add(Escape(Required(filter)) + "%")}",
            RowOperator.Contains => $"{ColumnSql.Text(column)} ILIKE {values.Add("%" + Escape(Required(filter)) + "%")}",
            RowOperator.NotEqual => $"{name} IS DISTINCT FROM {Value(column, filter, values)}",
            var comparison => $"{name} {Sign(comparison)} {Value(column, filter, values)}",
        };
    }

    /// <summary>Whether an index on the column helps: it is of no use for a text somewhere inside, nor for most rows.</summary>
    public static bool UsesIndex(RowFilter filter) => filter.Operator is not (RowOperator.Contains or RowOperator.NotEqual or RowOperator.IsNotNull);

    /// <summary>A value as the server's cast takes it, or null when it is none of the column's type.</summary>
    public static string? Parse(ColumnDescription column, string text)
    {
        if (column.IsArray)
            return ParseArray(text);
        const DateTimeStyles utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        return column.Type switch
        {
            FieldType.String => text,
            FieldType.Integer => long.TryParse(text.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) ? whole.ToString(CultureInfo.InvariantCulture) : null,
            FieldType.Decimal => IsDecimal(text.Trim()) ? text.Trim() : null,
            FieldType.Double => double.TryParse(text.Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out var real) ? real.ToString("R", CultureInfo.InvariantCulture) : null,
            FieldType.Boolean => bool.TryParse(text.Trim(), out var truth) ? truth ? "true" : "false" : null,
            FieldType.Date => DateOnly.TryParseExact(text.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : null,
            FieldType.Time => TimeOnly.TryParse(text.Trim(), CultureInfo.InvariantCulture, out var time) ? time.ToString("HH:mm:ss.ffffff", CultureInfo.InvariantCulture) : null,
            FieldType.Timestamp => DateTimeOffset.TryParse(text.Trim(), CultureInfo.InvariantCulture, utc, out var instant) ? instant.ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture) : null,
            FieldType.Uuid => Guid.TryParse(text.Trim(), out var id) ? id.ToString() : null,
            FieldType.Json => IsJson(text) ? text : null,
            _ => null,
        };
    }

    /// <summary>For LIKE, whose escape is a backslash.</summary>
    public static string Escape(string text) =>
        text.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal);

    private static string Value(ColumnDescription column, RowFilter filter, SqlValues values)
    {
        var text = Required(filter);
        var parsed = Parse(column, text) ?? throw new PortalException("dataset.bad_filter", $"\"{text}\" is no {Expected(column)}, which the column {column.Name} holds.")
        {
            SuggestedActions = [$"Write it like {Example(column)}."],
        };
        return $"{values.Add(parsed)}::{ColumnSql.Type(column)}";
    }

    private static string Required(RowFilter filter) => filter.Value is { } text && !text.Contains('\0', StringComparison.Ordinal) ? text
        : throw new PortalException("dataset.bad_filter", $"The filter on {filter.Column} needs a value to compare with.") { SuggestedActions = ["Type a value, or choose \"is null\"."] };

    private static string Sign(RowOperator comparison) => comparison switch
    {
        RowOperator.Equal => "=",
        RowOperator.Less => "<",
        RowOperator.LessOrEqual => "<=",
        RowOperator.Greater => ">",
        RowOperator.GreaterOrEqual => ">=",
        _ => throw new ArgumentOutOfRangeException(nameof(comparison), comparison, null),
    };

    // System.Decimal ends at 29 digits, a column may have 38.
    private static bool IsDecimal(string text)
    {
        var digits = text.AsSpan().TrimStart("+-");
        return text.Length - digits.Length <= 1 && digits.Length is > 0 and <= 80 && digits.Count('.') <= 1 && digits.IndexOfAnyExcept(DecimalCharacters) < 0 && digits is not ".";
    }

    private static bool IsJson(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>JSON as in files (<c>["a","b"]</c>) to PostgreSQL's own notation of arrays.</summary>
    private static string? ParseArray(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            if (document.RootElement.ValueKind != JsonValueKind.Array)
                return null;
            var items = document.RootElement.EnumerateArray().Select(item => item.ValueKind switch
            {
                JsonValueKind.Null => "NULL",
                JsonValueKind.String => "\"" + item.GetString()!.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + "\"",
                _ => item.GetRawText(),
            });
            return "{" + string.Join(',', items) + "}";
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Expected(ColumnDescription column) => column.IsArray ? "JSON array" : column.Type switch
    {
        FieldType.Integer => "whole number",
        FieldType.Decimal or FieldType.Double => "number",
        FieldType.Boolean => "true or false",
        FieldType.Date => "date",
        FieldType.Time => "time of day",
        FieldType.Timestamp => "point in time",
        FieldType.Uuid => "UUID",
        FieldType.Json => "JSON document",
        _ => "text",
    };

    private static string Example(ColumnDescription column) => column.IsArray ? """["a","b"]""" : column.Type switch
    {
        FieldType.Integer => "42",
        FieldType.Decimal or FieldType.Double => "19.99",
        FieldType.Boolean => "true",
        FieldType.Date => "2026-01-31",
        FieldType.Time => "08:30:00",
        FieldType.Timestamp => "2026-01-31T08:30:00Z",
        FieldType.Uuid => "0f8fad5b-d9cb-469f-a165-70867728950e",
        FieldType.Json => """{"a":1}""",
        _ => "text",
    };
}
