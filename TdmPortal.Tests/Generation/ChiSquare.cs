namespace TdmPortal.Tests.Generation;

/// <summary>Pearson's chi-square test of goodness of fit.</summary>
internal static class ChiSquare
{
    public static double Statistic(double[] observed, double[] expected) =>
        observed.Zip(expected, (seen, wanted) => (seen - wanted) * (seen - wanted) / wanted).Sum();

    /// <summary>How likely counts at least so far from the weights are by chance; by Wilson and Hilferty's cube root, good from three degrees of freedom on.</summary>
    public static double Probability(double[] observed, double[] weights)
    {
        var (total, sum, degrees) = (observed.Sum(), weights.Sum(), (double)observed.Length - 1);
        var statistic = Statistic(observed, [.. weights.Select(weight => total * weight / sum)]);
        var z = (Math.Cbrt(statistic / degrees) - (1 - (2 / (9 * degrees)))) / Math.Sqrt(2 / (9 * degrees));
        return 1 - Normal.Below(z);
    }
}
