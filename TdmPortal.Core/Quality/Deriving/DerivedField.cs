using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Generators;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Quality.Deriving;

/// <summary>What a field says of its values: its type, whether they are there, and what its generator keeps to.</summary>
internal static class DerivedField
{
    /// <summary>Most values of a list that become a rule.</summary>
    private const int MostValues = 1000;

    private const int MostShown = 4;

    /// <param name="node">The field as it was compiled; null where the document cannot be.</param>
    /// <param name="rows">Rows that the entity has; null: not known.</param>
    public static IEnumerable<QualityRule> Of(EntityDefinition entity, FieldDefinition field, FieldNode? node, long? rows)
    {
        var place = $"{entity.Name}.{field.Name}";
        QualityRule Rule(string check, RuleKind kind, string says, params (string, string)[] args) => new()
        {
            Name = $"{place} {says}", Kind = kind, Entity = entity.Name, Columns = [field.Name], Check = check, Args = JsonArgs.Of(args), Derived = true,
        };

        if (node is { Nullable: false } || entity.PrimaryKey.Contains(field.Name, StringComparer.Ordinal))
            yield return Rule("not_null", RuleKind.Completeness, "is always filled in");
        else if (field is { NullPercent: > 0 and < 100 and var percent } && node is { Source: not null, Group: null, References.Count: 0 } && Share(percent, rows) is > 0 and var share)
            yield return Rule("not_null", RuleKind.Completeness, string.Create(CultureInfo.InvariantCulture, $"is filled in in about {100 - percent:0.##} % of rows")) with { Threshold = share, Severity = RuleSeverity.Warning, Where = field.When };
        if (field.When is { } when)
            yield return Rule("null", RuleKind.Consistency, $"is empty unless {when}") with { Where = $"not ({when})" };
        yield return Rule("type", RuleKind.Format, $"is {Type(field)}");
        if (field.Array is { } bounds)
        {
            yield return Rule("length_between", RuleKind.Format, $"has {bounds.Min} to {bounds.Max} elements", ("min", Number(bounds.Min)), ("max", Number(bounds.Max)));
            yield break;
        }

        foreach (var rule in OfGenerator(field, Rule))
            yield return rule;
    }

    private delegate QualityRule Make(string check, RuleKind kind, string says, params (string, string)[] args);

    private static IEnumerable<QualityRule> OfGenerator(FieldDefinition field, Make rule)
    {
        switch (field.Generator)
        {
            case "choice" when field.Args["by"] is null && Values(field) is { } values:
                yield return rule("in_set", RuleKind.Format, $"is {Shown(values)}", ("values", $"[{string.Join(", ", values)}]"));
                break;
            case "constant" when field.Args["value"] is { ValueKind: not JsonValueKind.Null and not JsonValueKind.Object and not JsonValueKind.Array } value && field.Type != FieldType.Json && Fits(field, value):
                yield return rule("in_set", RuleKind.Format, $"is {Literals.Text(value)}", ("values", $"[{value.GetRawText()}]"));
                break;
            case "sequence" when (field.Args["step"] is not { } step || (step.TryGetInt64(out var by) && by > 0)) && field.Type == FieldType.Integer:
                var start = field.Args["start"] is { } from && from.TryGetInt64(out var first) ? first : 1;
                yield return rule("between", RuleKind.Format, string.Create(CultureInfo.InvariantCulture, $"is {start} or more"), ("min", Number(start)));
                break;
            case "number.integer" or "number.decimal" or "number.normal" or "number.logNormal" or "number.exponential" or "date.year" when field.Type is FieldType.Integer or FieldType.Decimal or FieldType.Double:
                if (Between(field, "min", "max", rule) is { } range)
                    yield return range;
                break;
            case "date.between" when field.Type is FieldType.Date or FieldType.Timestamp:
                if (Between(field, "from", "to", rule) is { } days)
                    yield return days;
                break;
            case "date.past" or "date.recent" when field.Type is FieldType.Date or FieldType.Timestamp:
                yield return rule("not_in_future", RuleKind.Format, "does not lie in the future");
                break;
            case "pattern" when field.Type == FieldType.String && field.Args["regex"] is { ValueKind: JsonValueKind.String } regex && IsPattern(regex.GetString()!):
                yield return rule("matches_regex", RuleKind.Format, $"matches {regex.GetString()}", ("pattern", JsonArgs.Text(Whole(regex.GetString()!))));
                break;
            case "internet.email" when field.Type == FieldType.String:
                yield return rule("email", RuleKind.Format, "is an e-mail address");
                yield return rule("no_personal_data", RuleKind.Business, "is no real person's address", ("cards", "false"), ("ibans", "false"), ("ssns", "false"));
                break;
            case "internet.url" when field is { Type: FieldType.String, MaxLength: null or > 200 }:
                yield return rule("url", RuleKind.Format, "is a web address");
                break;
            case "finance.iban" when field.Type == FieldType.String:
                yield return rule("iban", RuleKind.Format, "is an IBAN");
                break;
            case "finance.cardNumber" when field.Type == FieldType.String:
                yield return rule("luhn", RuleKind.Format, "passes the Luhn check");
                break;
            case "uuid" or "uuid.v7" when field.Type == FieldType.String:
                yield return rule("uuid", RuleKind.Format, "is a UUID");
                break;
            case "internet.ipv4" or "internet.ipv6" when field.Type == FieldType.String:
                yield return rule("ip_address", RuleKind.Format, "is an IP address");
                break;
        }
    }

    /// <summary>The share that is filled in at least, four standard deviations of chance below what is asked for.</summary>
    private static double Share(double percent, long? rows)
    {
        var share = 1 - (percent / 100);
        return Math.Max(0, Math.Floor((share - Math.Max(0.01, 4 * Math.Sqrt(share * (1 - share) / Math.Max(rows ?? 100, 1)))) * 1000) / 1000);
    }

    private static QualityRule? Between(FieldDefinition field, string low, string high, Make rule)
    {
        List<(string, string)> args = [];
        foreach (var (name, given) in new[] { ("min", low), ("max", high) })
        {
            if (Given(field, given) is { } value)
                args.Add((name, value.GetRawText()));
        }

        var (min, max) = (Given(field, low), Given(field, high));
        var says = (min, max) switch
        {
            ({ } least, { } most) => $"lies between {Literals.Text(least)} and {Literals.Text(most)}",
            ({ } least, null) => $"is {Literals.Text(least)} or more",
            (null, { } most) => $"is {Literals.Text(most)} or less",
            _ => "",
        };
        return args.Count == 0 ? null : rule("between", RuleKind.Format, says, [.. args]);
    }

    /// <summary>An argument as it stands or its default.</summary>
    private static JsonElement? Given(FieldDefinition field, string name)
    {
        if (field.Args[name] is { } value)
            return value.ValueKind is JsonValueKind.Number or JsonValueKind.String ? value : null;
        if (GeneratorCatalogue.Find(field.Generator!)?.Arguments.FirstOrDefault(argument => argument.Name == name)?.Default is not { } json)
            return null;
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }

    /// <summary>The values of a choice as JSON texts; null where the list does not say all.</summary>
    private static List<string>? Values(FieldDefinition field)
    {
        if (field.Type == FieldType.Json || field.Args["values"] is not { } values)
            return null;
        var list = values.ValueKind switch
        {
            JsonValueKind.Array when values.EnumerateArray().All(value => Fits(field, value)) => values.EnumerateArray().Select(value => value.GetRawText()).ToList(),
            JsonValueKind.Object when values.EnumerateObject().All(pair => field.Type != FieldType.String || !(pair.Name.EnumerateRunes().Count() > field.MaxLength)) => [.. values.EnumerateObject().Select(pair => JsonArgs.Text(pair.Name))],
            _ => [],
        };
        return list.Count is 0 or > MostValues ? null : list;
    }

    /// <summary>Whether a value goes into the field as it is.</summary>
    private static bool Fits(FieldDefinition field, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => field.Type != FieldType.String || !(value.GetString()!.EnumerateRunes().Count() > field.MaxLength),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => true,
        _ => false,
    };

    private static string Shown(List<string> values)
    {
        var shown = values.Take(MostShown).Select(value => value.Trim('"')).ToList();
        return values.Count > MostShown ? $"{string.Join(", ", shown)} or one of {values.Count - MostShown} more"
            : shown.Count == 1 ? shown[0] : $"{string.Join(", ", shown.SkipLast(1))} or {shown[^1]}";
    }

    private static bool IsPattern(string regex)
    {
        try
        {
            _ = new Regex(Whole(regex), RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
            return true;
        }
        catch (Exception failure) when (failure is ArgumentException or NotSupportedException)
        {
            return false;
        }
    }

    private static string Whole(string regex) => $"^(?:{regex})$";

    private static string Type(FieldDefinition field) => (field.Array is null ? "" : "a list of ") + field.Type switch
    {
        FieldType.Integer => "an integer",
        FieldType.Decimal => $"a decimal with {field.Scale ?? 2} digits after the point",
        FieldType.String when field.MaxLength is { } most => $"a text of at most {most} characters",
        FieldType.String => "a text",
        FieldType.Uuid => "a UUID",
        FieldType.Json => "JSON",
        var type => $"a {FieldTypeNames.Of(type)}",
    };

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
