using TdmPortal.Core.Generation;

namespace TdmPortal.Core.Learning.Patterns;

/// <summary>
/// A column's values as places in a normal distribution: values that occur several times have the mean of the stretch that they
/// cover, so that the less a column tells apart, the less its scores vary.
/// </summary>
internal sealed class NormalScores
{
    private NormalScores(double[] scores, double spread) => (Of, Spread) = (scores, spread);

    /// <summary>By sampled row; NaN where there is no value.</summary>
    public double[] Of { get; }

    /// <summary>Their variance: 1 where all values differ.</summary>
    public double Spread { get; }

    /// <param name="values">NaN where there is none.</param>
    public static NormalScores Make(double[] values)
    {
        int[] order = [.. Enumerable.Range(0, values.Length).Where(row => !double.IsNaN(values[row])).OrderBy(row => values[row])];
        var scores = new double[values.Length];
        Array.Fill(scores, double.NaN);
        var (below, spread) = (0.0, 0.0);
        for (var from = 0; from < order.Length;)
        {
            var to = from;
            while (to < order.Length && values[order[to]] == values[order[from]])
                to++;
            var upTo = Density((double)to / order.Length);
            var share = (double)(to - from) / order.Length;
            var score = (below - upTo) / share;
            spread += share * score * score;
            for (var i = from; i < to; i++)
                scores[order[i]] = score;
            (below, from) = (upTo, to);
        }

        return new(scores, spread);
    }

    /// <summary>The correlation of the normal numbers behind two columns, over rows where both have a value; null where too few have.</summary>
    public static double? Correlation(NormalScores one, NormalScores other, int leastRows)
    {
        var (n, x, y, xy) = (0, 0.0, 0.0, 0.0);
        for (var row = 0; row < one.Of.Length; row++)
        {
            if (double.IsNaN(one.Of[row]) || double.IsNaN(other.Of[row]))
                continue;
            n++;
            x += one.Of[row];
            y += other.Of[row];
            xy += one.Of[row] * other.Of[row];
        }

        // What few different values take away from a correlation is given back (the first term of Mehler's expansion).
        return n < leastRows || one.Spread < 1e-3 || other.Spread < 1e-3 ? null : Math.Clamp(((xy / n) - (x / n * (y / n))) / (one.Spread * other.Spread), -0.99, 0.99);
    }

    /// <summary>The normal density at the place that a share lies below.</summary>
    private static double Density(double share)
    {
        if (share is <= 0 or >= 1)
            return 0;
        var z = DeterministicMath.NormalQuantile(share);
        return 0.3989422804014327 * DeterministicMath.Exp(-z * z / 2);
    }
}
