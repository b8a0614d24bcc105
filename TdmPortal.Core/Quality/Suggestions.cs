using System.Globalization;
using System.Text.Json;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Quality;

/// <summary>What would make the next version better, from what a report found and what the schema says there.</summary>
internal static class Suggestions
{
    private const int Most = 30;

    /// <summary>How surely each value shall appear when rows are suggested for it.</summary>
    private const double Surely = 0.999;

    private static readonly string[] Ends = ["min", "max"];

    /// <summary>The most useful first: what stops a refresh, then what fails, then what is missing.</summary>
    public static IReadOnlyList<Suggestion> Of(SchemaDocument document, QualityReport report)
    {
        var found = new List<(int Rank, Suggestion Suggestion)>();
        foreach (var result in report.Rules.Where(result => !result.Holds))
            found.AddRange(OfRule(document, result).Select(suggestion => (result.Rule.Severity == RuleSeverity.Error ? 0 : 1, suggestion)));
        found.AddRange(report.Scenarios.Where(scenario => !scenario.Holds && scenario.NotChecked is null && !scenario.Scenario.Make).Select(scenario => (0, new Suggestion
        {
            Finding = string.Create(CultureInfo.InvariantCulture, $"“{scenario.Scenario.Name}” is there {scenario.Count:N0} times, {scenario.Scenario.AtLeast:N0} are asked for"),
            Action = "have generation make it true", Kind = SuggestionKind.Rules, Entity = scenario.Scenario.Entity, Property = scenario.Scenario.Name, Value = "true",
        })));
        foreach (var entity in report.Entities)
        {
            if (document.Entities.FirstOrDefault(definition => definition.Name == entity.Name) is not { } definition)
                continue;
            foreach (var column in entity.Columns)
            {
                if (definition.Fields.FirstOrDefault(field => field.Name == column.Profile.Name) is { } field)
                    found.AddRange(OfColumn(definition, field, entity, column.Profile).Select(suggestion => (2, suggestion)));
            }
        }

        return [.. found.OrderBy(one => one.Rank).Select(one => one.Suggestion).DistinctBy(one => (one.Entity, one.Field, one.Property, one.Value, one.Property is null ? one.Finding : null)).Take(Most)];
    }

    private static IEnumerable<Suggestion> OfRule(SchemaDocument document, RuleResult result)
    {
        var rule = result.Rule;
        if (result.NotChecked is { } why)
        {
            yield return new() { Finding = $"“{rule.Name}” could not be checked: {why}", Action = "correct the rule, or turn it off", Kind = SuggestionKind.Rules, Entity = rule.Entity, Field = rule.Columns.Count > 0 ? rule.Columns[0] : null, Property = rule.Name, Value = "false" };
            yield break;
        }

        if (rule.Columns.Count != 1 || document.Entities.FirstOrDefault(entity => entity.Name == rule.Entity)?.Fields.FirstOrDefault(field => field.Name == rule.Columns[0]) is not { } field)
            yield break;
        var failing = string.Create(CultureInfo.InvariantCulture, $"{field.Name}: {(double)result.Failing / Math.Max(1, result.Evaluated):P1} fail “{rule.Name}”");
        Suggestion Set(string finding, string action, string property, string? value) => new() { Finding = finding, Action = action, Kind = SuggestionKind.Schema, Entity = rule.Entity, Field = field.Name, Property = property, Value = value };
        switch (rule.Check)
        {
            case "not_null" when field.NullPercent > 0:
                var share = (1 - rule.Threshold) * 100;
                var percent = share <= 0 ? 0 : Math.Floor(share * 10 * 0.9) / 10;
                yield return Set(string.Create(CultureInfo.InvariantCulture, $"{field.Name}: {(double)result.Failing / Math.Max(1, result.Evaluated):P1} are null"), string.Create(CultureInfo.InvariantCulture, $"set nullPercent {percent:0.#}"), "nullPercent", percent == 0 ? null : percent.ToString("0.#", CultureInfo.InvariantCulture));
                break;
            case "unique" when !field.Unique && field.Generator is not null:
                yield return Set(failing, "make the field unique", "unique", "true");
                break;
            case "length_between" when Number(rule, "max") is { } longest && field.Type == FieldType.String && !(field.MaxLength <= longest):
                yield return Set(failing, string.Create(CultureInfo.InvariantCulture, $"set maxLength {longest}"), "maxLength", longest.ToString(CultureInfo.InvariantCulture));
                break;
            case "between":
                foreach (var end in Ends)
                {
                    if (rule.Args[end] is { ValueKind: JsonValueKind.Number } bound && field.Args[end] is { ValueKind: JsonValueKind.Number } own && (end == "min" ? own.GetDouble() < bound.GetDouble() : own.GetDouble() > bound.GetDouble()))
                        yield return Set(failing, $"set the generator's {end} to {bound.GetRawText()}", $"args.{end}", bound.GetRawText());
                }

                break;
            case "in_set" when field.Generator == "choice" && rule.Args["values"] is { } allowed && Texts(allowed) is { Count: > 0 } texts && field.Args["values"] is { } own && Texts(own) is { } now && now.Any(text => !texts.Contains(text)):
                yield return Set(failing, $"let the generator choose among {string.Join(", ", texts.Take(5))}{(texts.Count > 5 ? ", …" : "")}", "args.values", Kept(own, texts, allowed));
                break;
        }
    }

    private static IEnumerable<Suggestion> OfColumn(EntityDefinition entity, FieldDefinition field, EntityQuality found, ColumnProfile profile)
    {
        if (field is { Generator: "choice", Array: null } && profile.TopIsAll && field.Args["values"] is { } values && Weights(values) is { Count: > 1 } weights && found.Rows > 0)
        {
            var there = profile.Top.Where(top => top.Count > 0).Select(top => top.Value).ToHashSet(StringComparer.Ordinal);
            var missing = weights.Where(weight => weight.Weight > 0 && !there.Contains(weight.Text)).ToList();
            if (missing.Count > 0)
            {
                var share = missing.Min(weight => weight.Weight) / weights.Sum(weight => weight.Weight) * (1 - ((field.NullPercent ?? 0) / 100));
                // So many rows that each of them misses it with a chance of less than one in a thousand.
                var rows = (long)Math.Ceiling(DeterministicMath.Log((1 - Surely) / missing.Count) / DeterministicMath.Log(1 - Math.Min(share, 0.999)));
                var finding = string.Create(CultureInfo.InvariantCulture, $"{field.Name}: {(missing.Count == 1 ? $"{missing[0].Text} never appears" : $"{missing.Count} values never appear ({string.Join(", ", missing.Take(3).Select(one => one.Text))}{(missing.Count > 3 ? ", …" : "")})")}");
                if (entity.Rows is { } own && rows > own && field.When is null)
                    yield return new() { Finding = finding, Action = string.Create(CultureInfo.InvariantCulture, $"raise the row count to {Round(rows):N0}"), Kind = SuggestionKind.Rows, Entity = entity.Name, Property = "rows", Value = Round(rows).ToString(CultureInfo.InvariantCulture) };
                else
                    yield return new() { Finding = finding, Action = "give all values the same weight", Kind = SuggestionKind.Schema, Entity = entity.Name, Field = field.Name, Property = "args.values", Value = Listed(values) };
            }
        }

        if (profile is { Distinct: 1, Nulls: 0 } && profile.Rows > 50 && field.Generator is not (null or "constant" or "expression"))
            yield return new() { Finding = string.Create(CultureInfo.InvariantCulture, $"{field.Name}: one and the same value in all {profile.Rows:N0} rows"), Action = "widen the generator's arguments, or make it a constant", Kind = SuggestionKind.Advice, Entity = entity.Name, Field = field.Name };
        if (field.NullPercent > 0 && profile is { Nulls: 0, Rows: > 0 })
            yield return new() { Finding = $"{field.Name}: may be null, and never is", Action = "generate more rows, or raise its share of nulls", Kind = SuggestionKind.Advice, Entity = entity.Name, Field = field.Name };
    }

    /// <summary>Up to two figures: nobody asks for 1,283 rows.</summary>
    private static long Round(long rows)
    {
        long unit = 1;
        while (rows / unit >= 100)
            unit *= 10;
        return (rows + unit - 1) / unit * unit;
    }

    private static long? Number(QualityRule rule, string name) => rule.Args[name] is { ValueKind: JsonValueKind.Number } value && value.TryGetInt64(out var number) ? number : null;

    private static string Text(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();

    private static List<string> Texts(JsonElement values) => [.. Weights(values).Select(weight => weight.Text)];

    private static List<(string Text, double Weight)> Weights(JsonElement values) => values.ValueKind switch
    {
        JsonValueKind.Array => [.. values.EnumerateArray().Select(value => (Text(value), 1.0))],
        JsonValueKind.Object => [.. values.EnumerateObject().Select(value => (value.Name, value.Value.ValueKind == JsonValueKind.Number ? value.Value.GetDouble() : 0))],
        _ => [],
    };

    /// <summary>The generator's own values that are allowed, with their weights; all that are allowed where none is.</summary>
    private static string Kept(JsonElement own, List<string> texts, JsonElement allowed)
    {
        if (!Texts(own).Exists(texts.Contains))
            return Listed(allowed);
        return own.ValueKind == JsonValueKind.Array ? $"[{string.Join(",", own.EnumerateArray().Where(value => texts.Contains(Text(value))).Select(value => value.GetRawText()))}]"
            : $"{{{string.Join(",", own.EnumerateObject().Where(value => texts.Contains(value.Name)).Select(value => $"{Quoted(value.Name)}:{value.Value.GetRawText()}"))}}}";
    }

    private static string Listed(JsonElement values) => values.ValueKind == JsonValueKind.Array ? values.GetRawText() : $"[{string.Join(",", values.EnumerateObject().Select(value => Quoted(value.Name)))}]";

    private static string Quoted(string text) => $"\"{JsonEncodedText.Encode(text)}\"";
}
