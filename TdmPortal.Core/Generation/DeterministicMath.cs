namespace TdmPortal.Core.Generation;

/// <summary>
/// Logarithm, exponential, power and the normal quantile and share made of + − × ÷ √ alone, so that every machine gives the same
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

    /// <summary>Share of a standard normal distribution below <paramref name="z"/> (J. F. Hart's rational approximation as G. West gives it, 2005): its error is below 10⁻¹⁴.</summary>
    public static double NormalShare(double z)
    {
        var x = Math.Abs(z);
        if (!(x < 37))
            return double.IsNaN(z) ? z : z > 0 ? 1 : 0;
        var bell = Exp(-x * x / 2);
        double tail;
        if (x < 7.07106781186547)
        {
            tail = bell * ((((((((((((3.52624965998911e-02 * x) + 0.700383064443688) * x) + 6.37396220353165) * x) + 33.912866078383) * x) + 112.079291497871) * x) + 221.213596169931) * x) + 220.206867912376)
                / ((((((((((((((8.83883476483184e-02 * x) + 1.75566716318264) * x) + 16.064177579207) * x) + 86.7807322029461) * x) + 296.564248779674) * x) + 637.333633378831) * x) + 793.826512519948) * x) + 440.413735824752);
        }
        else
        {
            tail = bell / (x + (1 / (x + (2 / (x + (3 / (x + (4 / (x + 0.65)))))))))  / 2.506628274631;
        }

        return z > 0 ? 1 - tail : tail;
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
