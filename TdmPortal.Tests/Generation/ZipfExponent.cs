namespace TdmPortal.Tests.Generation;

/// <summary>The exponent that counts by rank were drawn with.</summary>
internal static class ZipfExponent
{
    /// <summary>By maximum likelihood: the likelihood of zipf's law falls to both sides of its peak, so the peak is found by trisection.</summary>
    /// <param name="counts">How often each rank occurred, the first rank first.</param>
    public static double Fit(double[] counts)
    {
        var (low, high) = (0.01, 5.0);
        while (high - low > 1e-5)
        {
            var (a, b) = (low + ((high - low) / 3), high - ((high - low) / 3));
            if (Likelihood(counts, a) < Likelihood(counts, b))
                low = a;
            else
                high = b;
        }

        return (low + high) / 2;
    }

    private static double Likelihood(double[] counts, double exponent)
    {
        var total = Enumerable.Range(1, counts.Length).Sum(rank => Math.Pow(rank, -exponent));
        return counts.Select((count, i) => count * ((-exponent * Math.Log(i + 1)) - Math.Log(total))).Sum();
    }
}
