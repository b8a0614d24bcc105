using System.Globalization;
using TdmPortal.Core.Schemas;
using Xunit;

namespace TdmPortal.Tests.Generators;

/// <summary>Distributions of 50,000 values under a fixed seed, against what they are to be.</summary>
public sealed class DistributionTests
{
    private const int Count = 50_000;

    [Fact]
    public void Normal_Measured_HasMeanAndDeviation()
    {
        var values = Numbers("number.normal", """{"mean":10,"stdDev":3}""");

        Assert.Equal(10, values.Average(), 0.05);
        Assert.Equal(3, Math.Sqrt(values.Average(value => (value - values.Average()) * (value - values.Average()))), 0.05);
        Assert.True(KolmogorovSmirnov(values, x => 0.5 * (1 + Erf((x - 10) / (3 * Math.Sqrt(2))))) < 1.63 / Math.Sqrt(Count));
    }

    [Fact]
    public void Exponential_Measured_FollowsItsFunction() =>
        Assert.True(KolmogorovSmirnov(Numbers("number.exponential", """{"mean":30}"""), x => 1 - Math.Exp(-x / 30)) < 1.63 / Math.Sqrt(Count));

    [Fact]
    public void LogNormal_Measured_HasANormalLogarithm() =>
        Assert.True(KolmogorovSmirnov(Numbers("number.logNormal", """{"mean":2,"stdDev":0.5}"""), x => 0.5 * (1 + Erf((Math.Log(x) - 2) / (0.5 * Math.Sqrt(2))))) < 1.63 / Math.Sqrt(Count));

    [Theory]
    [InlineData(1.0)]
    [InlineData(1.6)]
    [InlineData(0.6)]
    public void Zipf_Measured_HasItsShares(double exponent)
    {
        var values = Numbers("number.zipf", string.Create(CultureInfo.InvariantCulture, $$"""{"max":50,"exponent":{{exponent}}}"""));
        var weights = Enumerable.Range(1, 50).Select(rank => Math.Pow(rank, -exponent)).ToArray();

        Assert.True(ChiSquare([.. Enumerable.Range(1, 50).Select(rank => values.Count(value => value == rank))], weights) < 85.4); // 49 degrees, 0.1 %
    }

    [Fact]
    public void Choice_Measured_HasItsWeights()
    {
        var values = Running.Rows("choice", Count, """{"values":{"a":70,"b":20,"c":9,"d":1}}""");

        Assert.True(ChiSquare([.. new[] { "a", "b", "c", "d" }.Select(text => values.Count(value => value == text))], [70, 20, 9, 1]) < 16.3); // 3 degrees, 0.1 %
    }

    [Fact]
    public void Uniform_Measured_IsFlat()
    {
        var values = Numbers("number.integer", """{"min":1,"max":20}""", FieldType.Integer);

        Assert.True(ChiSquare([.. Enumerable.Range(1, 20).Select(number => values.Count(value => value == number))], [.. Enumerable.Repeat(1.0, 20)]) < 43.8); // 19 degrees, 0.1 %
    }

    [Fact]
    public void Bounds_OfADistribution_CutItOff()
    {
        var values = Numbers("number.normal", """{"mean":0,"stdDev":1,"min":-0.5,"max":2}""");

        Assert.All(values, value => Assert.InRange(value, -0.5, 2));
        Assert.DoesNotContain(-0.5, values);
    }

    private static double[] Numbers(string name, string args, FieldType? type = null) => [.. Running.Rows(name, Count, args, type).Select(text => double.Parse(text, CultureInfo.InvariantCulture))];

    private static double KolmogorovSmirnov(double[] values, Func<double, double> distribution)
    {
        Array.Sort(values);
        return values.Select((value, i) => Math.Max(Math.Abs(distribution(value) - ((double)i / values.Length)), Math.Abs(distribution(value) - ((i + 1.0) / values.Length)))).Max();
    }

    private static double ChiSquare(int[] counts, double[] weights)
    {
        var (total, sum) = (counts.Sum(), weights.Sum());
        return counts.Select((count, i) => Math.Pow(count - (total * weights[i] / sum), 2) / (total * weights[i] / sum)).Sum();
    }

    // Abramowitz and Stegun 7.1.26, good to 1.5e-7.
    private static double Erf(double x)
    {
        var t = 1 / (1 + (0.3275911 * Math.Abs(x)));
        var value = 1 - (((((((((1.061405429 * t) - 1.453152027) * t) + 1.421413741) * t) - 0.284496736) * t) + 0.254829592) * t * Math.Exp(-x * x));
        return x < 0 ? -value : value;
    }
}
