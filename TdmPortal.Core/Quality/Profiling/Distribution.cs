namespace TdmPortal.Core.Quality.Profiling;

/// <summary>
/// How the numbers of a column are spread: exact where they are few (or have few different values), else from a sketch whose
/// shares are off by 0.4 % of the count (one standard deviation). In the unit of <see cref="ColumnProfile.Mean"/>.
/// </summary>
public sealed class Distribution
{
    // Ascending, each once, and how many numbers are at most as great.
    private readonly double[] numbers;
    private readonly long[] upTo;

    internal Distribution(double[] numbers, long[] upTo, bool isExact, double least, double greatest) => (this.numbers, this.upTo, IsExact, Least, Greatest) = (numbers, upTo, isExact, least, greatest);

    /// <summary>How many numbers there are.</summary>
    public long Count => upTo.Length == 0 ? 0 : upTo[^1];

    /// <summary>The least number, exact; NaN without numbers.</summary>
    public double Least { get; }

    /// <summary>The greatest number, exact; NaN without numbers.</summary>
    public double Greatest { get; }

    /// <summary>Whether shares are exact.</summary>
    public bool IsExact { get; }

    internal ReadOnlySpan<double> Numbers => numbers;

    internal ReadOnlySpan<long> UpTo => upTo;

    /// <param name="ends">Least and greatest, where not all numbers are among the items.</param>
    internal static Distribution Of(List<(double Number, long Times)> items, (double Least, double Greatest)? ends = null)
    {
        items.Sort(static (one, other) => one.Number.CompareTo(other.Number));
        var (numbers, upTo) = (new List<double>(items.Count), new List<long>(items.Count));
        var sum = 0L;
        foreach (var (number, times) in items)
        {
            sum += times;
            if (numbers.Count > 0 && numbers[^1] == number)
            {
                upTo[^1] = sum;
                continue;
            }

            numbers.Add(number);
            upTo.Add(sum);
        }

        return numbers.Count == 0 ? new([], [], true, double.NaN, double.NaN) : new([.. numbers], [.. upTo], ends is null, ends?.Least ?? numbers[0], ends?.Greatest ?? numbers[^1]);
    }

    /// <summary>How many numbers are at most as great.</summary>
    public long CountUpTo(double number)
    {
        var at = Array.BinarySearch(numbers, number);
        at = at >= 0 ? at : ~at - 1;
        return at < 0 ? 0 : upTo[at];
    }

    /// <summary>How many numbers are less.</summary>
    public long CountBelow(double number)
    {
        var at = Array.BinarySearch(numbers, number);
        at = (at >= 0 ? at : ~at) - 1;
        return at < 0 ? 0 : upTo[at];
    }

    /// <summary>The least number that a share of the numbers, 0..1, does not exceed.</summary>
    /// <exception cref="InvalidOperationException">There are no numbers.</exception>
    public double Quantile(double share)
    {
        if (Count == 0)
            throw new InvalidOperationException("There are no numbers.");
        var rank = Math.Clamp((long)Math.Ceiling(share * Count), 1, Count);
        var at = Array.BinarySearch(upTo, rank);
        return numbers[at >= 0 ? at : ~at];
    }

    /// <summary>The statistic of Kolmogorov and Smirnov: the greatest difference between two shares, 0..1.</summary>
    public static double KolmogorovSmirnov(Distribution one, Distribution other)
    {
        var (i, j, greatest) = (0, 0, 0.0);
        while (i < one.numbers.Length || j < other.numbers.Length)
        {
            var next = i == one.numbers.Length ? other.numbers[j] : j == other.numbers.Length ? one.numbers[i] : Math.Min(one.numbers[i], other.numbers[j]);
            if (i < one.numbers.Length && one.numbers[i] == next)
                i++;
            if (j < other.numbers.Length && other.numbers[j] == next)
                j++;
            greatest = Math.Max(greatest, Math.Abs(Share(one, i) - Share(other, j)));
        }

        return greatest;
    }

    private static double Share(Distribution of, int passed) => passed == 0 ? 0 : (double)of.upTo[passed - 1] / of.Count;
}
