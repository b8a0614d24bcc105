using TdmPortal.Core.Generators.Finance;

namespace TdmPortal.Core.PersonalData.Texts;

/// <summary>
/// Numbers of digits only by which countries know people, with their published check digits. A number that a random one meets often
/// (one check digit, no form of its own) has little confidence by itself.
/// </summary>
internal static class NationalNumbers
{
    private const int Space = 1, Hyphen = 2, Point = 4, Slash = 8;

    /// <summary>Sizes of groups in one number, base 20.</summary>
    public static long Shape(params ReadOnlySpan<int> sizes)
    {
        var shape = 0L;
        foreach (var size in sizes)
            shape = (shape * 20) + size;
        return shape;
    }

    private static readonly long S324 = Shape(3, 2, 4), S333 = Shape(3, 3, 3), S444 = Shape(4, 4, 4), S3442 = Shape(3, 4, 4, 2), S3332 = Shape(3, 3, 3, 2), S334 = Shape(3, 3, 4),
        S64 = Shape(6, 4), S84 = Shape(8, 4), S63 = Shape(6, 3), S67 = Shape(6, 7), S65 = Shape(6, 5), S4444 = Shape(4, 4, 4, 4), S465 = Shape(4, 6, 5), S2333 = Shape(2, 3, 3, 3);

    /// <summary>The surest of what the digits can be; <paramref name="isTax"/>: the words before speak of taxes.</summary>
    public static NumberMatch Find(ReadOnlySpan<byte> digits, long shape, int separators, bool isTax)
    {
        var plain = shape == digits.Length;
        return digits.Length switch
        {
            9 => Nine(digits, shape, separators, plain, isTax),
            10 => Ten(digits, shape, separators, plain),
            11 => Eleven(digits, shape, separators, plain),
            12 when (shape == S444 || plain) && digits[0] >= '2' && IsVerhoeff(digits) => new("national_id", "IN", plain ? 0.4 : 0.8),
            12 when shape == S84 && separators == Hyphen && IsBirth(digits, 0, 4) && IsLuhn(digits[2..]) => new("national_id", "SE", 0.9),
            12 when plain && IsBirth(digits, 0, 4) && IsLuhn(digits[2..]) => new("national_id", "SE", 0.6),
            13 => Thirteen(digits, shape, separators, plain),
            15 when digits[0] is (byte)'1' or (byte)'2' && Two(digits, 3) is (>= 1 and <= 12) or 20 or >= 30 && 97 - (int)(Rest(digits[..13], 97)) == Two(digits, 13) => new("social_security", "FR", 0.9),
            18 when plain && IsBirth(digits, 6, 4) && IsChinese(digits) => new("national_id", "CN", 0.95),
            _ => default,
        };
    }

    /// <summary>A payment card: network, length, grouping and Luhn's digit.</summary>
    public static bool IsCard(ReadOnlySpan<byte> digits, long shape)
    {
        if (digits.Length is < 13 or > 19 || (shape != digits.Length && shape != S4444 && shape != S465 && shape != Shape(4, 6, 4) && shape != Shape(4, 4, 4, 4, 3)))
            return false;
        var four = (int)Rest(digits[..4], 10_000);
        var network = digits[0] == '4' ? digits.Length is 13 or 16 or 19
            : four / 100 is 34 or 37 ? digits.Length == 15
            : four / 100 is 36 or 38 or 39 || four / 10 is >= 300 and <= 305 ? digits.Length is 14 or 16
            : four is (>= 5100 and <= 5599) or (>= 2221 and <= 2720) ? digits.Length == 16
            : four / 100 is 50 or >= 56 and <= 58 or 63 or 67 ? digits.Length is 16 or 18 or 19
            : (four == 6011 || four is (>= 3528 and <= 3589) or (>= 6440 and <= 6599) or (>= 6200 and <= 6299)) && digits.Length >= 16;
        return network && IsLuhn(digits);
    }

    private static NumberMatch Nine(ReadOnlySpan<byte> d, long shape, int separators, bool plain, bool isTax)
    {
        if (shape == S324 && separators is Hyphen or Space && IsUnitedStates(d))
            return new("social_security", "US", separators == Hyphen ? 0.75 : 0.5);
        var dutch = Weighted(d[..8], [9, 8, 7, 6, 5, 4, 3, 2]) - (d[8] - '0');
        if ((shape == S333 || plain) && Weighted(d, [1, 4, 3, 7, 5, 8, 6, 9, 10]) % 11 == 0 && d[0] != '0' && (isTax || !IsLuhn(d)))
            return new("tax_id", "AU", plain ? 0.2 : 0.4);
        if (shape == S333 && separators is Hyphen or Space && d[0] is not ((byte)'0' or (byte)'8') && IsLuhn(d))
            return new("social_security", "CA", 0.5);
        if ((plain || shape == S333 || shape == Shape(4, 2, 3)) && dutch % 11 == 0)
            return new("national_id", "NL", plain ? 0.2 : 0.45);
        if (plain && IsLuhn(d))
            return new("social_security", "CA", 0.2);
        return plain && d[0] is >= (byte)'1' and <= (byte)'3' && (11 - (Weighted(d[..8], [9, 8, 7, 6, 5, 4, 3, 2]) % 11)) % 11 % 10 == d[8] - '0' ? new("tax_id", "PT", 0.2) : default;
    }

    private static NumberMatch Ten(ReadOnlySpan<byte> d, long shape, int separators, bool plain)
    {
        if ((shape == S64 || plain) && IsBirth(d, 0, 2) && IsLuhn(d))
            return new("national_id", "SE", plain ? 0.35 : 0.75);
        if ((shape == S64 || plain) && Month(Two(d, 2)) is >= 1 and <= 12 && Two(d, 4) is >= 1 and <= 31 && Rest(d, 11) == 0)
            return new("national_id", "CZ", separators == Slash ? 0.85 : plain ? 0.3 : 0.5);
        if (shape == S64 && separators == Hyphen && Two(d, 0) is >= 1 and <= 31 && Two(d, 2) is >= 1 and <= 12)
            return new("national_id", "DK", 0.3);
        if (shape == S334 || plain)
        {
            var check = 11 - (Weighted(d[..9], [10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11);
            if (check != 10 && check % 11 == d[9] - '0')
                return new("national_id", "GB", plain ? 0.2 : separators == Space ? 0.5 : 0.3);
        }

        if (plain && Two(d, 4) is >= 1 and <= 31 && (Two(d, 2) % 20) is >= 1 and <= 12 && Weighted(d[..9], [2, 4, 8, 5, 10, 9, 7, 3, 6]) % 11 % 10 == d[9] - '0')
            return new("national_id", "BG", 0.35);
        return default;

        static int Month(int month) => month > 50 ? month - 50 : month > 20 && month <= 32 ? month - 20 : month;
    }

    private static NumberMatch Eleven(ReadOnlySpan<byte> d, long shape, int separators, bool plain)
    {
        if ((shape == S3332 || plain) && IsBrazilian(d))
            return new("tax_id", "BR", plain ? 0.5 : 0.95);
        if (shape == Shape(2, 2, 2, 3, 2) || plain)
        {
            var before = 97 - (int)Rest(d[..9], 97);
            var after = 97 - (int)((2_000_000_000 + Rest(d[..9], 1_000_000_000)) % 97);
            if (Two(d, 2) is <= 12 or (>= 20 and <= 32) or (>= 40 and <= 52) && Two(d, 4) <= 31 && Two(d, 9) is var check && (check == before || check == after))
                return new("national_id", "BE", plain ? 0.5 : 0.9);
        }

        if ((shape == S65 || plain) && Two(d, 0) is >= 1 and <= 31 && Two(d, 2) is >= 1 and <= 12 && IsNorwegian(d))
            return new("national_id", "NO", 0.75);
        if (plain && (Two(d, 2) % 20) is >= 1 and <= 12 && Two(d, 4) is >= 1 and <= 31 && Weighted(d, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1]) % 10 == 0)
            return new("national_id", "PL", 0.5);
        if (plain && d[0] != '0' && IsTurkish(d))
            return new("national_id", "TR", 0.65);
        if ((plain || shape == S2333) && d[0] != '0' && IsGerman(d))
            return new("tax_id", "DE", plain ? 0.5 : 0.85);
        return plain && CheckDigits.Mod1110(d[..10]) == d[10] ? new("national_id", "HR", 0.25) : default;
    }

    private static NumberMatch Thirteen(ReadOnlySpan<byte> d, long shape, int separators, bool plain)
    {
        if ((shape == S3442 || plain) && d.StartsWith("756"u8) && CheckDigits.Gs1(d[..12]) == d[12])
            return new("social_security", "CH", shape == S3442 ? 0.97 : 0.8);
        if ((shape == S67 || plain) && IsBirth(d, 0, 2) && d[6] is >= (byte)'1' and <= (byte)'8' && (11 - (Weighted(d[..12], [2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5]) % 11)) % 10 == d[12] - '0')
            return new("national_id", "KR", plain ? 0.55 : 0.9);
        if (plain && d[0] is >= (byte)'1' and <= (byte)'8' && IsBirth(d, 1, 2) && Weighted(d[..12], [2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9]) % 11 % 10 == d[12] - '0')
            return new("national_id", "RO", 0.7);
        return plain && IsBirth(d, 0, 2) && d[10] is (byte)'0' or (byte)'1' && IsLuhn(d) ? new("national_id", "ZA", 0.7) : default;
    }

    /// <summary>Areas 001 to 899 without 666, no group 00, no serial 0000, none that were printed in advertisements.</summary>
    private static bool IsUnitedStates(ReadOnlySpan<byte> d) =>
        !d.StartsWith("000"u8) && !d.StartsWith("666"u8) && d[0] != '9' && Two(d, 3) != 0 && Rest(d[5..], 10_000) != 0
        && !d.SequenceEqual("078051120"u8) && !d.SequenceEqual("219099999"u8) && !d.SequenceEqual("123456789"u8) && d.IndexOfAnyExcept(d[0]) >= 0;

    private static bool IsBrazilian(ReadOnlySpan<byte> d)
    {
        if (d.IndexOfAnyExcept(d[0]) < 0)
            return false;
        for (var check = 9; check < 11; check++)
        {
            var sum = 0;
            for (var i = 0; i < check; i++)
                sum += (d[i] - '0') * (check + 1 - i);
            if (sum * 10 % 11 % 10 != d[check] - '0')
                return false;
        }

        return true;
    }

    /// <summary>Of the first ten digits one occurs two or three times, the others once at most; ISO 7064 mod 11,10.</summary>
    private static bool IsGerman(ReadOnlySpan<byte> d)
    {
        Span<byte> counts = stackalloc byte[10];
        foreach (var digit in d[..10])
            counts[digit - '0']++;
        var repeated = 0;
        foreach (var count in counts)
        {
            if (count > 3)
                return false;
            repeated += count > 1 ? 1 : 0;
        }

        return repeated == 1 && CheckDigits.Mod1110(d[..10]) == d[10];
    }

    private static bool IsNorwegian(ReadOnlySpan<byte> d) =>
        Weighted(d[..10], [3, 7, 6, 1, 8, 9, 4, 5, 2, 1]) % 11 == 0 && Weighted(d, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1]) % 11 == 0;

    private static bool IsTurkish(ReadOnlySpan<byte> d)
    {
        var odd = d[0] + d[2] + d[4] + d[6] + d[8] - (5 * '0');
        var even = d[1] + d[3] + d[5] + d[7] - (4 * '0');
        var tenth = ((((odd * 7) - even) % 10) + 10) % 10;
        return d[9] - '0' == tenth && (odd + even + tenth) % 10 == d[10] - '0';
    }

    private static bool IsChinese(ReadOnlySpan<byte> d) =>
        (12 - (Weighted(d[..17], [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]) % 11)) % 11 == d[17] - '0';

    /// <summary>The dihedral check of J. Verhoeff (1969).</summary>
    private static bool IsVerhoeff(ReadOnlySpan<byte> d)
    {
        ReadOnlySpan<byte> permutation = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4];
        var check = 0;
        for (var i = 0; i < d.Length; i++)
        {
            var digit = d[d.Length - 1 - i] - '0';
            for (var turn = 0; turn < i % 8; turn++)
                digit = permutation[digit];
            check = Product(check, digit);
        }

        return check == 0;

        // The group of the pentagon's symmetries: 0 to 4 are turns, 5 to 9 reflections.
        static int Product(int one, int other) => (one < 5, other < 5) switch
        {
            (true, true) => (one + other) % 5,
            (true, false) => 5 + ((one + other - 5) % 5),
            (false, true) => 5 + ((one - 5 - other + 5) % 5),
            _ => (one - other + 5) % 5,
        };
    }

    public static bool IsLuhn(ReadOnlySpan<byte> d) => CheckDigits.Luhn(d[..^1]) == d[^1];

    /// <summary>Year, month and day at a place.</summary>
    public static bool IsBirth(ReadOnlySpan<byte> d, int at, int yearDigits)
    {
        var year = yearDigits == 2 ? 2000 : (int)Rest(d.Slice(at, 4), 10_000);
        var (month, day) = (Two(d, at + yearDigits), Two(d, at + yearDigits + 2));
        return year is >= 1890 and <= 2100 && month is >= 1 and <= 12 && day is >= 1 and <= 31;
    }

    public static int Two(ReadOnlySpan<byte> d, int at) => ((d[at] - '0') * 10) + d[at + 1] - '0';

    public static long Rest(ReadOnlySpan<byte> d, long modulus)
    {
        var rest = 0L;
        foreach (var digit in d)
            rest = ((rest * 10) + digit - '0') % modulus;
        return rest;
    }

    private static int Weighted(ReadOnlySpan<byte> d, ReadOnlySpan<byte> weights)
    {
        var sum = 0;
        for (var i = 0; i < d.Length; i++)
            sum += (d[i] - '0') * weights[i];
        return sum;
    }
}
