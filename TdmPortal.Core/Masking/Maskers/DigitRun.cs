namespace TdmPortal.Core.Masking.Maskers;

/// <summary>The digits among the bytes of a text as one number, so that they are permuted together.</summary>
internal static class DigitRun
{
    /// <summary>As many digits fit 64 bits.</summary>
    public const int Most = 19;

    private static readonly ulong[] Powers = [.. Enumerable.Range(0, Most + 1).Select(exponent => (ulong)System.Numerics.BigInteger.Pow(10, exponent))];

    /// <summary>How many numbers so many digits make.</summary>
    /// <param name="digits"><see cref="Most"/> at most.</param>
    public static ulong Size(int digits) => Powers[digits];

    /// <summary>Reads the digits of a text; what is no digit is passed over.</summary>
    public static (ulong Number, int Digits) Read(ReadOnlySpan<byte> text)
    {
        var (number, digits) = (0UL, 0);
        foreach (var c in text)
        {
            if (char.IsAsciiDigit((char)c))
                (number, digits) = (number * 10 + (uint)(c - '0'), digits + 1);
        }

        return (number, digits);
    }

    /// <summary>Writes a number over the digits of a text; what is no digit stays where it is.</summary>
    public static void Write(ulong number, Span<byte> text)
    {
        for (var at = text.Length - 1; at >= 0; at--)
        {
            if (!char.IsAsciiDigit((char)text[at]))
                continue;
            (number, var digit) = Math.DivRem(number, 10);
            text[at] = (byte)('0' + (int)digit);
        }
    }
}
