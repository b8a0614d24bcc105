namespace TdmPortal.Core.Generation;

/// <summary>Arithmetic on decimals scaled to 128-bit integers, of up to 38 digits, rounding half away from zero as PostgreSQL does.</summary>
internal static class Decimals
{
    private static readonly Int128 Limit = PowersOfTen.Wide(38);

    public static Int128 Multiply(Int128 left, Int128 right)
    {
        // Most values are small: two factors of 63 bits cannot overflow 128.
        if (left == (long)left && right == (long)right)
            return Check((Int128)(long)left * (long)right);
        if (left == 0 || right == 0)
            return 0;
        var product = unchecked(left * right);
        return product / right == left ? Check(product) : throw new OverflowException();
    }

    public static Int128 Divide(Int128 left, int leftScale, Int128 right, int rightScale, int scale)
    {
        if (right == 0)
            throw new DivideByZeroException();
        var power = scale + rightScale - leftScale;
        var (dividend, divisor) = power >= 0 ? (Scale(left, power), right) : (left, Scale(right, -power));
        return Round(dividend, divisor);
    }

    /// <summary>To another scale.</summary>
    public static Int128 Rescale(Int128 value, int from, int to) => to >= from ? Scale(value, to - from) : Round(value, PowersOfTen.Wide(from - to));

    /// <summary>A quotient, rounded half away from zero.</summary>
    public static Int128 Round(Int128 dividend, Int128 divisor)
    {
        var (quotient, remainder) = Int128.DivRem(dividend, divisor);
        var half = Int128.Abs(remainder) >= Int128.Abs(divisor) - Int128.Abs(remainder);
        return !half || remainder == 0 ? quotient : quotient + ((dividend < 0) == (divisor < 0) ? 1 : -1);
    }

    public static double ToDouble(Int128 value, int scale) =>
        double.Parse(Text(value, scale), System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>A double as a decimal: 15 significant digits, then rounded half away from zero.</summary>
    public static Int128 FromDouble(double value, int scale)
    {
        var text = value.ToString("E14", System.Globalization.CultureInfo.InvariantCulture);
        var at = text.IndexOf('E', StringComparison.Ordinal);
        var digits = Int128.Parse(text.AsSpan(0, at).ToString().Replace(".", "", StringComparison.Ordinal), System.Globalization.CultureInfo.InvariantCulture);
        var power = int.Parse(text.AsSpan(at + 1), System.Globalization.NumberStyles.AllowLeadingSign, System.Globalization.CultureInfo.InvariantCulture) - 14 + scale;
        return power >= 0 ? Scale(digits, power) : power < -30 ? 0 : Round(digits, PowersOfTen.Wide(-power));
    }

    private static Int128 Scale(Int128 value, int power)
    {
        if (power == 0)
            return value;
        return power > 38 ? value == 0 ? 0 : throw new OverflowException() : Multiply(value, PowersOfTen.Wide(power));
    }

    private static Int128 Check(Int128 value) => value < Limit && value > -Limit ? value : throw new OverflowException();

    private static string Text(Int128 value, int scale)
    {
        Span<byte> text = stackalloc byte[Formats.TextForm.MaxSize];
        return System.Text.Encoding.ASCII.GetString(text[..Formats.TextForm.FormatWide(text, value, scale)]);
    }
}
