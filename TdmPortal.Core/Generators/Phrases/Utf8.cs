namespace TdmPortal.Core.Generators.Phrases;

/// <summary>Lengths of UTF-8 text in code points.</summary>
internal static class Utf8
{
    /// <summary>Number of code points: the bytes that do not continue one.</summary>
    public static int Length(ReadOnlySpan<byte> text)
    {
        var length = 0;
        foreach (var b in text)
        {
            if ((b & 0xC0) != 0x80)
                length++;
        }

        return length;
    }

    /// <summary>The bytes of the first <paramref name="maxLength"/> code points.</summary>
    public static int Cut(ReadOnlySpan<byte> text, int maxLength)
    {
        if (text.Length <= maxLength)
            return text.Length;
        var length = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if ((text[i] & 0xC0) != 0x80 && ++length > maxLength)
                return i;
        }

        return text.Length;
    }

    /// <summary>The digits of a text as a number, whatever stands between them left out.</summary>
    public static long Digits(ReadOnlySpan<byte> text)
    {
        long number = 0;
        foreach (var c in text)
        {
            if (c is >= (byte)'0' and <= (byte)'9')
                number = unchecked((number * 10) + (c - '0'));
        }

        return number & long.MaxValue;
    }

    /// <summary>Writes a number that is not negative, at least <paramref name="width"/> digits, returns its bytes.</summary>
    public static int Write(ulong number, Span<byte> target, int width = 1)
    {
        var size = width;
        for (var rest = Power(width); rest != 0 && number >= rest; rest = rest > ulong.MaxValue / 10 ? 0 : rest * 10)
            size++;
        for (var i = size - 1; i >= 0; i--)
        {
            target[i] = (byte)('0' + (number % 10));
            number /= 10;
        }

        return size;
    }

    private static ulong Power(int exponent)
    {
        ulong result = 1;
        for (var i = 0; i < exponent; i++)
            result *= 10;
        return result;
    }
}
