using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using TdmPortal.Core.Expressions;
using TdmPortal.Core.Generators;
using TdmPortal.Core.Masking.Plans;
using TdmPortal.Core.PersonalData;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Masking;

/// <summary>Says what is wrong with a policy by itself and over a document: where, why and what to do. What maskers say of a source's columns, <see cref="MaskPlan.Compile"/> adds.</summary>
public static partial class MaskingPolicyValidator
{
    /// <summary>Most rules of a policy.</summary>
    public const int MostRules = 2000;

    /// <summary>Most columns of a rule or identity, identities, sentinels or sets of quasi-identifiers.</summary>
    public const int MostItems = 2000;

    private const int LongestText = 4000;

    /// <summary>All problems by path of the policy: <c>rules[2].args.length</c>, <c>identities[0].columns[1]</c>.</summary>
    /// <param name="document">Null: only what can be said without a source.</param>
    /// <param name="maskers">Finds maskers; null: those of the catalogue.</param>
    public static IReadOnlyList<SchemaProblem> Validate(SchemaDocument? document, MaskingPolicy policy, Func<string, MaskerDefinition?>? maskers = null)
    {
        var problems = new ProblemList();
        var index = document is null ? null : new SchemaIndex(document);
        if (!NamePattern().IsMatch(policy.Name))
            problems.Error("name", "masking.name", $"\"{policy.Name}\" is no name of a policy: small letters, digits and _, a letter first, at most 63.", "Write a name such as customer_masking");
        Text(problems, "title", policy.Title);
        Text(problems, "description", policy.Description);
        Most(problems, "rules", policy.Rules.Count, MostRules);
        Most(problems, "identities", policy.Identities.Count, MostItems);
        Most(problems, "sentinels", policy.Sentinels.Count, MostItems);
        Most(problems, "quasiIdentifiers", policy.QuasiIdentifiers.Count, MostItems);
        for (var i = 0; i < policy.Rules.Count; i++)
            Rule(index, policy.Rules[i], string.Create(CultureInfo.InvariantCulture, $"rules[{i}]"), maskers ?? Maskers.MaskerCatalogue.Find, problems);
        for (var i = 0; i < policy.Identities.Count; i++)
            Identity(index, policy, i, problems);
        for (var i = 0; i < policy.Sentinels.Count; i++)
            Text(problems, string.Create(CultureInfo.InvariantCulture, $"sentinels[{i}]"), policy.Sentinels[i]);
        for (var i = 0; i < policy.QuasiIdentifiers.Count; i++)
            Quasi(index, policy.QuasiIdentifiers[i], string.Create(CultureInfo.InvariantCulture, $"quasiIdentifiers[{i}]"), problems);
        Subset(index, policy, problems);
        return problems.ToList();
    }

    private static void Rule(SchemaIndex? index, MaskingRule rule, string path, Func<string, MaskerDefinition?> maskers, ProblemList problems)
    {
        if (rule.Personal is null == (rule.Columns.Count == 0))
            problems.Error(path, "masking.rule_of", rule.Personal is null ? "The rule names neither a kind of personal data nor columns." : "The rule names both a kind of personal data and columns.", "Name a kind (personal) or columns");
        if (rule.Personal is { } kind && PersonalKinds.Find(kind) is null)
            problems.Error($"{path}.personal", "masking.unknown_kind", $"\"{kind}\" is no kind of personal data.", NearestName.Find(kind, PersonalKinds.All.Select(one => one.Name)) is { } near ? $"Write \"{near}\"" : "Choose a kind of the list");
        Columns(index, rule.Columns, path, problems);
        Text(problems, $"{path}.reason", rule.Reason);
        Text(problems, $"{path}.when", rule.When);
        if (rule.Masker == MaskingRule.Keep)
        {
            if (string.IsNullOrWhiteSpace(rule.Reason))
                problems.Error($"{path}.reason", "masking.keep_reason", "The rule leaves values as they are and does not say why.", "Give the reason");
            return;
        }

        if (maskers(rule.Masker) is not { } definition)
        {
            problems.Error($"{path}.masker", "masking.unknown_masker", $"There is no masker \"{rule.Masker}\".", Maskers.MaskerCatalogue.Nearest(rule.Masker) is { } near ? $"Write \"{near}\"" : "Choose a masker of the catalogue");
            return;
        }

        foreach (var (name, value) in rule.Args)
        {
            if (definition.Arguments.FirstOrDefault(argument => argument.Name == name) is { } argument)
                Argument(problems, $"{path}.args.{name}", argument, value);
            else
                problems.Error($"{path}.args.{name}", "masking.unknown_argument", definition.Arguments.Count == 0 ? $"{definition.Title} takes no arguments." : $"{definition.Title} has no argument \"{name}\". It takes {string.Join(", ", definition.Arguments.Select(one => one.Name))}.", NearestName.Find(name, definition.Arguments.Select(one => one.Name)) is { } near ? $"Write \"{near}\"" : "Remove it");
        }

        // Columns of the same row may be found by themselves; the plan says where they are not.
        foreach (var argument in definition.Arguments.Where(argument => argument is { Required: true, Kind: not ArgumentKind.Field } && rule.Args[argument.Name] is null or { ValueKind: JsonValueKind.Null }))
            problems.Error($"{path}.args", "masking.missing_argument", $"{definition.Title} needs the argument \"{argument.Name}\": {argument.Summary}", $"Set {argument.Name}");
    }

    private static void Argument(ProblemList problems, string path, ArgumentDefinition argument, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Null)
            return;
        var wanted = argument.Kind switch
        {
            ArgumentKind.Integer when value.ValueKind != JsonValueKind.Number || !value.TryGetInt64(out _) => "a whole number",
            ArgumentKind.Number when value.ValueKind != JsonValueKind.Number => "a number",
            ArgumentKind.Boolean when value.ValueKind is not (JsonValueKind.True or JsonValueKind.False) => "true or false",
            ArgumentKind.Option when value.ValueKind != JsonValueKind.String || !argument.Options.Contains(value.GetString()!) => $"one of {string.Join(", ", argument.Options)}",
            ArgumentKind.Text or ArgumentKind.Regex or ArgumentKind.Template or ArgumentKind.Expression or ArgumentKind.Field or ArgumentKind.Date or ArgumentKind.Duration when value.ValueKind != JsonValueKind.String => "a text",
            ArgumentKind.Map or ArgumentKind.Cases when value.ValueKind != JsonValueKind.Object => "an object in braces",
            ArgumentKind.Numbers when value.ValueKind != JsonValueKind.Array || value.EnumerateArray().Any(item => item.ValueKind != JsonValueKind.Number) => "a list of numbers",
            _ => null,
        };
        if (wanted is not null)
            problems.Error(path, "masking.argument", $"\"{argument.Name}\" must be {wanted}, not {Shortened(value)}.", $"Write {wanted}");
        else if (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && (number < argument.Min || number > argument.Max))
            problems.Error(path, "masking.argument", string.Create(CultureInfo.InvariantCulture, $"\"{argument.Name}\" is {number}; it is {(argument.Min is { } min ? $"at least {min}" : "")}{(argument is { Min: not null, Max: not null } ? " and " : "")}{(argument.Max is { } max ? $"at most {max}" : "")}."), "Write a number in that range");
    }

    private static string Shortened(JsonElement value) => value.GetRawText() is { Length: > 60 } text ? text[..60] + "…" : value.GetRawText();

    private static void Columns(SchemaIndex? index, IReadOnlyList<string> columns, string path, ProblemList problems)
    {
        Most(problems, $"{path}.columns", columns.Count, MostItems);
        for (var i = 0; i < columns.Count; i++)
        {
            var (place, column) = (string.Create(CultureInfo.InvariantCulture, $"{path}.columns[{i}]"), columns[i]);
            if (!ColumnPattern().IsMatch(column))
                problems.Error(place, "masking.column", $"\"{column}\" is no column.", "Write entity.field, or *.field for that field wherever it is");
            else if (index is not null && !index.Document.Entities.Any(entity => entity.Fields.Any(field => ColumnRules.Matches(column, entity.Name, field.Name))))
                problems.Error(place, "masking.unknown_column", $"The source has no column {column}.", NearestName.Find(column, index.Document.Entities.SelectMany(entity => entity.Fields.Select(field => $"{entity.Name}.{field.Name}"))) is { } near ? $"Write \"{near}\"" : "Choose a column of the source");
        }
    }

    private static void Identity(SchemaIndex? index, MaskingPolicy policy, int at, ProblemList problems)
    {
        var (identity, path) = (policy.Identities[at], string.Create(CultureInfo.InvariantCulture, $"identities[{at}]"));
        if (string.IsNullOrWhiteSpace(identity.Name) || identity.Name.Length > 120 || identity.Name.Any(char.IsControl))
            problems.Error($"{path}.name", "masking.identity_name", "An identity needs a name of one line, of 120 characters at most: it is part of its key.", "Give it a name such as customer number");
        else if (policy.Identities.Take(at).Any(other => other.Name == identity.Name))
            problems.Error($"{path}.name", "masking.identity_name", $"There are two identities called \"{identity.Name}\".", "Put their columns together");
        if (identity.Columns.Count == 0)
            problems.Error($"{path}.columns", "masking.identity_columns", $"The identity {identity.Name} has no columns.", "Name the columns that hold the same things");
        Columns(index, identity.Columns, path, problems);
    }

    private static void Quasi(SchemaIndex? index, QuasiIdentifiers quasi, string path, ProblemList problems)
    {
        if (quasi.Fields.Count == 0)
            problems.Error($"{path}.fields", "masking.quasi_fields", "A set of quasi-identifiers names the columns that together may tell who somebody is.", "Name at least one column");
        if (quasi.K < 1)
            problems.Error($"{path}.k", "masking.bounds", $"k is {quasi.K}; it is at least 1.", "Write 5, as is usual");
        if (quasi.L < 1)
            problems.Error($"{path}.l", "masking.bounds", $"l is {quasi.L}; it is at least 1.", "Write 2");
        if (index is null)
            return;
        if (Entity(index, quasi.Entity, $"{path}.entity", problems) is not { } entity)
            return;
        for (var i = 0; i < quasi.Fields.Count; i++)
            Field(index, entity, quasi.Fields[i], string.Create(CultureInfo.InvariantCulture, $"{path}.fields[{i}]"), problems);
        if (quasi.Sensitive is { } sensitive)
            Field(index, entity, sensitive, $"{path}.sensitive", problems);
    }

    private static void Subset(SchemaIndex? index, MaskingPolicy policy, ProblemList problems)
    {
        for (var i = 0; i < policy.Subset?.Chosen.Count; i++)
        {
            var (choice, path) = (policy.Subset.Chosen[i], string.Create(CultureInfo.InvariantCulture, $"subset.chosen[{i}]"));
            if (choice.Percent is not (> 0 and <= 100))
                problems.Error($"{path}.percent", "masking.bounds", string.Create(CultureInfo.InvariantCulture, $"The share is {choice.Percent} %; it is above 0 and at most 100."), "Write 10 for a tenth");
            if (index is null || Entity(index, choice.Entity, $"{path}.entity", problems) is not { } entity || string.IsNullOrWhiteSpace(choice.Where))
                continue;
            if (CheckedExpression.Condition(choice.Where, new EntityScope(index, entity)).Error is { } error)
                problems.Error($"{path}.where", "masking.when", $"At character {error.Position + 1}: {error.Message}", error.Suggestion is null ? [] : [error.Suggestion]);
        }

        for (var i = 0; index is not null && i < policy.Subset?.Whole.Count; i++)
            Entity(index, policy.Subset.Whole[i], string.Create(CultureInfo.InvariantCulture, $"subset.whole[{i}]"), problems);
    }

    private static int? Entity(SchemaIndex index, string name, string path, ProblemList problems)
    {
        if (index.Entity(name) is { } entity)
            return entity;
        problems.Error(path, "masking.unknown_entity", $"The source has no entity \"{name}\".", NearestName.Find(name, index.Document.Entities.Select(one => one.Name)) is { } near ? $"Write \"{near}\"" : "Choose one of the source");
        return null;
    }

    private static void Field(SchemaIndex index, int entity, string name, string path, ProblemList problems)
    {
        if (index.Field(entity, name) is null)
            problems.Error(path, "masking.unknown_column", $"{index.Document.Entities[entity].Name} has no column \"{name}\".", NearestName.Find(name, index.Document.Entities[entity].Fields.Select(one => one.Name)) is { } near ? $"Write \"{near}\"" : "Choose a column of it");
    }

    private static void Text(ProblemList problems, string path, string? text)
    {
        if (text?.Length > LongestText)
            problems.Error(path, "masking.limit", $"The text has {text.Length} characters; at most {LongestText} are allowed.", "Shorten it");
        if (text?.Contains('\0', StringComparison.Ordinal) == true)
            problems.Error(path, "masking.limit", "The text holds the character NUL, which a database cannot store.", "Remove it");
    }

    private static void Most(ProblemList problems, string path, int count, int most)
    {
        if (count > most)
            problems.Error(path, "masking.limit", $"There are {count}; at most {most} are allowed.", "Remove some");
    }

    [GeneratedRegex("^[a-z][a-z0-9_]{0,62}$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex NamePattern();

    [GeneratedRegex(@"^(?:\*|[a-z][a-z0-9_]{0,62})\.[a-z][a-z0-9_]{0,62}$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ColumnPattern();
}
