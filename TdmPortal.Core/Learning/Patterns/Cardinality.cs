using System.Globalization;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Learning.Patterns;

/// <summary>Which of the distributions that relationships have is nearest to the children that parents have in a sample, by the statistic of Kolmogorov and Smirnov.</summary>
internal static class Cardinality
{
    /// <summary>How much nearer another than the even one must be.</summary>
    private const double Margin = 0.03;

    private const int MostPerParent = 1000;

    /// <param name="isBounded">A parent cannot have more children than the one that has most: chance would give some too many.</param>
    public static DistributionDefinition Fit(int[] each, bool mayDecideRows, bool isBounded)
    {
        var counts = each.Order().ToArray();
        var best = (Kind: new DistributionDefinition(DistributionKind.Uniform), Distance: Distance(counts, Even(counts)));
        var (min, max) = (counts[0], counts[^1]);
        if (mayDecideRows && isBounded && max is > 0 and <= MostPerParent)
            return new(DistributionKind.PerParent, Min: min, Max: max);
        if (mayDecideRows && max is > 0 and <= MostPerParent && Try(new(DistributionKind.PerParent, Min: min, Max: max), Distance(counts, Balanced(counts.Length, min, max))))
            return best.Kind;
        for (var exponent = 0.2; exponent <= 2.01; exponent += 0.1)
            Try(new(DistributionKind.Zipf, Math.Round(exponent, 1)), Distance(counts, Zipf(counts, exponent)));
        return best.Kind;

        bool Try(DistributionDefinition kind, double distance)
        {
            if (distance >= best.Distance - (best.Kind.Kind == DistributionKind.Zipf && kind.Kind == DistributionKind.Zipf ? 0 : Margin))
                return false;
            best = (kind, distance);
            return distance < Margin;
        }
    }

    public static string Words(DistributionDefinition distribution) => distribution.Kind switch
    {
        DistributionKind.PerParent => string.Create(CultureInfo.InvariantCulture, $"{distribution.Min} to {distribution.Max} each, all alike"),
        DistributionKind.Zipf => string.Create(CultureInfo.InvariantCulture, $"zipf with exponent {distribution.Exponent}: few have most"),
        _ => "chance has it",
    };

    /// <summary>The greatest difference of the shares of parents with up to so many children.</summary>
    private static double Distance(int[] counts, Func<int, double> shareUpTo)
    {
        var greatest = 0.0;
        for (var i = 0; i < counts.Length; i++)
        {
            if (i + 1 < counts.Length && counts[i + 1] == counts[i])
                continue;
            greatest = Math.Max(greatest, Math.Abs(((i + 1.0) / counts.Length) - shareUpTo(counts[i])));
            if (counts[i] > 0)
                greatest = Math.Max(greatest, Math.Abs(((double)Array.FindIndex(counts, count => count == counts[i]) / counts.Length) - shareUpTo(counts[i] - 1)));
        }

        return greatest;
    }

    private static Func<int, double> Even(int[] counts)
    {
        var mean = counts.Average();
        return upTo => Poisson(mean, upTo);
    }

    private static Func<int, double> Balanced(int parents, int min, int max) => upTo => parents == 0 ? 1 : Math.Clamp((upTo - min + 1.0) / (max - min + 1), 0, 1);

    private static Func<int, double> Zipf(int[] counts, double exponent)
    {
        // Parents' expected numbers, by rank, with what chance adds to each; a hundred ranks stand for all.
        var ranks = Enumerable.Range(0, 100).Select(i => 1 + (i * Math.Max(1, counts.Length - 1) / 99.0)).ToArray();
        var weights = new double[counts.Length];
        for (var rank = 0; rank < weights.Length; rank++)
            weights[rank] = DeterministicMath.Pow(rank + 1, -exponent);
        var unit = counts.Sum(count => (double)count) / weights.Sum();
        double[] means = [.. ranks.Select(rank => unit * DeterministicMath.Pow(rank, -exponent))];
        return upTo => means.Average(mean => Poisson(mean, upTo));
    }

    private static double Poisson(double mean, int upTo)
    {
        if (upTo < 0)
            return 0;
        if (mean > 200)
            return DeterministicMath.NormalShare((upTo + 0.5 - mean) / Math.Sqrt(mean));
        var term = DeterministicMath.Exp(-mean);
        var sum = term;
        for (var k = 1; k <= upTo && k < 1000; k++)
        {
            term *= mean / k;
            sum += term;
        }

        return Math.Min(1, sum);
    }
}
