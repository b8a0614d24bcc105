namespace TdmPortal.Core.Generation;

/// <summary>
/// Logarithm, exponential, power and the normal quantile made of + − × ÷ √ alone, so that every machine gives the same
/// bits (the platform's own differ between C libraries). Relative error about 10⁻¹⁵, the quantile's about 10⁻⁹.
/// </summary>
public static class DeterministicMath
{
    private const double Ln2High = 0.693147180369123816490;
    private const double Ln2Low = 1.90821492927058770002e-10;

    /// <summary>Natural logarithm of a positive number (reduction to [√½, √2) and the series of artanh).</summary>
    public static double Log(double x)
    {
        if (!(x > 0))
            return x == 0 ? double.NegativeInfinity : double.NaN;
        if (double.IsPositiveInfinity(x))
            return x;
        var exponent = 0;
        if (x < 2.2250738585072014E-308)
        {
            x *= 18014398509481984.0;
            exponent = -54;
        }

        var bits = BitConverter.DoubleToInt64Bits(x);
        exponent += (int)((bits >> 52) & 0x7FF) - 1023;
        var m = BitConverter.Int64BitsToDouble((bits & 0xFFFFFFFFFFFFFL) | 0x3FF0000000000000L);
        if (m > 1.4142135623730951)
        {
            m *= 0.5;
            exponent++;
        }

        var s = (m - 1) / (m + 1);
        var z = s * s;
        var series = 1.0 / 23;
        for (var n = 21; n >= 3; n -= 2)
            series = (series * z) + (1.0 / n);
        return (exponent * Ln2High) + ((2 * s) + ((2 * s * z * series) + (exponent * Ln2Low)));
    }

    /// <summary>e to the power of <paramref name="x"/> (reduction by multiples of ln 2 and Taylor's series).</summary>
    public static double Exp(double x)
    {
        if (double.IsNaN(x))
            return x;
        if (x > 709.782712893384)
            return double.PositiveInfinity;
        if (x < -745.2)
            return 0;
        var k = (int)((x * 1.4426950408889634) + (x < 0 ? -0.5 : 0.5));
        var r = x - (k * Ln2High) - (k * Ln2Low);
        var sum = 1.0;
        for (var n = 13; n >= 1; n--)
            sum = 1 + (sum * r / n);
        return Scale(sum, k);
    }

    /// <summary><paramref name="x"/> to the power of <paramref name="y"/>, for positive x.</summary>
    public static double Pow(double x, double y) => y == 0 || x == 1 ? 1 : y == 1 ? x : y == -1 ? 1 / x : Exp(y * Log(x));

    /// <summary>Quantile of the standard normal distribution (rational approximation of P. Acklam, refined nowhere: its error is below 1.2 · 10⁻⁹).</summary>
    /// <param name="p">0 to 1, both excluded.</param>
    public static double NormalQuantile(double p)
    {
        if (p < 0.02425)
            return Tail(Math.Sqrt(-2 * Log(p)));
        if (p > 1 - 0.02425)
            return -Tail(Math.Sqrt(-2 * Log(1 - p)));
        var q = p - 0.5;
        var r = q * q;
        return (((((((((((-3.969683028665376e+01 * r) + 2.209460984245205e+02) * r) - 2.759285104469687e+02) * r) + 1.383577518672690e+02) * r) - 3.066479806614716e+01) * r) + 2.506628277459239e+00) * q)
            / (((((((((((-5.447609879822406e+01 * r) + 1.615858368580409e+02) * r) - 1.556989798598866e+02) * r) + 6.680131188771972e+01) * r) - 1.328068155288572e+01) * r) + 1));
    }

    private static double Tail(double q) =>
        ((((((((((-7.784894002430293e-03 * q) - 3.223964580411365e-01) * q) - 2.400758277161838e+00) * q) - 2.549732539343734e+00) * q) + 4.374664141464968e+00) * q) + 2.938163982698783e+00)
        / ((((((((7.784695709041462e-03 * q) + 3.224671290700398e-01) * q) + 2.445134137142996e+00) * q) + 3.754408661907416e+00) * q) + 1);

    private static double Scale(double value, int power)
    {
        if (power < -1021)
            return value * BitConverter.Int64BitsToDouble((long)(power + 54 + 1023) << 52) * 5.551115123125783E-17;
        if (power > 1023)
            return value * BitConverter.Int64BitsToDouble((long)(power - 1 + 1023) << 52) * 2;
        return value * BitConverter.Int64BitsToDouble((long)(power + 1023) << 52);
    }
}
