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

    private static MomentsWork? Mean(RuleContext context) => Moments(context, "mean", static moments => moments.Mean);

    private static MomentsWork? Deviation(RuleContext context) => Moments(context, "standard deviation", static moments => moments.Deviation);

    private static MomentsWork? Sum(RuleContext context) => Moments(context, "sum", static moments => moments.Sum);

    private static MomentsWork Moments(RuleContext context, string name, Func<MomentsWork.Moments, double?> figure) => new(context.Columns[0], Figures.Unit(context.Field()), context.Bounds(), name, figure);

    private static QuantileWork Median(RuleContext context) => new(context.Columns[0], Figures.Unit(context.Field()), 0.5, "median", context.Bounds());

    private static QuantileWork Quantile(RuleContext context)
    {
        var share = context.Number("share") ?? 0.5;
        return new(context.Columns[0], Figures.Unit(context.Field()), share, Figures.Text(share * 100) + " % quantile", context.Bounds());
    }

    private static ExtremeWork? Least(RuleContext context) => ExtremeWork.Bind(context, -1);

    private static ExtremeWork? Greatest(RuleContext context) => ExtremeWork.Bind(context, 1);

    private static ShareWork? Proportion(RuleContext context)
    {
        var bounds = context.Bounds();
        if (context.Literal("value", context.Field()) is not { } value)
            return null;
        var wanted = new UInt128[1];
        KeyHash.Fill([value], wanted, new bool[1]);
        var field = context.Columns[0];
        return new(bounds, "share", (batch, verdicts) =>
        {
            var (hashes, isNull) = (new UInt128[batch.Count], new bool[batch.Count]);
            KeyHash.Fill([batch[field]], hashes, isNull);
            for (var i = 0; i < hashes.Length; i++)
                verdicts[i] = isNull[i] ? Verdict.None : hashes[i] == wanted[0] ? Verdict.Holds : Verdict.Fails;
        });
    }

    private static ShareWork Nulls(RuleContext context)
    {
        var field = context.Columns[0];
        return new(context.Bounds(), "share of nulls", (batch, verdicts) =>
        {
            var column = batch[field];
            for (var i = 0; i < verdicts.Length; i++)
                verdicts[i] = column.IsNull(i) ? Verdict.Holds : Verdict.Fails;
        });
    }

    private static ShareWork AtLeastOne(RuleContext context)
    {
        var field = context.Columns[0];
        return new((double.Epsilon, 1), "share filled in", (batch, verdicts) =>
        {
            var column = batch[field];
            for (var i = 0; i < verdicts.Length; i++)
                verdicts[i] = column.IsNull(i) ? Verdict.Fails : Verdict.Holds;
        });
    }

    private static VariationWork NotConstant(RuleContext context) => new(context.Columns[0]);

    private static DistinctWork? DistinctCount(RuleContext context)
    {
        var (min, max) = (context.Integer("min"), context.Integer("max"));
        context.NeedsBound();
        if (min > max)
            context.Crossed();
        return new(context.Columns[0], (min ?? 0, max ?? double.PositiveInfinity), share: false);
    }

    private static DistinctWork DistinctShare(RuleContext context) => new(context.Columns[0], context.Bounds(), share: true);
}
