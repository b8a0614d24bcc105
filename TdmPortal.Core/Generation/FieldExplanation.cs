using System.Globalization;
using System.Text.Json;
using TdmPortal.Core.Expressions;
using TdmPortal.Core.Generators;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Generation;

/// <summary>What decides the values of a field, in words: together with seed, as-of instant and row number all that makes a cell.</summary>
/// <param name="Rule">The generator's name, or the relationship that fills the field.</param>
/// <param name="Summary">What that does.</param>
/// <param name="Arguments">Given ones first, then defaults.</param>
/// <param name="Remarks">What else holds: nulls, conditions, uniqueness, checks.</param>
public sealed record FieldExplanation(string Rule, string Summary, IReadOnlyList<ExplainedArgument> Arguments, IReadOnlyList<string> Remarks)
{
    /// <summary>Explains a field of a valid document.</summary>
    /// <exception cref="ArgumentException">The document has no such field.</exception>
    public static FieldExplanation Of(SchemaDocument document, string entity, string field)
    {
        var owner = document.Entities.FirstOrDefault(one => one.Name == entity) ?? throw new ArgumentException($"{document.Name} has no entity {entity}.", nameof(entity));
        var definition = owner.Fields.FirstOrDefault(one => one.Name == field) ?? throw new ArgumentException($"{entity} has no field {field}.", nameof(field));
        var remarks = RemarksOf(document, owner, definition);
        var relationships = document.Relationships.Where(one => one.From.Entity == entity && one.From.Fields.Contains(field)).ToList();
        if (definition.Generator is not null)
        {
            var known = GeneratorCatalogue.Find(definition.Generator);
            remarks.AddRange(relationships.Select(one => $"{one.Name} looks for a row of {one.To.Entity} with the same value"));
            return new(definition.Generator, known?.Summary ?? "", ArgumentsOf(definition, known), remarks);
        }

        // Which of several leads is a matter of keys and distributions; the value is the same in all of them.
        return new(relationships.Count == 1 ? $"relationship {relationships[0].Name}" : $"relationships {string.Join(", ", relationships.Select(one => one.Name))}",
            string.Join("; the same as ", relationships.Select(one => $"{one.To.Entity}.{one.To.Fields[Enumerable.Range(0, one.From.Fields.Count).First(i => one.From.Fields[i] == field)]} of the row that {one.Name} chooses: {RelationshipText.Sentence(one)}")), [], remarks);
    }

    private static List<ExplainedArgument> ArgumentsOf(FieldDefinition field, GeneratorDefinition? known) =>
    [
        .. field.Args.Select(argument => new ExplainedArgument(argument.Key, Text(argument.Value), false)),
        .. known?.Arguments.Where(argument => argument.Default is not null && field.Args[argument.Name] is null).Select(argument => new ExplainedArgument(argument.Name, argument.Default!.Trim('"'), true)) ?? [],
    ];

    private static List<string> RemarksOf(SchemaDocument document, EntityDefinition entity, FieldDefinition field)
    {
        var remarks = new List<string>();
        if (field.When is not null)
            remarks.Add($"null unless {field.When}");
        if (field.NullPercent is > 0)
            remarks.Add($"null in about {Number(field.NullPercent.Value)} % of rows");
        if (field.Array is { } bounds)
            remarks.Add($"an array of {bounds.Min} to {bounds.Max} values");
        if (field.MaxLength is { } length)
            remarks.Add($"at most {length.ToString("N0", CultureInfo.InvariantCulture)} characters");
        if (field.Unique || Is(entity.PrimaryKey, field) || entity.Unique.Any(key => Is(key, field)))
            remarks.Add("no two rows have the same value");
        remarks.AddRange(entity.Unique.Append(entity.PrimaryKey).Where(key => key.Count > 1 && key.Contains(field.Name)).Select(key => $"no two rows have the same {string.Join(", ", key)}"));
        remarks.AddRange(document.Constraints.Where(check => check.Entity == entity.Name && Reads(document, entity, check.Check, field.Name)).Select(check => $"checked by {check.Name}: {check.Check}"));
        return remarks;
    }

    private static bool Is(IReadOnlyList<string> key, FieldDefinition field) => key.Count == 1 && key[0] == field.Name;

    /// <summary>Whether a condition reads the row's own field.</summary>
    private static bool Reads(SchemaDocument document, EntityDefinition entity, string condition, string field)
    {
        var index = new SchemaIndex(document);
        return CheckedExpression.Condition(condition, new EntityScope(index, index.Entity(entity.Name)!.Value)).Expression is { } read && ExpressionDependencies.Of(read).Fields.Contains(field);
    }

    private static string Text(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();

    private static string Number(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);
}
