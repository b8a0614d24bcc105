namespace TdmPortal.Core.Masking.Maskers;

/// <summary>The digits among the bytes of a text as one number, so that they are permuted together.</summary>
internal static class DigitRun
{
    /// <summary>As many digits fit 64 bits, where arithmetic is several times quicker.</summary>
    private const int Short = 19;

    /// <summary>Permutes the digits of a text; what is no digit stays where it is.</summary>
    /// <param name="count">How many digits there are, 38 at most.</param>
    /// <returns>False: there are none.</returns>
    public static bool Permute(NumberMap map, Span<byte> text, int count)
    {
        if (count == 0)
            return false;
        if (count > Short)
            return PermuteLong(map, text);
        var (number, size) = (0UL, 1UL);
        foreach (var c in text)
        {
            if (char.IsAsciiDigit((char)c))
                (number, size) = (number * 10 + (uint)(c - '0'), size * 10);
        }

        Write((ulong)map.Map(number, size), text);
        return true;
    }

    private static bool PermuteLong(NumberMap map, Span<byte> text)
    {
        UInt128 number = 0;
        UInt128 size = 1;
        foreach (var c in text)
        {
            if (char.IsAsciiDigit((char)c))
                (number, size) = (number * 10 + (uint)(c - '0'), size * 10);
        }

        number = map.Map(number, size);
        for (var at = text.Length - 1; at >= 0; at--)
        {
            if (!char.IsAsciiDigit((char)text[at]))
                continue;
            (number, var digit) = UInt128.DivRem(number, 10);
            text[at] = (byte)('0' + (int)digit);
        }

        return true;
    }

    private static void Write(ulong number, Span<byte> text)
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
