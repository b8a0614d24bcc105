namespace TdmPortal.Core.Generation;

/// <summary>
/// Zipf's law over ranks 0..n-1, share of rank r proportional to (r + 1)^-exponent, both ways without a table of n:
/// the first ranks summed exactly, the rest by the integral of x^-exponent from midpoint to midpoint (off by less than
/// 10⁻⁶ of a share from rank 256 on).
/// </summary>
internal sealed class ZipfQuantile
{
    private const int HeadSize = 256;
    private readonly double exponent;
    private readonly long ranks;
    private readonly double[] head;
    private readonly double total;
    private readonly double tailStart;

    public ZipfQuantile(double exponent, long ranks)
    {
        this.exponent = exponent;
        this.ranks = ranks;
        head = new double[Math.Min(HeadSize, ranks) + 1];
        for (var r = 1; r < head.Length; r++)
            head[r] = head[r - 1] + DeterministicMath.Pow(r, -exponent);
        tailStart = Integral(head.Length - 1 + 0.5);
        total = head[^1] + (ranks > HeadSize ? Integral(ranks + 0.5) - tailStart : 0);
    }

    /// <summary>Share of the first of so many ranks.</summary>
    public static double FirstShare(double exponent, long ranks) => new ZipfQuantile(exponent, Math.Max(1, ranks)).Before(1);

    /// <summary>The rank at a share of all, 0 ≤ share &lt; 1.</summary>
    public long Rank(double share) => Rank(share, ranks, head.Length - 1, total);

    /// <summary>The rank at a share of the first <paramref name="count"/> ranks only.</summary>
    public long Rank(double share, long count)
    {
        var inHead = (int)Math.Min(head.Length - 1, count);
        return Rank(share, count, inHead, head[inHead] + (count > HeadSize ? Integral(count + 0.5) - tailStart : 0));
    }

    private long Rank(double share, long count, int inHead, double all)
    {
        var mass = share * all;
        if (mass < head[inHead])
        {
            var at = Array.BinarySearch(head, 0, inHead + 1, mass);
            return at >= 0 ? Math.Min(at, inHead - 1) : ~at - 1;
        }

        if (count <= HeadSize)
            return count - 1;
        return Math.Clamp((long)(Inverse(mass - head[inHead] + tailStart) - 0.5), HeadSize, count - 1);
    }

    /// <summary>Share of all that lies before a rank; <see cref="Rank(double)"/> agrees with it up to rounding.</summary>
    public double Before(long rank) => rank < head.Length ? head[rank] / total : rank >= ranks ? 1 : (head[^1] + Integral(rank + 0.5) - tailStart) / total;

    private double Integral(double x) => exponent == 1 ? DeterministicMath.Log(x) : DeterministicMath.Pow(x, 1 - exponent) / (1 - exponent);

    private double Inverse(double y) => exponent == 1 ? DeterministicMath.Exp(y) : DeterministicMath.Pow(y * (1 - exponent), 1 / (1 - exponent));
}
