namespace TdmPortal.Tests.Generation;

/// <summary>The standard normal distribution.</summary>
internal static class Normal
{
    /// <summary>Share below x, by Abramowitz and Stegun 7.1.26, good to 1.5e-7.</summary>
    public static double Below(double x)
    {
        var z = Math.Abs(x) / Math.Sqrt(2);
        var t = 1 / (1 + (0.3275911 * z));
        var error = 1 - (((((((((1.061405429 * t) - 1.453152027) * t) + 1.421413741) * t) - 0.284496736) * t) + 0.254829592) * t * Math.Exp(-z * z));
        return 0.5 * (1 + (x < 0 ? -error : error));
    }
}
