using TdmPortal.Core.Generators;
using TdmPortal.Core.Quality.Rules;
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
            "mutually_exclusive_ranges, no overlap", Ordered,
            new ArgumentDefinition("by", ArgumentKind.Field, "Only ranges of rows that agree in this field are compared."),
            Arguments.Option("gaps", "Whether ranges may leave something out between them.", "allowed", "allowed", "not_allowed", "required"),
            Arguments.Flag("inclusive", "The end belongs to the range, so that the next one begins after it.", false)) with { LeastColumns = 2, MostColumns = 2 }) { Bind = Ranges },
    ];

    private static RuleWork? Unique(RuleContext context) => new NotYet();

    private static RuleWork? ForeignKey(RuleContext context) => new NotYet();

    private static RuleWork? Dependency(RuleContext context) => new NotYet();

    private static RuleWork? Ranges(RuleContext context) => new NotYet();
}
