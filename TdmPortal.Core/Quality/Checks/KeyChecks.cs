using System.Text.Json;
using TdmPortal.Core.Generators;
using TdmPortal.Core.Quality.Rules;
using TdmPortal.Core.Schemas;
using static TdmPortal.Core.Quality.Checks.Check;

namespace TdmPortal.Core.Quality.Checks;

/// <summary>Rows against all others: keys and what they point to.</summary>
internal static class KeyChecks
{
    public static IReadOnlyList<Check> All { get; } =
    [
        new(Define("unique", RuleKind.Consistency, "Occurs once", "No two rows have the same value. A value that stands in k rows counts as k - 1 failing ones; nulls are left out.",
            "expect_column_values_to_be_unique, isUnique, isPrimaryKey, hasUniqueness, duplicate, KeyUniqueness")) { Bind = Unique },
        new(Define("unique_together", RuleKind.Consistency, "Occur once together", "No two rows have the same values in all of the columns; rows with a null in one of them are left out.",
            "expect_compound_columns_to_be_unique, unique_combination_of_columns, areUnique, expect_multicolumn_values_to_be_unique") with { LeastColumns = 2, MostColumns = 16 }) { Bind = Unique },
        new(Define("foreign_key_exists", RuleKind.Consistency, "Points to a row that is there", "For every value (several columns: for the values together) another entity has a row with it; rows with a null are left out.",
            "relationships, ReferentialIntegrity, expect_foreign_keys_to_exist, valid_reference_data", null,
            new ArgumentDefinition("to", ArgumentKind.Text, "The entity that is pointed to.") { Required = true },
            new ArgumentDefinition("fields", ArgumentKind.Json, "Its fields, in the order of the columns, as a list of names; without it, its primary key.")) with { MostColumns = 16 }) { Bind = ForeignKey },
        new(Define("functional_dependency", RuleKind.Consistency, "Follows from other columns", "Rows that agree in all columns but the last agree in the last as well, such as city, postcode and region.",
            "determines, expect_column_values_to_be_functionally_dependent") with { LeastColumns = 2, MostColumns = 16 }) { Bind = Dependency },
        new(Define("mutually_exclusive_ranges", RuleKind.Consistency, "Ranges do not overlap", "The ranges from the first column to the second do not overlap; one that has no end is open. Rows with no beginning are left out.",
            "mutually_exclusive_ranges, no overlap", [.. Ordered.Where(type => type != FieldType.String)],
            new ArgumentDefinition("by", ArgumentKind.Field, "Only ranges of rows that agree in this field are compared."),
            Arguments.Option("gaps", "Whether ranges may leave something out between them.", "allowed", "allowed", "not_allowed", "required"),
            Arguments.Flag("inclusive", "The end belongs to the range, so that the next one begins after it.", false)) with { LeastColumns = 2, MostColumns = 2 }) { Bind = Ranges },
    ];

    private static UniqueWork Unique(RuleContext context) => new(context.Columns);

    private static ForeignKeyWork? ForeignKey(RuleContext context)
    {
        if (context.EntityOf("to") is not { } parent)
            return null;
        var definition = context.Index.Document.Entities[parent];
        IReadOnlyList<string> names = definition.PrimaryKey;
        if (context.Value("fields") is { } fields)
        {
            if (fields.ValueKind != JsonValueKind.Array || fields.EnumerateArray().Any(name => name.ValueKind != JsonValueKind.String))
            {
                context.Wrong("fields", "a list of field names", fields);
                return null;
            }

            names = [.. fields.EnumerateArray().Select(name => name.GetString()!)];
        }

        if (names.Count != context.Columns.Count)
        {
            context.RefuseArgument("fields", $"{context.Columns.Count} columns cannot point to {names.Count} fields of {definition.Name}{(context.Has("fields") ? "" : ", its primary key")}.", "Name as many fields as columns");
            return null;
        }

        var places = names.Select(name => context.FieldOf("fields", parent, name)).ToList();
        for (var i = 0; i < places.Count; i++)
        {
            if (places[i] is { } place && definition.Fields[place].Type != context.Field(i).Type)
                context.Refuse($"columns[{i}]", $"{context.Field(i).Name} is of type {FieldTypeNames.Of(context.Field(i).Type)}, {definition.Name}.{names[i]} of type {FieldTypeNames.Of(definition.Fields[place].Type)}.", "Choose columns of one type");
        }

        return context.Failed ? null : new(context.Columns, parent, [.. places.OfType<int>()]);
    }

    private static DependencyWork Dependency(RuleContext context) => new([.. context.Columns.SkipLast(1)], context.Columns[^1]);

    private static RangesWork? Ranges(RuleContext context)
    {
        if (context.Field().Type != context.Field(1).Type)
            context.Refuse("columns[1]", $"{context.Field(1).Name} and {context.Field().Name} have not the same type.", "Choose columns of one type");
        int? by = context.Has("by") ? context.FieldOf("by", context.EntityIndex, context.Text("by")) : null;
        if (by is { } grouped && context.Entity.Fields[grouped].Array is not null)
            context.RefuseArgument("by", "a list cannot be compared.", "Choose another field");
        return new(context.Columns[0], context.Columns[1], by, context.Option("gaps"), context.Flag("inclusive"));
    }
}
