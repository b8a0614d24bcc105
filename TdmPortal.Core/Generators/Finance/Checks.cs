namespace TdmPortal.Core.Generators.Finance;

/// <summary>Completes numbers of the trade by their check digits, in place. Texts are ASCII.</summary>
internal static class Checks
{
    /// <summary>Luhn's digit at the end.</summary>
    public static void Luhn(Span<byte> text) => text[^1] = CheckDigits.Luhn(text[..^1]);

    /// <summary>The last digit of EAN, UPC and ISBN-13.</summary>
    public static void Gs1(Span<byte> text) => text[^1] = CheckDigits.Gs1(text[..^1]);

    /// <summary>ISBN-10: weights 10 to 2, modulo 11, X for ten.</summary>
    public static void Isbn10(Span<byte> text)
    {
        var sum = 0;
        for (var i = 0; i < 9; i++)
            sum += (text[i] - '0') * (10 - i);
        var check = (11 - (sum % 11)) % 11;
        text[9] = check == 10 ? (byte)'X' : (byte)('0' + check);
    }

    /// <summary>ABA routing number: weights 3 7 1.</summary>
    public static void Routing(Span<byte> text)
    {
        ReadOnlySpan<byte> weights = [3, 7, 1];
        var sum = 0;
        for (var i = 0; i < 8; i++)
            sum += (text[i] - '0') * weights[i % 3];
        text[8] = (byte)('0' + ((10 - (sum % 10)) % 10));
    }

    /// <summary>ISO 6166: letters as two digits, then Luhn.</summary>
    public static void Isin(Span<byte> text)
    {
        Span<byte> digits = stackalloc byte[24];
        var size = 0;
        foreach (var c in text[..11])
        {
            if (c >= 'A')
                digits[size++] = (byte)('0' + ((c - 'A' + 10) / 10));
            digits[size++] = c >= 'A' ? (byte)('0' + ((c - 'A' + 10) % 10)) : c;
        }

        text[11] = CheckDigits.Luhn(digits[..size]);
    }

    /// <summary>ISO 17442: mod 97-10 over letters as two digits.</summary>
    public static void Lei(Span<byte> text)
    {
        var rest = 0;
        foreach (var c in text[..18])
            rest = c >= 'A' ? ((rest * 100) + c - 'A' + 10) % 97 : ((rest * 10) + c - '0') % 97;
        var check = 98 - (rest * 100 % 97);
        text[18] = (byte)('0' + (check / 10));
        text[19] = (byte)('0' + (check % 10));
    }

    /// <summary>ISO 3779 with the North American check digit in ninth place: weights over transliterated characters, modulo 11.</summary>
    public static void Vin(Span<byte> text)
    {
        ReadOnlySpan<byte> weights = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];
        var sum = 0;
        for (var i = 0; i < 17; i++)
            sum += VinValue(text[i]) * weights[i];
        text[8] = sum % 11 == 10 ? (byte)'X' : (byte)('0' + (sum % 11));
    }

    private static int VinValue(byte c) => c switch
    {
        <= (byte)'9' => c - '0',
        <= (byte)'H' => c - 'A' + 1,
        <= (byte)'N' => c - 'J' + 1,
        (byte)'P' => 7,
        (byte)'R' => 9,
        _ => c - 'S' + 2,
    };
}
