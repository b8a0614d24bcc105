using System.Globalization;
using System.Text.Json;
using TdmPortal.Core.Errors;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Quality;

/// <summary>Puts a suggestion into a schema document or a rule set.</summary>
public static class SuggestedEdit
{
    /// <summary>The document with the suggestion's value in its place.</summary>
    /// <exception cref="PortalException">quality.suggestion_unfit: the place is gone, or it changes no schema.</exception>
    public static SchemaDocument Apply(SchemaDocument document, Suggestion suggestion)
    {
        if (suggestion.Kind is not (SuggestionKind.Schema or SuggestionKind.Rows) || suggestion.Property is not { } property)
            throw Unfit(suggestion);
        var entity = document.Entities.FirstOrDefault(entity => entity.Name == suggestion.Entity) ?? throw Unfit(suggestion);
        EntityDefinition next;
        if (suggestion.Field is null)
            next = property == "rows" && long.TryParse(suggestion.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var rows) ? entity with { Rows = rows } : throw Unfit(suggestion);
        else
            next = entity with { Fields = [.. entity.Fields.Select(field => field.Name == suggestion.Field ? Set(field, suggestion, property) : field)] };
        if (suggestion.Field is not null && entity.Fields.All(field => field.Name != suggestion.Field))
            throw Unfit(suggestion);
        return document with { Entities = [.. document.Entities.Select(one => ReferenceEquals(one, entity) ? next : one)] };
    }

    /// <summary>The rules with the suggestion in its place: a scenario is made by generation, a rule is turned off.</summary>
    /// <exception cref="PortalException">quality.suggestion_unfit</exception>
    public static QualityRules Apply(QualityRules rules, Suggestion suggestion)
    {
        if (suggestion.Kind != SuggestionKind.Rules)
            throw Unfit(suggestion);
        if (rules.Scenarios.Any(scenario => scenario.Name == suggestion.Property))
            return rules with { Scenarios = [.. rules.Scenarios.Select(scenario => scenario.Name == suggestion.Property ? scenario with { Make = true } : scenario)] };
        return rules.Rules.Any(rule => rule.Name == suggestion.Property)
            ? rules with { Rules = [.. rules.Rules.Select(rule => rule.Name == suggestion.Property ? rule with { Enabled = false } : rule)] } : throw Unfit(suggestion);
    }

    private static FieldDefinition Set(FieldDefinition field, Suggestion suggestion, string property) => property switch
    {
        "nullPercent" => field with { NullPercent = suggestion.Value is { } share ? double.Parse(share, CultureInfo.InvariantCulture) : null },
        "maxLength" => field with { MaxLength = suggestion.Value is { } length ? int.Parse(length, CultureInfo.InvariantCulture) : null },
        "unique" => field with { Unique = suggestion.Value == "true" },
        _ when property.StartsWith("args.", StringComparison.Ordinal) => field with { Args = field.Args.With(property["args.".Length..], suggestion.Value is { } value ? Parse(value) : null) },
        _ => throw Unfit(suggestion),
    };

    private static JsonElement Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }

    private static PortalException Unfit(Suggestion suggestion) => new("quality.suggestion_unfit", $"This cannot be applied any more: {suggestion.Finding}.") { SuggestedActions = ["Make a new report", "Change it by hand in the designer"] };
}
