namespace TdmPortal.Tests.Generation;

/// <summary>Kolmogorov and Smirnov's test of one sample against a distribution function.</summary>
internal static class KolmogorovSmirnov
{
    /// <summary>How likely a sample at least so far from the distribution is by chance (Kolmogorov's limit with Stephens' correction).</summary>
    public static double Probability(IEnumerable<double> sample, Func<double, double> distribution)
    {
        var values = sample.Order().ToArray();
        double furthest = 0;
        for (var i = 0; i < values.Length; i++)
        {
            // Of equal values the last: the share up to and with them. So it holds for values on a grid as well.
            if (i == values.Length - 1 || values[i] != values[i + 1])
                furthest = Math.Max(furthest, Math.Abs(distribution(values[i]) - ((i + 1.0) / values.Length)));
        }

        var root = Math.Sqrt(values.Length);
        var scaled = (root + 0.12 + (0.11 / root)) * furthest;
        return Math.Clamp(2 * Enumerable.Range(1, 100).Sum(k => (k % 2 == 1 ? 1 : -1) * Math.Exp(-2 * k * k * scaled * scaled)), 0, 1);
    }
}
