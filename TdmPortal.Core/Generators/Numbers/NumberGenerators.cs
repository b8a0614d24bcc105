using TdmPortal.Core.Generation;
using static TdmPortal.Core.Generators.Arguments;
using static TdmPortal.Core.Generators.Generator;

namespace TdmPortal.Core.Generators.Numbers;

/// <summary>Numbers by their distribution.</summary>
internal static class NumberGenerators
{
    private static readonly ArgumentDefinition Min = Number("min", "No value is smaller.");
    private static readonly ArgumentDefinition Max = Number("max", "No value is greater.");

    public static IReadOnlyList<GeneratorDefinition> All { get; } =
    [
        Make("number.integer", "A whole number, each between the bounds equally likely.", Kinds.Whole,
            [Integer("min", "The smallest value.", 0), Integer("max", "The greatest value.", 1000)],
            "int, random number, quantity, count, range", """{"min":1,"max":100}""") with { Create = static c => UniformSource.Create(c, whole: true) },
        Make("number.decimal", "A number with decimals, equally likely anywhere between the bounds.", Kinds.Fraction,
            [Number("min", "The smallest value.", 0), Number("max", "The greatest value.", 1000)],
            "float, price, amount, money, uniform", """{"min":5,"max":2000}""") with { Create = static c => UniformSource.Create(c, whole: false) },
        Make("number.normal", "Most values near the mean, few far from it (the bell curve).", Kinds.Real,
            [Number("mean", "The middle.", 0), Number("stdDev", "Two thirds lie within this distance of the mean.", 1, 0), Min, Max],
            "gaussian, bell curve, distribution", """{"mean":5000,"stdDev":1500,"min":0}""") with { Create = static c => DistributionSource.Create(c, () => Distributions.Normal(c.Number("mean"), c.Number("stdDev")), () => Normal(c.Number("mean"), c.Number("stdDev"))) },
        Make("number.logNormal", "Many small values and a long tail of large ones, as of incomes and durations.", Kinds.Real,
            [Number("mean", "Mean of the logarithm.", 0, -700, 700), Number("stdDev", "Standard deviation of the logarithm.", 1, 0, 100), Min, Max],
            "skewed, income, duration, long tail", """{"mean":10,"stdDev":0.5}""") with { Create = static c => DistributionSource.Create(c, () => Distributions.LogNormal(c.Number("mean"), c.Number("stdDev")), () => LogNormal(c.Number("mean"), c.Number("stdDev"))) },
        Make("number.exponential", "Times between events: short ones are common, long ones rare.", Kinds.Real,
            [Number("mean", "The average.", 1, 0), Min, Max], "waiting time, interval, poisson process", """{"mean":30}""") with { Create = static c => DistributionSource.Create(c, () => Distributions.Exponential(c.Number("mean")), () => Exponential(c.Number("mean"))) },
        Make("number.zipf", "Ranks of popularity: 1 most often, then 2, then 3 and so on.", Kinds.Whole,
            [Integer("max", "The greatest rank.", 1000, 1, 1e15), Number("exponent", "How strongly the first ones dominate.", 1, 0, 10)],
            "power law, popularity, rank, pareto", """{"max":1000,"exponent":1}""") with { Create = static c => DistributionSource.Create(c, () => Distributions.Zipf(c.Integer("max"), c.Number("exponent"))) },
        Make("number.histogram", "Follows bars that you give: bounds, and how many values fall between each two.", Kinds.Real,
            [
                new("bounds", ArgumentKind.Numbers, "Ascending numbers, one more than weights.") { Required = true },
                new("weights", ArgumentKind.Numbers, "How often a value falls into each bar.") { Required = true },
            ], "buckets, bins, distribution, empirical", """{"bounds":[0,18,30,65,100],"weights":[5,25,60,10]}""") with { Create = static c => DistributionSource.Create(c, () => Distributions.ReadHistogram(c), () => Distributions.ReadHistogramQuantile(c)) },
        Make("number.percent", "A percentage from 0 to 100.", Kinds.Fraction, [], "share, ratio, rate") with { Create = static c => UniformSource.Whole(c, 0, 100) },
        Make("number.digit", "One digit from 0 to 9.", Kinds.Digits, [], "figure") with { Create = static c => Phrases.PhraseSource.Create(c, new Phrases.Characters(Phrases.Characters.Digits, 1)) },
    ];

    private static Func<double, double> Normal(double mean, double deviation) => share => mean + (deviation * DeterministicMath.NormalQuantile(share));

    private static Func<double, double> LogNormal(double mean, double deviation) => share => DeterministicMath.Exp(mean + (deviation * DeterministicMath.NormalQuantile(share)));

    private static Func<double, double> Exponential(double mean) => share => -mean * DeterministicMath.Log(1 - share);
}
