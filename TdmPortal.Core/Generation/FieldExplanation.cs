using System.Globalization;
using System.Text.Json;
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

        // The first relationship that names the field fills it; the others agree with it.
        var relationship = relationships[0];
        var place = Enumerable.Range(0, relationship.From.Fields.Count).First(i => relationship.From.Fields[i] == field);
        remarks.AddRange(relationships.Skip(1).Select(one => $"{one.Name} agrees with it"));
        return new($"relationship {relationship.Name}", $"{relationship.To.Entity}.{relationship.To.Fields[place]} of a row that is chosen: {Spread(relationship)}", [], remarks);
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
        remarks.AddRange(document.Constraints.Where(check => check.Entity == entity.Name && Names(check.Check, field.Name)).Select(check => $"checked by {check.Name}: {check.Check}"));
        return remarks;
    }

    private static bool Is(IReadOnlyList<string> key, FieldDefinition field) => key.Count == 1 && key[0] == field.Name;

    /// <summary>Whether an expression has the field's name as a word of its own.</summary>
    private static bool Names(string expression, string field)
    {
        for (var at = expression.IndexOf(field, StringComparison.Ordinal); at >= 0; at = expression.IndexOf(field, at + 1, StringComparison.Ordinal))
        {
            var end = at + field.Length;
            if ((at == 0 || !IsWord(expression[at - 1])) && (end == expression.Length || !IsWord(expression[end])))
                return true;
        }

        return false;
    }

    private static bool IsWord(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '.';

    private static string Spread(RelationshipDefinition relationship)
    {
        var nulls = relationship.NullPercent is > 0 ? $", none in about {Number(relationship.NullPercent.Value)} % of rows" : "";
        var roots = relationship.From.Entity == relationship.To.Entity ? ", always an earlier row, so that a tree grows" : "";
        return relationship.Distribution switch
        {
            { Kind: DistributionKind.Zipf } zipf => $"a few rows get most (zipf, exponent {Number(zipf.Exponent ?? 1)})",
            { Kind: DistributionKind.PerParent } each => $"each gets {each.Min ?? 0} to {each.Max ?? 1} of these",
            _ => "each is as likely as the next",
        } + roots + nulls;
    }

    private static string Text(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();

    private static string Number(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);
}
