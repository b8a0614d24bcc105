using System.Text.Json;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Generators.Basics;
using TdmPortal.Core.Generators.Phrases;

namespace TdmPortal.Core.Generators.Numbers;

/// <summary>The distributions that numbers are drawn from, by the engine's own logarithm and exponential.</summary>
internal static class Distributions
{
    /// <summary>By the quantile function.</summary>
    public static Distribution Normal(double mean, double deviation) => (ref Draw draw) => mean + (deviation * DeterministicMath.NormalQuantile(Open(ref draw)));

    public static Distribution LogNormal(double mean, double deviation) => (ref Draw draw) => DeterministicMath.Exp(mean + (deviation * DeterministicMath.NormalQuantile(Open(ref draw))));

    /// <summary>The quantile function of <see cref="Histogram"/>.</summary>
    public static Func<double, double> HistogramQuantile(double[] bounds, double[] weights)
    {
        var (upTo, sum, all) = (new double[weights.Length], 0.0, weights.Sum());
        for (var i = 0; i < upTo.Length; i++)
            upTo[i] = (sum += weights[i]) / all;
        return share =>
        {
            var at = Array.BinarySearch(upTo, share);
            var bar = Math.Min(at >= 0 ? at : ~at, upTo.Length - 1);
            var before = bar == 0 ? 0 : upTo[bar - 1];
            var width = upTo[bar] - before;
            return bounds[bar] + ((width > 0 ? Math.Clamp((share - before) / width, 0, 1) : 0) * (bounds[bar + 1] - bounds[bar]));
        };
    }

    /// <summary>By the quantile function.</summary>
    public static Distribution Exponential(double mean) => (ref Draw draw) => -mean * DeterministicMath.Log(Open(ref draw));

    /// <summary>Ranks 1 to n with weights rank^-s, by rejection-inversion (W. Hörmann, G. Derflinger 1996): constant time, no table.</summary>
    public static Distribution Zipf(double n, double s)
    {
        var first = Integral(1.5) - 1;
        var last = Integral(n + 0.5);
        var shift = 2 - Inverse(Integral(2.5) - DeterministicMath.Pow(2, -s));
        return (ref Draw draw) =>
        {
            while (true)
            {
                var u = last + (draw.Unit() * (first - last));
                var x = Inverse(u);
                var k = Math.Clamp(Math.Floor(x + 0.5), 1, n);
                if (k - x <= shift || u >= Integral(k + 0.5) - DeterministicMath.Pow(k, -s))
                    return k;
            }
        };

        double Integral(double x)
        {
            var log = DeterministicMath.Log(x);
            var t = (1 - s) * log;
            return (Math.Abs(t) > 1e-8 ? (DeterministicMath.Exp(t) - 1) / t : 1 + (t / 2)) * log;
        }

        double Inverse(double x)
        {
            var t = Math.Max(x * (1 - s), -1);
            return DeterministicMath.Exp((Math.Abs(t) > 1e-8 ? DeterministicMath.Log(1 + t) / t : 1 - (t / 2)) * x);
        }
    }

    /// <summary>Bars between ascending bounds: a bar by its weight, then anywhere in it.</summary>
    public static Distribution Histogram(double[] bounds, double[] weights)
    {
        var bars = new AliasTable(weights);
        return (ref Draw draw) =>
        {
            var bar = bars.Pick(draw.Next());
            return bounds[bar] + (draw.Unit() * (bounds[bar + 1] - bounds[bar]));
        };
    }

    /// <summary>One of several values by weight.</summary>
    public static Distribution Discrete(double[] values, double[] weights)
    {
        var table = new AliasTable(weights);
        return (ref Draw draw) => values[table.Pick(draw.Next())];
    }

    /// <summary>The histogram that the arguments bounds and weights describe; a problem is reported where they do not.</summary>
    public static Distribution ReadHistogram(SourceContext context)
    {
        var (bounds, weights) = (Numbers(context, "bounds"), Numbers(context, "weights"));
        if (context.Failed())
            return Exponential(1);
        if (bounds.Length != weights.Length + 1)
            context.Refuse("bounds", $"there must be one more bound ({bounds.Length}) than weights ({weights.Length})", false);
        else if (bounds.Zip(bounds.Skip(1)).Any(pair => pair.First >= pair.Second))
            context.Refuse("bounds", "the bounds must ascend", false);
        else if (weights.Any(weight => weight < 0) || !(weights.Sum() > 0))
            context.Refuse("weights", "the weights must not be negative, and one must be above 0", false);
        return context.Failed() ? Exponential(1) : Histogram(bounds, weights);
    }

    /// <summary>The quantile function of <see cref="ReadHistogram"/>, whose arguments were right.</summary>
    public static Func<double, double> ReadHistogramQuantile(SourceContext context) => HistogramQuantile(Numbers(context, "bounds"), Numbers(context, "weights"));

    private static double[] Numbers(SourceContext context, string name)
    {
        if (context.Argument(name) is { ValueKind: JsonValueKind.Array } list && list.EnumerateArray().All(item => item.ValueKind == JsonValueKind.Number))
            return [.. list.EnumerateArray().Select(item => item.GetDouble())];
        return context.Refuse<double[]>(name, $"\"{name}\" must be a list of numbers", []);
    }

    private static double Open(ref Draw draw) => ((draw.Next() >> 11) + 0.5) * (1.0 / (1UL << 53));
}
