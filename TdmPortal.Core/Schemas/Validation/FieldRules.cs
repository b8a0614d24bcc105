using TdmPortal.Core.Expressions;
using TdmPortal.Core.Formats;
using TdmPortal.Core.Generators;

namespace TdmPortal.Core.Schemas.Validation;

/// <summary>A field's type and sizes, its generator or the relationship that fills it, and its condition.</summary>
internal static class FieldRules
{
    /// <summary>Longest text: PostgreSQL's limit for varchar.</summary>
    private const int MaxTextLength = 10_485_760;

    private const int MaxArrayLength = 1000;

    public static void Check(ValidationContext context, int entity, int index)
    {
        var (field, problems) = (context.Document.Entities[entity].Fields[index], context.Problems);
        if (!LegalNames.IsLegal(field.Name))
            DocumentRules.CheckName(problems, ValidationContext.PathOf(entity, index) + ".name", $"A field of {ValidationContext.Shown(context.Document.Entities[entity].Name)}", field.Name);
        if (HasSizes(field))
            CheckSizes(context, entity, index, field);
        if (field.NullPercent is { } nulls && !(nulls is >= 0 and <= 100))
            problems.Error(ValidationContext.PathOf(entity, index) + ".nullPercent", "schema.null_percent", Invariant($"{context.NameOf(entity, index)}: nullPercent is {nulls}; a share of nulls lies between 0 and 100."), "Write a number from 0 to 100");
        CheckFilling(context, entity, index, field);
        if (field.When is { } when)
            CheckWhen(context, entity, index, when);
        if (field.Unique && (field.Array is not null || field.Type == FieldType.Json))
            problems.Error(ValidationContext.PathOf(entity, index) + ".unique", "schema.key", $"{context.NameOf(entity, index)} is {(field.Array is null ? "JSON" : "a list")}, which cannot be unique.", "Remove unique");
        if (field.Generator is "expression" && IsUniqueAlone(context.Document.Entities[entity], field))
            UniqueExpressions.Check(context, entity, index);
    }

    /// <summary>Whether the field by itself is a key: unique, the whole primary key or a whole unique group.</summary>
    public static bool IsUniqueAlone(EntityDefinition entity, FieldDefinition field) =>
        field.Unique || (entity.PrimaryKey is [var key] && key == field.Name) || entity.Unique.Any(group => group is [var only] && only == field.Name);

    private static bool HasSizes(FieldDefinition field) =>
        field.Precision is not null || field.Scale is not null || field.MaxLength is not null || field.Array is not null || field.Column is not null || field.SqlType is not null || field.Description is not null;

    private static void CheckSizes(ValidationContext context, int entity, int index, FieldDefinition field)
    {
        var problems = context.Problems;
        var path = ValidationContext.PathOf(entity, index);
        var name = context.NameOf(entity, index);
        var type = FieldTypeNames.Of(field.Type);
        if (field.Type == FieldType.Decimal)
        {
            var precision = field.Precision ?? 18;
            if (precision is < 1 or > 38)
                problems.Error($"{path}.precision", "schema.precision", $"{name}: a decimal has 1 to 38 digits in all, not {precision}.", "Write a precision from 1 to 38");
            if (field.Scale is { } scale && scale is < 0 or > 38)
                problems.Error($"{path}.scale", "schema.scale", $"{name}: a decimal has 0 to 38 digits after the point, not {scale}.", "Write a scale from 0 to the precision");
            else if ((field.Scale ?? 2) > precision && precision is >= 1 and <= 38)
                problems.Error($"{path}.scale", "schema.scale", $"{name}: {field.Scale ?? 2} digits after the point do not fit into {precision} digits in all{(field.Precision is null ? " (the default)" : "")}.", $"Set precision to {Math.Min(38, (field.Scale ?? 2) + 2)}", "Lower the scale");
        }
        else
        {
            if (field.Precision is not null)
                problems.Warning($"{path}.precision", "schema.precision", $"{name} is {Article(type)}; precision says nothing there.", "Remove it", "Make the field a decimal");
            if (field.Scale is not null)
                problems.Warning($"{path}.scale", "schema.scale", $"{name} is {Article(type)}; scale says nothing there.", "Remove it", "Make the field a decimal");
        }

        if (field.MaxLength is { } length)
        {
            if (length is < 1 or > MaxTextLength)
                problems.Error($"{path}.maxLength", "schema.max_length", $"{name}: maxLength is {length}; it lies between 1 and {MaxTextLength}.", "Write a length in that range", "Remove it");
            else if (field.Type != FieldType.String)
                problems.Warning($"{path}.maxLength", "schema.max_length", $"{name} is {Article(type)}; maxLength says nothing there.", "Remove it");
        }

        if (field.Array is { } array && (array.Min < 0 || array.Max < array.Min || array.Max > MaxArrayLength))
            problems.Error($"{path}.array", "schema.array", $"{name}: a list of {array.Min} to {array.Max} elements is not possible; min is 0 or more, max at least min and at most {MaxArrayLength}.", "Correct min and max");
        if (field.Column is { } column)
            EntityRules.CheckIdentifier(problems, $"{path}.column", $"{name}: the column's name", column);
        if (field.SqlType is { } sqlType)
        {
            DocumentRules.CheckText(problems, $"{path}.sqlType", $"{name}: sqlType", sqlType, SqlTypeText.MaxLength);
            if (!SqlTypeText.IsType(sqlType))
                problems.Warning($"{path}.sqlType", "schema.sql_type", $"{name}: {ValidationContext.Shown(sqlType)} has not the form of an SQL type, so scripts name it in quotes.", "Write a type such as integer, varchar(20) or citext", "Remove it to use the type itself");
        }

        DocumentRules.CheckText(problems, $"{path}.description", $"The description of {name}", field.Description, 10_000);
    }

    private static void CheckFilling(ValidationContext context, int entity, int index, FieldDefinition field)
    {
        var problems = context.Problems;
        var relationships = context.RelationshipsOf(entity, index);
        if (field.Generator is null)
        {
            var path = ValidationContext.PathOf(entity, index);
            if (relationships.Count == 0)
                problems.Error($"{path}.generator", "schema.generator_missing", $"{context.NameOf(entity, index)} has no generator, and no relationship fills it.", "Choose a generator", "Add a relationship that fills it");
            else if (field.NullPercent > 0)
                problems.Error($"{path}.nullPercent", "schema.null_percent", $"{context.NameOf(entity, index)} is filled by the relationship {context.Document.Relationships[relationships[0]].Name}; its nulls are set there.", "Move nullPercent to the relationship");
            if (field.Args.Count > 0)
                problems.Error($"{path}.args", "schema.argument", $"{context.NameOf(entity, index)} has arguments but no generator.", "Remove args");
            if (field.Array is not null && relationships.Count > 0)
                problems.Error($"{path}.array", "schema.array", $"{context.NameOf(entity, index)} is filled by a relationship and cannot be a list.", "Remove array");
            return;
        }

        // In a relationship over several fields some may be filled before: it then chooses among the parents that agree.
        foreach (var relationship in relationships)
        {
            if (context.Document.Relationships[relationship].From.Fields.Count == 1)
            {
                problems.Error(ValidationContext.PathOf(entity, index) + ".generator", "schema.generator_unexpected",
                    $"{context.NameOf(entity, index)} has a generator, but the relationship {context.Document.Relationships[relationship].Name} fills it.", "Remove the generator", "Remove the relationship");
            }
        }

        var definition = GeneratorCatalogue.Find(field.Generator);
        if (definition is null)
        {
            var nearest = Nearest(field.Generator);
            problems.Error(ValidationContext.PathOf(entity, index) + ".generator", "schema.unknown_generator",
                $"{context.NameOf(entity, index)}: there is no generator {ValidationContext.Shown(field.Generator)}.", nearest is null ? "Choose one of the catalogue" : $"Write {nearest}");
            return;
        }

        if (!definition.Types.Contains(field.Type))
        {
            var types = string.Join(", ", definition.Types.Select(FieldTypeNames.Of));
            problems.Error(ValidationContext.PathOf(entity, index) + ".generator", "schema.generator_type",
                $"{context.NameOf(entity, index)} is {Article(FieldTypeNames.Of(field.Type))}, which {definition.Name} cannot fill; it gives {types}.", $"Change the type to {FieldTypeNames.Of(definition.Types[0])}", "Choose another generator");
            return;
        }

        ArgumentRules.Check(context, entity, index, definition);
    }

    private static string? Nearest(string name) =>
        NearestName.Find(name, GeneratorCatalogue.All.Select(generator => generator.Name))
        ?? GeneratorCatalogue.All.FirstOrDefault(generator => generator.Name.EndsWith("." + name, StringComparison.OrdinalIgnoreCase)
            || generator.Synonyms.Contains(name, StringComparer.OrdinalIgnoreCase))?.Name;

    private static void CheckWhen(ValidationContext context, int entity, int index, string when)
    {
        var path = ValidationContext.PathOf(entity, index) + ".when";
        var result = CheckedExpression.Condition(when, new EntityScope(context.Index, entity));
        if (result.Error is { } error)
        {
            context.Report(path, context.NameOf(entity, index), error);
            return;
        }

        context.Note(entity, index, result.Expression!);
        if (context.RelationshipsOf(entity, index).Count > 0 && context.Document.Entities[entity].Fields[index].Generator is null)
            context.Problems.Error(path, "schema.when", $"{context.NameOf(entity, index)} is filled by a relationship; a condition cannot take its value away.", "Set nullPercent on the relationship");
    }

    public static string Article(string type) => type[0] is 'i' ? $"an {type}" : $"a {type}";

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
