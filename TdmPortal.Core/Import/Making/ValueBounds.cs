using System.Globalization;
using System.Text.Json;
using TdmPortal.Core.Generators;
using TdmPortal.Core.Schemas;
using TdmPortal.Core.Schemas.Proposals;

namespace TdmPortal.Core.Import.Making;

/// <summary>Generators kept inside of what a column's type and checks allow.</summary>
internal static class ValueBounds
{
    /// <summary>Whole numbers that these give fit into two bytes, four bytes.</summary>
    private static readonly string[] Small = ["number.integer", "date.year", "person.age", "person.height", "person.weight", "commerce.rating", "internet.httpStatus", "number.digit", "number.percent", "boolean", "sequence", "choice", "commerce.price"];
    private static readonly string[] Medium = [.. Small, "internet.port", "finance.creditScore", "vehicle.mileage", "finance.amount", "number.decimal", "number.normal", "number.zipf"];

    public static ProposedGenerator Number(ImportColumn column, ProposedGenerator proposal, bool isKey)
    {
        var (facts, type) = (column.Facts, column.Type);
        var step = type.Type == FieldType.Integer ? 1m : Step(type.Type == FieldType.Decimal ? type.Scale ?? 2 : 4);
        var (low, high) = Limits(column);
        var min = Math.Max(low, facts.Min is { } least ? least + (facts.MinIsOpen ? step : 0) : decimal.MinValue);
        var max = Math.Min(high, facts.Max is { } most ? most - (facts.MaxIsOpen ? step : 0) : decimal.MaxValue);
        if (type.Type == FieldType.Integer)
            (min, max) = (Math.Ceiling(min), Math.Floor(max));
        if (min > max)
            return Fallback(column);
        if (facts.Step is { } multiple && multiple != step && Multiples(column, min, max, multiple) is { } multiples)
            return multiples;
        var isBound = facts.Min is not null || facts.Max is not null;
        var definition = GeneratorCatalogue.Find(proposal.Generator);
        var hasBounds = definition is not null && definition.Arguments.Any(argument => argument.Name == "min") && definition.Arguments.Any(argument => argument.Name == "max");
        var fits = type.Whole switch { null => true, { Max: <= short.MaxValue } => Small.Contains(proposal.Generator, StringComparer.Ordinal), { Max: <= int.MaxValue } => Medium.Contains(proposal.Generator, StringComparer.Ordinal), _ => true };
        if (!isBound && fits && !isKey && !facts.Not.Any(IsNumber))
        {
            var ownMax = proposal.Args["max"] is { ValueKind: JsonValueKind.Number } has ? has.GetDecimal() : 10_000;
            if (type.Type != FieldType.Decimal || (ownMax <= high && high >= 10_000) || (hasBounds && proposal.Args["max"] is not null && ownMax <= high) || (proposal.Generator is "address.latitude" or "address.longitude" && high >= 180))
                return proposal;
        }

        // A range that nobody gave lies above 0 where it can, and is wide enough to look at.
        var from = facts.Min is not null || min > 0 ? min : facts.Max is not null && max <= 0 ? Math.Max(min, max - 1000) : Math.Max(min, 0);
        var to = facts.Max is not null ? max : Math.Min(max, (from < 0 ? 0 : from) + (isKey ? 1_000_000 : 1000));
        if (to < from)
            to = max;
        if (facts.Max is not null && facts.Min is null && to - from > 100_000)
            to = from + 1000;
        if (proposal.Args["min"] is { ValueKind: JsonValueKind.Number } wishes && proposal.Args["max"] is { ValueKind: JsonValueKind.Number } wished && wishes.GetDecimal() >= min && wished.GetDecimal() <= max && hasBounds && proposal.Generator.StartsWith("number.", StringComparison.Ordinal))
            return proposal;
        // The value that a check forbids is stepped over at an end, where it usually is.
        while (facts.Not.Contains(from.ToString(CultureInfo.InvariantCulture)) && from < to)
            from += step;
        var generator = type.Type == FieldType.Integer ? "number.integer" : "number.decimal";
        var args = type.Type == FieldType.Integer ? ImportRun.Args([("min", (long)from), ("max", (long)to)]) : ImportRun.Args([("min", from), ("max", to)]);
        return new(generator, args, isBound ? "its check bounds it" : "numbers that its type has room for", isBound ? 0.9 : 0.35);
    }

    /// <summary>Multiples inside of the bounds, spread over them; from 0 on where nothing says from where.</summary>
    private static ProposedGenerator? Multiples(ImportColumn column, decimal min, decimal max, decimal multiple)
    {
        var first = Math.Ceiling((column.Facts.Min is null ? Math.Max(min, Math.Min(0, max)) : min) / multiple);
        var count = column.Facts.Max is null ? MostMultiples : Math.Floor(max / multiple) - first + 1;
        var stride = Math.Max(1, Math.Ceiling(count / MostMultiples));
        var values = new List<decimal>();
        for (var i = 0; i < Math.Min(count, MostMultiples) && (first + (i * stride)) * multiple <= max; i++)
            values.Add((first + (i * stride)) * multiple / 1.0000000000000000000000000000m);
        return values.Count == 0 ? null : new("choice", ImportRun.Args([("values", values)]), "its check asks for multiples of a number", 0.9);
    }

    private const int MostMultiples = 100;

    private static bool IsNumber(string text) => decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _);

    private static decimal Step(int digits)
    {
        var step = 1m;
        for (var i = 0; i < Math.Min(digits, 10); i++)
            step /= 10;
        return step;
    }

    private static (decimal Low, decimal High) Limits(ImportColumn column)
    {
        var type = column.Type;
        if (type.Type == FieldType.Integer)
            return type.Whole is { } whole ? (whole.Min, whole.Max) : (-1_000_000_000_000_000m, 1_000_000_000_000_000m);
        if (type.Type == FieldType.Double)
            return (-1_000_000_000_000m, 1_000_000_000_000m);
        var whole10 = Math.Min(15, (type.Precision ?? 18) - (type.Scale ?? 2));
        var high = 1m;
        for (var i = 0; i < whole10; i++)
            high *= 10;
        high -= Step(type.Scale ?? 2);
        return (-high, high);
    }

    public static ProposedGenerator Day(ImportColumn column, string? from, string? reason, ProposedGenerator? proposal = null)
    {
        var facts = column.Facts;
        if (facts is { From: null, To: null })
            return proposal is { } usual ? usual : Between(from ?? "now-1y", "now", reason ?? "moments of the last year", 0.6);
        var (first, last) = (facts.From, facts.To);
        first ??= last!.StartsWith("now", StringComparison.Ordinal) ? from ?? "now-2y" : Moved(last, -2);
        last ??= first.StartsWith("now", StringComparison.Ordinal) ? "now+11y" : string.CompareOrdinal(first, "2024-06-01") < 0 ? "now" : Moved(first, 1);
        return Between(first, last, reason ?? "its check or its partitions bound it", 0.9);
    }

    private static string Moved(string day, int years)
    {
        var date = DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        return (years < 0 && date.Year <= -years) || (years > 0 && date.Year + years > 9999) ? day : date.AddYears(years).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    }

    private static ProposedGenerator Between(string from, string to, string reason, double confidence) => new("date.between", ImportRun.Args([("from", from), ("to", to)]), reason, confidence);

    /// <summary>Whether what the name says gives texts of the length and form that checks ask for.</summary>
    public static bool FitsText(ImportColumn column, ProposedGenerator proposal)
    {
        var facts = column.Facts;
        if (facts.MinLength > 2 && !(facts.MinLength <= 20 && proposal.Generator is "lorem.paragraph" or "lorem.sentence" or "internet.email" or "uuid" or "internet.passwordHash") && !(facts.MinLength <= 5 && proposal.Generator is "internet.url" or "internet.email" or "phone.number" or "phone.mobile"))
            return false;
        if (facts.IsLower)
            return proposal.Generator is "internet.email" or "internet.slug" or "uuid";
        return !facts.IsUpper || proposal.Generator is "address.countryCode" or "finance.currencyCode" or "pattern";
    }

    public static ProposedGenerator Text(ImportColumn column, ProposedGenerator proposal) =>
        new("pattern", ImportRun.Args([("regex", Code(column))]), $"its check asks for a form that {proposal.Generator} does not keep", 0.6);

    /// <summary>A pattern of many values of the length that the type and the checks allow.</summary>
    public static string Code(ImportColumn column)
    {
        var facts = column.Facts;
        var most = Math.Min(column.Type.MaxLength ?? 200, facts.MaxLength ?? 200);
        var least = Math.Min(facts.MinLength ?? 0, most);
        var (letter, both) = facts.IsLower ? ("a-z", "a-z0-9") : ("A-Z", "A-Z0-9");
        if (least > 10)
            return string.Create(CultureInfo.InvariantCulture, $"[{both}]{{{Math.Min(1000, least)}}}");
        if (most >= 10)
            return $"[{letter}]{{3}}-[0-9]{{6}}";
        var length = Math.Max(1, most);
        return length >= 5 ? string.Create(CultureInfo.InvariantCulture, $"[{letter}]{{2}}[0-9]{{{length - 2}}}") : string.Create(CultureInfo.InvariantCulture, $"[{both}]{{{length}}}");
    }

    /// <summary>The simplest that is valid for the type.</summary>
    public static ProposedGenerator Fallback(ImportColumn column) => Fallbacks.For(column.Field, column.Type.Type, column.Type.MaxLength).First();
}
