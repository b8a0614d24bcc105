using TdmPortal.Core.Generators;
using TdmPortal.Core.Quality.Rules;
using static TdmPortal.Core.Generators.Arguments;
using static TdmPortal.Core.Quality.Checks.Check;

namespace TdmPortal.Core.Quality.Checks;

/// <summary>Figures over all values of a column.</summary>
internal static class StatisticChecks
{
    private static readonly ArgumentDefinition Min = Number("min", "The least.");
    private static readonly ArgumentDefinition Max = Number("max", "The most.");
    private static readonly ArgumentDefinition MinValue = new("min", ArgumentKind.Value, "The least; a date may be relative, such as now-2y.");
    private static readonly ArgumentDefinition MaxValue = new("max", ArgumentKind.Value, "The most; a date may be relative, such as now.");
    private static readonly ArgumentDefinition MinShare = Number("min", "The least share.", min: 0, max: 1);
    private static readonly ArgumentDefinition MaxShare = Number("max", "The greatest share.", min: 0, max: 1);

    public static IReadOnlyList<Check> All { get; } =
    [
        new(Define("mean_between", RuleKind.Business, "Has a mean between two bounds", "The arithmetic mean of the values lies within the bounds.",
            "expect_column_mean_to_be_between, hasMean, avg", Numbers, Min, Max)) { Bind = Mean },
        new(Define("stdev_between", RuleKind.Business, "Has a standard deviation between two bounds", "The sample standard deviation (n - 1) lies within the bounds.",
            "expect_column_stdev_to_be_between, hasStandardDeviation, stddev", Numbers, Min, Max)) { Bind = Deviation },
        new(Define("sum_between", RuleKind.Business, "Has a sum between two bounds", "The sum of the values lies within the bounds.",
            "expect_column_sum_to_be_between, hasSum", Numbers, Min, Max)) { Bind = Sum },
        new(Define("median_between", RuleKind.Business, "Has a median between two bounds", "The value in the middle lies within the bounds; with an even number of rows the lower of the two.",
            "expect_column_median_to_be_between, hasApproxQuantile", Numbers, Min, Max)) { Bind = Median },
        new(Define("quantile_between", RuleKind.Business, "Has a quantile between two bounds", "The least value that at least the given share of the values does not exceed lies within the bounds.",
            "expect_column_quantile_values_to_be_between, hasExactQuantile, percentile", Numbers,
            Number("share", "0.95 for the 95th percentile.", min: 0, max: 1, required: true), Min, Max)) { Bind = Quantile },
        new(Define("min_between", RuleKind.Business, "Has a least value between two bounds", "The least value lies within the bounds.",
            "expect_column_min_to_be_between, hasMin", Ordered, MinValue, MaxValue)) { Bind = Least },
        new(Define("max_between", RuleKind.Business, "Has a greatest value between two bounds", "The greatest value lies within the bounds.",
            "expect_column_max_to_be_between, hasMax", Ordered, MinValue, MaxValue)) { Bind = Greatest },
        new(Define("proportion_between", RuleKind.Business, "A value has a share between two bounds", "Of the rows that have a value, the share with the given one lies within the bounds.",
            "expect_column_proportion_of_values_to_be_between, distribution, hasHistogramValues", Comparable,
            new ArgumentDefinition("value", ArgumentKind.Value, "The value that is counted.") { Required = true }, MinShare, MaxShare)) { Bind = Proportion },
        new(Define("null_proportion_between", RuleKind.Completeness, "Nulls have a share between two bounds", "Of all rows, the share without a value lies within the bounds.",
            "not_null_proportion, expect_column_proportion_of_non_null_values_to_be_between, hasCompleteness, missing_percent", null, MinShare, MaxShare)) { Bind = Nulls },
        new(Define("at_least_one", RuleKind.Completeness, "Is filled in somewhere", "At least one row has a value.", "at_least_one")) { Bind = AtLeastOne },
        new(Define("not_constant", RuleKind.Business, "Has more than one value", "There are at least two different values.",
            "not_constant, hasEntropy")) { Bind = NotConstant },
        new(Define("distinct_count_between", RuleKind.Business, "Has so many different values", "The number of different values, nulls left out, lies within the bounds.",
            "expect_column_unique_value_count_to_be_between, hasNumberOfDistinctValues, hasApproxCountDistinct", null,
            Integer("min", "The fewest.", min: 0), Integer("max", "The most.", min: 0))) { Bind = DistinctCount },
        new(Define("unique_proportion_between", RuleKind.Business, "Different values have a share between two bounds", "The number of different values, divided by the number of rows that have one, lies within the bounds.",
            "expect_column_proportion_of_unique_values_to_be_between, hasDistinctness, hasUniqueValueRatio", null, MinShare, MaxShare)) { Bind = DistinctShare },
    ];

    private static RuleWork? Mean(RuleContext context) => new NotYet();

    private static RuleWork? Deviation(RuleContext context) => new NotYet();

    private static RuleWork? Sum(RuleContext context) => new NotYet();

    private static RuleWork? Median(RuleContext context) => new NotYet();

    private static RuleWork? Quantile(RuleContext context) => new NotYet();

    private static RuleWork? Least(RuleContext context) => new NotYet();

    private static RuleWork? Greatest(RuleContext context) => new NotYet();

    private static RuleWork? Proportion(RuleContext context) => new NotYet();

    private static RuleWork? Nulls(RuleContext context) => new NotYet();

    private static RuleWork? AtLeastOne(RuleContext context) => new NotYet();

    private static RuleWork? NotConstant(RuleContext context) => new NotYet();

    private static RuleWork? DistinctCount(RuleContext context) => new NotYet();

    private static RuleWork? DistinctShare(RuleContext context) => new NotYet();
}
