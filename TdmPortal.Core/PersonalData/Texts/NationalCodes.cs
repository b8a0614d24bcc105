namespace TdmPortal.Core.PersonalData.Texts;

/// <summary>Numbers of letters and digits by which countries know people and vehicles, with their published checks.</summary>
internal static class NationalCodes
{
    /// <summary>Of a whole token.</summary>
    public static NumberMatch Find(ReadOnlySpan<byte> token)
    {
        Span<byte> t = stackalloc byte[18];
        if (token.Length > t.Length)
            return default;
        for (var i = 0; i < token.Length; i++)
        {
            if (!char.IsAsciiLetterOrDigit((char)token[i]))
                return default;
            t[i] = char.IsAsciiLetterLower((char)token[i]) ? (byte)(token[i] & 0x5F) : token[i];
        }

        t = t[..token.Length];
        switch (t.Length)
        {
            case 8 or 9 when IsForm(t[..8], "0000000A") && (t.Length == 8 || t[8] is >= (byte)'A' and <= (byte)'I' or (byte)'W') && IsIrish(t):
                return new("tax_id", "IE", 0.8);
            case 9 when IsForm(t, "00000000A") && "TRWAGMYFPDXBNJZSQVHLCKE"u8[(int)NationalNumbers.Rest(t[..8], 23)] == t[8]:
                return new("national_id", "ES", 0.9);
            case 9 when IsForm(t, "A0000000A") && t[0] is (byte)'X' or (byte)'Y' or (byte)'Z' && "TRWAGMYFPDXBNJZSQVHLCKE"u8[(int)((((t[0] - 'X') * 10_000_000) + NationalNumbers.Rest(t[1..8], 10_000_000)) % 23)] == t[8]:
                return new("national_id", "ES", 0.95);
            case 9 when IsNino(t):
                return new("social_security", "GB", 0.8);
            case 10 when IsForm(t, "AAAAA0000A") && t[3] == 'P':
                return new("tax_id", "IN", 0.7);
            case 16 when IsItalian(t):
                return new("tax_id", "IT", 0.97);
            case 17 when IsVin(t):
                return new("vin", "", 0.8);
            case 18 when t[17] == 'X' && t[..17].IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0 && NationalNumbers.IsBirth(t, 6, 4) && Chinese(t) == 10:
                return new("national_id", "CN", 0.95);
            case 18 when IsMexican(t):
                return new("national_id", "MX", 0.95);
            default:
                return default;
        }
    }

    /// <summary>Of a token with one hyphen: 12345678-Z, 131052-308T.</summary>
    public static NumberMatch FindHyphened(ReadOnlySpan<byte> token)
    {
        if (token.Length == 11 && token[6] is (byte)'-' or (byte)'+' && IsForm(token[..6], "000000") && IsForm(token[7..10], "000")
            && NationalNumbers.Two(token, 0) is >= 1 and <= 31 && NationalNumbers.Two(token, 2) is >= 1 and <= 12)
        {
            Span<byte> digits = stackalloc byte[9];
            token[..6].CopyTo(digits);
            token[7..10].CopyTo(digits[6..]);
            if ("0123456789ABCDEFHJKLMNPRSTUVWXY"u8[(int)NationalNumbers.Rest(digits, 31)] == token[10])
                return new("national_id", "FI", 0.95);
        }

        if (token.Length == 10 && token[8] == '-' && IsForm(token[..8], "00000000") && "TRWAGMYFPDXBNJZSQVHLCKE"u8[(int)NationalNumbers.Rest(token[..8], 23)] == (token[9] & 0x5F))
            return new("national_id", "ES", 0.95);
        return default;
    }

    /// <summary>A British insurance number without blanks: prefixes that are given out, suffix A to D.</summary>
    public static bool IsNino(ReadOnlySpan<byte> t)
    {
        if (!IsForm(t, "AA000000A") || t[8] > 'D' || "DFIQUV"u8.Contains(t[0]) || "DFIOQUV"u8.Contains(t[1]))
            return false;
        var prefix = t[..2];
        return !prefix.SequenceEqual("BG"u8) && !prefix.SequenceEqual("GB"u8) && !prefix.SequenceEqual("NK"u8) && !prefix.SequenceEqual("KN"u8)
            && !prefix.SequenceEqual("TN"u8) && !prefix.SequenceEqual("NT"u8) && !prefix.SequenceEqual("ZZ"u8);
    }

    /// <summary>Letters A and digits 0 by form.</summary>
    private static bool IsForm(ReadOnlySpan<byte> t, string form)
    {
        if (t.Length != form.Length)
            return false;
        for (var i = 0; i < t.Length; i++)
        {
            if (form[i] == 'A' ? !char.IsAsciiLetterUpper((char)t[i]) : !char.IsAsciiDigit((char)t[i]))
                return false;
        }

        return true;
    }

    private static bool IsIrish(ReadOnlySpan<byte> t)
    {
        var sum = t.Length == 9 && t[8] != 'W' ? (t[8] - 'A' + 1) * 9 : 0;
        for (var i = 0; i < 7; i++)
            sum += (t[i] - '0') * (8 - i);
        return "WABCDEFGHIJKLMNOPQRSTUV"u8[sum % 23] == t[7];
    }

    /// <summary>The codice fiscale: characters at odd places count by a table, the sum modulo 26 is the last letter.</summary>
    private static bool IsItalian(ReadOnlySpan<byte> t)
    {
        if (t[..6].IndexOfAnyInRange((byte)'0', (byte)'9') >= 0 || !"ABCDEHLMPRST"u8.Contains(t[8]) || !char.IsAsciiLetter((char)t[11]) || !char.IsAsciiLetter((char)t[15]))
            return false;
        ReadOnlySpan<byte> odd = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];
        var sum = 0;
        for (var i = 0; i < 15; i++)
        {
            var value = char.IsAsciiDigit((char)t[i]) ? t[i] - '0' : t[i] - 'A';
            sum += i % 2 == 0 ? odd[value] : value;
        }

        return t[15] == 'A' + (sum % 26);
    }

    private static int Chinese(ReadOnlySpan<byte> t)
    {
        ReadOnlySpan<byte> weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
        var sum = 0;
        for (var i = 0; i < 17; i++)
            sum += (t[i] - '0') * weights[i];
        return (12 - (sum % 11)) % 11;
    }

    /// <summary>The CURP: four letters, birth date, sex, state, consonants, a check digit over an alphabet of 37.</summary>
    private static bool IsMexican(ReadOnlySpan<byte> t)
    {
        if (!IsForm(t[..10], "AAAA000000") || t[10] is not ((byte)'H' or (byte)'M' or (byte)'X') || !IsForm(t[11..16], "AAAAA") || !char.IsAsciiDigit((char)t[17]) || !NationalNumbers.IsBirth(t, 4, 2))
            return false;
        var sum = 0;
        for (var i = 0; i < 17; i++)
        {
            // Ñ stands between N and O.
            var value = char.IsAsciiDigit((char)t[i]) ? t[i] - '0' : t[i] - 'A' + (t[i] > 'N' ? 11 : 10);
            sum += value * (18 - i);
        }

        return (10 - (sum % 10)) % 10 == t[17] - '0';
    }

    private static bool IsVin(ReadOnlySpan<byte> t)
    {
        Span<byte> right = stackalloc byte[17];
        foreach (var c in t)
        {
            if (c is (byte)'I' or (byte)'O' or (byte)'Q')
                return false;
        }

        t.CopyTo(right);
        Generators.Finance.Checks.Vin(right);
        return right[8] == t[8] && t.IndexOfAnyInRange((byte)'A', (byte)'Z') >= 0;
    }
}
