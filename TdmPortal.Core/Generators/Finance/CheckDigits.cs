namespace TdmPortal.Core.Generators.Finance;

/// <summary>Check digits that several kinds of number share. Texts are ASCII digits.</summary>
internal static class CheckDigits
{
    /// <summary>The digit that makes a number pass the check of H. P. Luhn (ISO/IEC 7812-1).</summary>
    public static byte Luhn(ReadOnlySpan<byte> digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var digit = digits[digits.Length - 1 - i] - '0';
            if (i % 2 == 0)
                digit = digit > 4 ? (digit * 2) - 9 : digit * 2;
            sum += digit;
        }

        return (byte)('0' + ((10 - (sum % 10)) % 10));
    }

    /// <summary>The last digit of EAN, UPC and ISBN-13 (GS1): weights 3 and 1 from the right.</summary>
    public static byte Gs1(ReadOnlySpan<byte> digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
            sum += (digits[digits.Length - 1 - i] - '0') * (i % 2 == 0 ? 3 : 1);
        return (byte)('0' + ((10 - (sum % 10)) % 10));
    }

    /// <summary>ISO 7064 mod 11,10.</summary>
    public static byte Mod1110(ReadOnlySpan<byte> digits)
    {
        var rest = 10;
        foreach (var digit in digits)
        {
            rest = (rest + digit - '0') % 10;
            rest = (rest == 0 ? 10 : rest) * 2 % 11;
        }

        return (byte)('0' + ((11 - rest) % 10));
    }
}
