using System.Runtime.InteropServices;

namespace TdmPortal.Core.Quality.Profiling;

/// <summary>Count, mean and central sums of numbers; merged without loss of digits (T. Chan et al., 1979; P. Pébay, 2008).</summary>
[StructLayout(LayoutKind.Auto)]
internal struct Moments
{
    public long Count { get; private set; }
    public double Mean { get; private set; }
    /// <summary>Sum of squared differences from the mean.</summary>
    public double Second { get; private set; }
    /// <summary>Sum of cubed differences from the mean.</summary>
    public double Third { get; private set; }

    /// <summary>Sample standard deviation; null for fewer than two numbers.</summary>
    public readonly double? StandardDeviation => Count < 2 ? null : Math.Sqrt(Second / (Count - 1));

    /// <summary>Third central moment over the cube of the (population) standard deviation; null where all are equal.</summary>
    public readonly double? Skewness => Count < 2 || Second <= 0 ? null : Math.Sqrt(Count) * Third / (Second * Math.Sqrt(Second));

    /// <summary>Of a few numbers, by two passes over them.</summary>
    public static Moments Of(ReadOnlySpan<double> numbers)
    {
        if (numbers.Length == 0)
            return default;
        var sum = 0.0;
        foreach (var number in numbers)
            sum += number;
        var mean = sum / numbers.Length;
        var (first, second, third) = (0.0, 0.0, 0.0);
        foreach (var number in numbers)
        {
            var off = number - mean;
            first += off;
            second += off * off;
            third += off * off * off;
        }

        // What rounding left in the mean is taken off again.
        var slip = first / numbers.Length;
        return new() { Count = numbers.Length, Mean = mean + slip, Second = Math.Max(0, second - (first * slip)), Third = third - (3 * slip * second) + (2 * first * slip * slip) };
    }

    /// <summary>Of one number that came several times.</summary>
    public static Moments Of(double number, long times) => new() { Count = times, Mean = number };

    public void Merge(in Moments other)
    {
        if (other.Count == 0)
            return;
        if (Count == 0)
        {
            this = other;
            return;
        }

        var (one, two) = ((double)Count, (double)other.Count);
        var both = one + two;
        var apart = other.Mean - Mean;
        var part = apart / both;
        Third += other.Third + (apart * part * part * one * two * (one - two)) + (3 * part * ((one * other.Second) - (two * Second)));
        Second += other.Second + (apart * part * one * two);
        Mean += part * two;
        Count += other.Count;
    }
}
