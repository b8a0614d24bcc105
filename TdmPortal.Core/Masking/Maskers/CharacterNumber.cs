namespace TdmPortal.Core.Masking.Maskers;

/// <summary>The letters and digits of a text of ASCII as one number, in which a digit has 10 values and a letter 26; all else and the case of letters is its form.</summary>
internal static class CharacterNumber
{
    /// <summary>Letters and digits whose number surely fits into 128 bits.</summary>
    public const int Most = 24;

    /// <summary>The number, and how many there are of that form.</summary>
    public static (UInt128 Number, UInt128 Size) Read(ReadOnlySpan<byte> text)
    {
        UInt128 number = 0;
        UInt128 size = 1;
        foreach (var c in text)
        {
            if (Radix(c) is > 0 and var radix)
                (number, size) = ((number * (uint)radix) + (uint)(c - First(c)), size * (uint)radix);
        }

        return (number, size);
    }

    /// <summary>Puts a number in place of the letters and digits.</summary>
    public static void Write(Span<byte> text, UInt128 number)
    {
        for (var at = text.Length - 1; at >= 0; at--)
        {
            if (Radix(text[at]) is not (> 0 and var radix))
                continue;
            (number, var numeral) = UInt128.DivRem(number, (uint)radix);
            text[at] = (byte)(First(text[at]) + (int)numeral);
        }
    }

    private static int Radix(byte c) => c switch { >= (byte)'0' and <= (byte)'9' => 10, >= (byte)'a' and <= (byte)'z' or >= (byte)'A' and <= (byte)'Z' => 26, _ => 0 };

    private static byte First(byte c) => c <= '9' ? (byte)'0' : c <= 'Z' ? (byte)'A' : (byte)'a';
}
