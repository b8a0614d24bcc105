using System.Globalization;
using System.Text.Json;

namespace TdmPortal.Core.Schemas.Proposals;

/// <summary>The type that all values of a column have, and the values in the form that a schema document writes them.</summary>
internal sealed record ColumnType(FieldType Type, int? Precision, int? Scale, int? MaxLength, IReadOnlyList<string?> Values)
{
    private static readonly string[] Days = ["yyyy-MM-dd", "dd.MM.yyyy", "d.M.yyyy", "MM/dd/yyyy", "M/d/yyyy", "dd/MM/yyyy", "d/M/yyyy", "yyyy/MM/dd"];

    private static readonly string[] Instants =
    [
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd HH:mmK", "yyyy-MM-dd HH:mm:sszz", "yyyy-MM-dd HH:mm:ss.FFFFFFzz",
        "dd.MM.yyyy HH:mm:ss", "dd.MM.yyyy HH:mm", "MM/dd/yyyy HH:mm:ss", "MM/dd/yyyy HH:mm", "M/d/yyyy h:mm:ss tt", "M/d/yyyy h:mm tt", "dd/MM/yyyy HH:mm:ss", "dd/MM/yyyy HH:mm",
    ];

    private static readonly string[] Times = ["HH:mm", "HH:mm:ss", "HH:mm:ss.FFFFFF", "H:mm", "h:mm tt"];

    private static readonly int[] Lengths = [5, 10, 20, 30, 50, 80, 120, 200, 500, 1000, 2000, 4000];

    public static ColumnType Of(IReadOnlyList<string> texts, bool commaIsPoint)
    {
        var values = texts.Select(text => text.Length == 0 || text is "NULL" or "null" or @"\N" ? null : text).ToList();
        var known = values.OfType<string>().ToList();
        if (known.Count == 0)
            return new(FieldType.String, null, null, null, values);
        if (known.TrueForAll(value => value.ToLowerInvariant() is "true" or "false" or "yes" or "no" or "y" or "n" or "ja" or "nein"))
            return new(FieldType.Boolean, null, null, null, [.. values.Select(value => value is null ? null : value.ToLowerInvariant() is "true" or "yes" or "y" or "ja" ? "true" : "false")]);
        if (known.TrueForAll(IsInteger))
            return new(FieldType.Integer, null, null, null, values);
        if (Decimals(values, known, commaIsPoint) is { } numbers)
            return numbers;
        if (known.TrueForAll(value => Guid.TryParseExact(value, "D", out _)))
            return new(FieldType.Uuid, null, null, null, values);
        if (Moments(values, known, Days) is { } days)
            return new(FieldType.Date, null, null, null, [.. days.Select(day => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))]);
        if (Moments(values, known, Instants) is { } instants)
            return new(FieldType.Timestamp, null, null, null, [.. instants.Select(instant => instant?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture))]);
        if (known.TrueForAll(value => TimeOnly.TryParseExact(value, Times, CultureInfo.InvariantCulture, DateTimeStyles.None, out _)))
            return new(FieldType.Time, null, null, null, values);
        if (known.TrueForAll(IsJson))
            return new(FieldType.Json, null, null, null, values);
        var longest = known.Max(value => value.EnumerateRunes().Count());
        var length = Array.Find(Lengths, one => one >= longest * 5 / 4);
        return new(FieldType.String, null, null, length == 0 ? null : length, values);
    }

    /// <summary>Digits without a leading zero: 007 is a code, not a number.</summary>
    private static bool IsInteger(string value)
    {
        var digits = value.AsSpan(value.StartsWith('-') ? 1 : 0);
        return digits.Length is > 0 and <= 18 && digits.IndexOfAnyExceptInRange('0', '9') < 0 && (digits.Length == 1 || digits[0] != '0');
    }

    private static ColumnType? Decimals(List<string?> values, List<string> known, bool commaIsPoint)
    {
        List<string?>? Plain(char point, char group)
        {
            var plain = new List<string?>(values.Count);
            foreach (var value in values)
            {
                var text = value is null ? null : Number(value, point, group);
                if (value is not null && text is null)
                    return null;
                plain.Add(text);
            }

            return plain;
        }

        var numbers = commaIsPoint ? Plain(',', '.') ?? Plain('.', ',') : Plain('.', ',') ?? Plain(',', '.');
        if (numbers is null)
            return known.Exists(value => value.Contains('e', StringComparison.OrdinalIgnoreCase)) && known.TrueForAll(value => double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) && char.IsAsciiDigit(value[^1]))
                ? new(FieldType.Double, null, null, null, values) : null;
        var scale = numbers.OfType<string>().Max(number => number.IndexOf('.', StringComparison.Ordinal) is >= 0 and var at ? number.Length - at - 1 : 0);
        var digits = numbers.OfType<string>().Max(number => number.Count(char.IsAsciiDigit));
        return scale > 12 ? new(FieldType.Double, null, null, null, numbers) : new(FieldType.Decimal, digits > 16 ? Math.Min(38, digits + 2) : null, scale, null, numbers);
    }

    /// <summary>A number with its point written as a point and without group signs; null where it is none.</summary>
    private static string? Number(string value, char point, char group)
    {
        var text = value.TrimStart('-');
        var at = text.IndexOf(point, StringComparison.Ordinal);
        var whole = at < 0 ? text : text[..at];
        var fraction = at < 0 ? "" : text[(at + 1)..];
        if (whole.Length == 0 || !fraction.All(char.IsAsciiDigit) || (at >= 0 && fraction.Length == 0))
            return null;
        var groups = whole.Split(group);
        if (groups.Length > 1 && (groups[0].Length > 3 || groups.Skip(1).Any(part => part.Length != 3)))
            return null;
        whole = string.Concat(groups);
        if (whole.Length is 0 or > 30 || !whole.All(char.IsAsciiDigit) || (whole.Length > 1 && whole[0] == '0'))
            return null;
        return (value[0] == '-' ? "-" : "") + whole + (fraction.Length == 0 ? "" : "." + fraction);
    }

    /// <summary>One form must fit all: 03/04/2026 is read as the other rows are.</summary>
    private static List<DateTimeOffset?>? Moments(List<string?> values, List<string> known, string[] forms)
    {
        var form = Array.Find(forms, one => known.TrueForAll(value => Moment(value, one) is not null));
        return form is null ? null : [.. values.Select(value => value is null ? null : Moment(value, form))];
    }

    private static DateTimeOffset? Moment(string value, string form) =>
        DateTimeOffset.TryParseExact(value, form, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) ? moment : null;

    private static bool IsJson(string value)
    {
        if (value[0] is not ('{' or '['))
            return false;
        try
        {
            using var json = JsonDocument.Parse(value);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
