using System.Globalization;
using System.Runtime.CompilerServices;

namespace TdmPortal.Core.Quality.Profiling;

/// <summary>How often each length came; those beyond <see cref="Longest"/> are one.</summary>
internal sealed class LengthCounts
{
    private const int Longest = 4095;
    private const int Bars = 20;

    private long[] counts = new long[64];
    private long rows;
    private long sum;
    private long least = long.MaxValue;
    private long greatest;

    public void Clear()
    {
        (rows, sum, least, greatest) = (0, 0, long.MaxValue, 0);
        counts.AsSpan().Clear();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(int length, long times)
    {
        rows += times;
        sum += length * times;
        least = Math.Min(least, length);
        greatest = Math.Max(greatest, length);
        length = Math.Min(length, Longest);
        if (length >= counts.Length)
            Grow(length);
        counts[length] += times;
    }

    public void Merge(LengthCounts other)
    {
        rows += other.rows;
        sum += other.sum;
        least = Math.Min(least, other.least);
        greatest = Math.Max(greatest, other.greatest);
        if (other.counts.Length > counts.Length)
            Array.Resize(ref counts, other.counts.Length);
        for (var length = 0; length < other.counts.Length; length++)
            counts[length] += other.counts[length];
    }

    public LengthProfile? Profile() => rows == 0 ? null : new(least, greatest, (double)sum / rows);

    /// <summary>A bar a length, or for equally many of them.</summary>
    public Histogram? Histogram()
    {
        if (rows == 0 || least > Longest)
            return null;
        var width = (Math.Min(greatest, Longest) - least + Bars) / Bars;
        var bars = (int)((Math.Min(greatest, Longest) - least) / width) + 1;
        var heights = new long[bars];
        for (var length = least; length <= Math.Min(greatest, Longest); length++)
            heights[(length - least) / width] += counts[length];
        var edges = Enumerable.Range(0, bars + 1).Select(edge => (double)(least + (edge * width))).ToList();
        return new(edges, [.. edges.Select(edge => edge.ToString("N0", CultureInfo.InvariantCulture))], heights, OfLengths: true);
    }

    private void Grow(int length) => Array.Resize(ref counts, Math.Min(Longest + 1, Math.Max(length + 1, counts.Length * 2)));
}
