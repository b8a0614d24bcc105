namespace TdmPortal.Core.Generators.Finance;

/// <summary>The check digits that countries put into their own account numbers, inside the IBAN.</summary>
internal static class NationalChecks
{
    /// <summary>Overwrites the check digits of an account part with the right ones.</summary>
    public static void Apply(ReadOnlySpan<byte> country, Span<byte> account)
    {
        switch ((country[0] << 8) | country[1])
        {
            case ('B' << 8) | 'E': // The first ten digits modulo 97; 97 instead of 0.
                var belgian = Modulo(account[..10], 97);
                Write(account[10..], belgian == 0 ? 97 : belgian);
                break;
            case ('F' << 8) | 'R': // The RIB key: 97 minus the rest of all before it times 100.
                Write(account[21..], 97 - (((89 * Modulo(account[..5], 97)) + (15 * Modulo(account[5..10], 97)) + (3 * Modulo(account[10..21], 97))) % 97));
                break;
            case ('P' << 8) | 'T': // NIB: mod 97-10 over the first nineteen digits.
                Write(account[19..], 98 - (Modulo(account[..19], 97) * 100 % 97));
                break;
            case ('S' << 8) | 'I': // Mod 97-10 over the first thirteen digits.
                Write(account[13..], 98 - (Modulo(account[..13], 97) * 100 % 97));
                break;
            case ('E' << 8) | 'S': // Two digits modulo 11: bank and branch, account.
                account[8] = Eleven(account[..8], [4, 8, 5, 10, 9, 7, 3, 6]);
                account[9] = Eleven(account[10..20], [1, 2, 4, 8, 5, 10, 9, 7, 3, 6]);
                break;
            case ('P' << 8) | 'L': // The bank's number: weights 3 9 7 1 3 9 7.
                account[7] = (byte)('0' + ((10 - (Weighted(account[..7], [3, 9, 7, 1, 3, 9, 7]) % 10)) % 10));
                break;
            case ('N' << 8) | 'O': // Modulo 11 over ten digits; a rest of 1 has no digit, so the last digit before moves on.
                int norwegian;
                while ((norwegian = Weighted(account[..10], [5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11) == 1)
                    account[3] = (byte)(account[3] == '9' ? '0' : account[3] + 1);
                account[10] = (byte)('0' + ((11 - norwegian) % 11));
                break;
            case ('F' << 8) | 'I': // Luhn.
                account[13] = CheckDigits.Luhn(account[..13]);
                break;
            case ('H' << 8) | 'R': // ISO 7064 mod 11,10: of the bank and of the account.
                account[6] = CheckDigits.Mod1110(account[..6]);
                account[16] = CheckDigits.Mod1110(account[7..16]);
                break;
            case ('I' << 8) | 'T':
                account[0] = ItalianLetter(account[1..]);
                break;
        }
    }

    /// <summary>CIN: the sum of what each character is worth at an odd or even place, as a letter.</summary>
    private static byte ItalianLetter(ReadOnlySpan<byte> account)
    {
        ReadOnlySpan<byte> odd = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];
        var sum = 0;
        for (var i = 0; i < account.Length; i++)
        {
            var value = account[i] >= 'A' ? account[i] - 'A' : account[i] - '0';
            sum += i % 2 == 0 ? odd[value] : value;
        }

        return (byte)('A' + (sum % 26));
    }

    private static byte Eleven(ReadOnlySpan<byte> digits, ReadOnlySpan<byte> weights)
    {
        var rest = 11 - (Weighted(digits, weights) % 11);
        return (byte)('0' + (rest switch { 11 => 0, 10 => 1, _ => rest }));
    }

    private static int Weighted(ReadOnlySpan<byte> digits, ReadOnlySpan<byte> weights)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
            sum += (digits[i] - '0') * weights[i];
        return sum;
    }

    private static int Modulo(ReadOnlySpan<byte> digits, int modulus)
    {
        var rest = 0;
        foreach (var digit in digits)
            rest = ((rest * 10) + digit - '0') % modulus;
        return rest;
    }

    private static void Write(Span<byte> target, int twoDigits)
    {
        target[0] = (byte)('0' + (twoDigits / 10));
        target[1] = (byte)('0' + (twoDigits % 10));
    }
}
