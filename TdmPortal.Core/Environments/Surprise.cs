using TdmPortal.Core.Generation;

namespace TdmPortal.Core.Environments;

/// <summary>How far a column's values are spread otherwise than before.</summary>
public static class Surprise
{
    private const double LogarithmOfTwo = 0.69314718055994530942;

    /// <summary>
    /// The Jensen-Shannon distance (D. M. Endres and J. E. Schindelin, "A new metric for probability distributions", 2003,
    /// after J. Lin's divergence of 1991) between two counts over the same bars: 0 for the same shares, 1 for no bar in
    /// common. What chance alone would give two draws of that many rows from one distribution is taken off first, or
    /// columns of few rows would always look surprising: (bars - 1) / (8 ln 2) × (1/n + 1/m), the mean of the asymptotic
    /// chi-square distribution (I. Grosse et al., "Analysis of symbolic sequences using the Jensen-Shannon divergence", 2002).
    /// </summary>
    /// <param name="before">Rows in each bar; nulls are a bar like others.</param>
    /// <param name="after">As many bars.</param>
    public static double Of(ReadOnlySpan<long> before, ReadOnlySpan<long> after)
    {
        double n = Sum(before), m = Sum(after);
        if (n == 0 || m == 0)
            return n == m ? 0 : 1;
        var (divergence, bars) = (0.0, 0);
        for (var i = 0; i < before.Length; i++)
        {
            var (p, q) = (before[i] / n, after[i] / m);
            divergence += Part(p, (p + q) / 2) + Part(q, (p + q) / 2);
            bars += p + q > 0 ? 1 : 0;
        }

        var chance = (bars - 1) / (8 * LogarithmOfTwo) * ((1 / n) + (1 / m));
        return Math.Sqrt(Math.Clamp((divergence / 2) - chance, 0, 1));
    }

    private static double Part(double share, double middle) => share > 0 ? share * DeterministicMath.Log(share / middle) / LogarithmOfTwo : 0;

    private static long Sum(ReadOnlySpan<long> counts)
    {
        long sum = 0;
        foreach (var count in counts)
            sum += count;
        return sum;
    }
}
