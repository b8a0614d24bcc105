using TdmPortal.Core.Generators;
using TdmPortal.Core.Quality.Rules;
using static TdmPortal.Core.Quality.Checks.Check;

namespace TdmPortal.Core.Quality.Checks;

/// <summary>Values that are listed.</summary>
internal static class SetChecks
{
    private static readonly ArgumentDefinition Values = new("values", ArgumentKind.Choices, "The values, as a list.") { Required = true };

    public static IReadOnlyList<Check> All { get; } =
    [
        new(Define("in_set", RuleKind.Format, "Is one of a list", "Every value is one of those listed.",
            "expect_column_values_to_be_in_set, expect_column_distinct_values_to_be_in_set, accepted_values, isContainedIn, valid_values, enum", Comparable, Values)) { Bind = InSet },
        new(Define("not_in_set", RuleKind.Format, "Is none of a list", "No value is one of those listed.",
            "expect_column_values_to_not_be_in_set, not_accepted_values, invalid_values", Comparable, Values)) { Bind = NotInSet },
        new(Define("pair_in_set", RuleKind.Consistency, "Two columns go together as listed", "In each row the two columns are one of the pairs listed.",
            "expect_column_pair_values_to_be_in_set", Comparable,
            new ArgumentDefinition("pairs", ArgumentKind.Json, "A list of pairs, such as [[\"DE\", \"EUR\"], [\"US\", \"USD\"]].") { Required = true }) with { LeastColumns = 2, MostColumns = 2 }) { Bind = PairInSet },
        new(Define("contains_set", RuleKind.Business, "Every value of a list occurs", "Each of the values listed occurs in at least one row.",
            "expect_column_distinct_values_to_contain_set, expect_column_distinct_values_to_equal_set", Comparable, Values)) { Bind = Contains },
    ];

    private static RuleWork? InSet(RuleContext context) => new NotYet();

    private static RuleWork? NotInSet(RuleContext context) => new NotYet();

    private static RuleWork? PairInSet(RuleContext context) => new NotYet();

    private static RuleWork? Contains(RuleContext context) => new NotYet();
}
