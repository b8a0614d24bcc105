using TdmPortal.Core.Generation;
using TdmPortal.Core.Generators.Phrases;

namespace TdmPortal.Core.Generators.Finance;

/// <summary>
/// Numbers by which companies and people are known to the tax office, with the check digits that each country publishes.
/// In a form <c>0</c> stands where a check digit goes.
/// </summary>
internal static class TaxIds
{
    private static readonly Dictionary<string, (string Form, CheckedSource.Complete Check)> Vat = new Dictionary<string, (string, CheckedSource.Complete)>(StringComparer.Ordinal)
    {
        ["DE"] = ("DE!#######0", static t => t[^1] = CheckDigits.Mod1110(t[2..^1])),
        ["AT"] = ("ATU#######0", static t => t[^1] = Austrian(t[3..^1])),
        ["BE"] = ("BE0!######00", static t => Two(t[10..], 97 - Rest(t[2..10], 97))),
        ["CH"] = ("CHE1#######0", static t => Modulo11(t, 3, [5, 4, 3, 2, 7, 6, 5, 4])),
        ["CZ"] = ("CZ!######0", static t => t[^1] = Czech(t[2..^1])),
        ["DK"] = ("DK!######0", static t => Modulo11(t, 2, [2, 7, 6, 5, 4, 3, 2])),
        ["ES"] = ("ESB#######0", static t => t[^1] = CheckDigits.Luhn(t[3..^1])),
        ["FI"] = ("FI!######0", static t => Modulo11(t, 2, [7, 9, 10, 5, 8, 4, 2])),
        ["FR"] = ("FR00########0", static t => { t[^1] = CheckDigits.Luhn(t[4..^1]); Two(t[2..], (12 + (3 * Rest(t[4..], 97))) % 97); }),
        ["GB"] = ("GB!######00", static t => Two(t[9..], 97 - (Weighted(t[2..9], [8, 7, 6, 5, 4, 3, 2]) % 97))),
        ["GR"] = ("EL0#######0", static t => t[^1] = (byte)('0' + (Weighted(t[2..^1], [256 % 11, 128 % 11, 64 % 11, 32 % 11, 16 % 11, 8, 4, 2]) % 11 % 10))),
        ["HR"] = ("HR!#########0", static t => t[^1] = CheckDigits.Mod1110(t[2..^1])),
        ["IE"] = ("IE!######0", static t => t[^1] = "WABCDEFGHIJKLMNOPQRSTUV"u8[Weighted(t[2..^1], [8, 7, 6, 5, 4, 3, 2]) % 23]),
        ["IT"] = ("IT#######0010", static t => t[^1] = CheckDigits.Luhn(t[2..^1])),
        ["NL"] = ("NL!#######0B01", static t => { while (Weighted(t[2..10], [9, 8, 7, 6, 5, 4, 3, 2]) % 11 == 10) t[9] = (byte)(t[9] == '9' ? '0' : t[9] + 1); t[10] = (byte)('0' + (Weighted(t[2..10], [9, 8, 7, 6, 5, 4, 3, 2]) % 11)); }),
        ["PL"] = ("PL!########0", static t => { while (Weighted(t[2..11], [6, 5, 7, 2, 3, 4, 5, 6, 7]) % 11 == 10) t[10] = (byte)(t[10] == '9' ? '0' : t[10] + 1); t[11] = (byte)('0' + (Weighted(t[2..11], [6, 5, 7, 2, 3, 4, 5, 6, 7]) % 11)); }),
        ["PT"] = ("PT5#######0", static t => t[^1] = (byte)('0' + ((11 - (Weighted(t[2..^1], [9, 8, 7, 6, 5, 4, 3, 2]) % 11)) is >= 10 ? 0 : 11 - (Weighted(t[2..^1], [9, 8, 7, 6, 5, 4, 3, 2]) % 11)))),
        ["SE"] = ("SE55#######001", static t => t[11] = CheckDigits.Luhn(t[2..11])),
        ["SK"] = ("SK!#########", static t => { t[4] = "2323447789"u8[t[4] - '0']; Multiple11(t[2..]); }),
        ["US"] = ("9#-#######", static _ => { }),
    };

    // People's numbers, from parts that are not given out where the country keeps such: US area 9xx, GB prefix that HMRC never uses.
    private static readonly Dictionary<string, (string Form, CheckedSource.Complete Check)> Person = new Dictionary<string, (string, CheckedSource.Complete)>(StringComparer.Ordinal)
    {
        ["US"] = ("9##-##-####", static _ => { }),
        ["GB"] = ("QQ######A", static _ => { }),
        ["AU"] = ("########0", static t => { while (Tfn(t) == 10) t[7] = (byte)(t[7] == '9' ? '0' : t[7] + 1); t[8] = (byte)('0' + Tfn(t)); }),
        ["CA"] = ("9#######0", static t => t[8] = CheckDigits.Luhn(t[..8])),
        ["DE"] = ("########000", German),
        ["FR"] = ("1##0#75###0#000", static t => { t[3] = (byte)'0'; t[4] = (byte)('1' + ((t[4] - '0') % 9)); Two(t[13..], 97 - Rest(t[..13], 97)); }),
        ["ES"] = ("########0", static t => t[8] = "TRWAGMYFPDXBNJZSQVHLCKE"u8[Rest(t[..8], 23)]),
        ["NL"] = ("!#######0", static t => { while (Weighted(t[..8], [9, 8, 7, 6, 5, 4, 3, 2]) % 11 == 10) t[7] = (byte)(t[7] == '9' ? '0' : t[7] + 1); t[8] = (byte)('0' + (Weighted(t[..8], [9, 8, 7, 6, 5, 4, 3, 2]) % 11)); }),
        ["BE"] = ("#####1###00", static t => { BirthMonthDay(t, 2); Two(t[9..], 97 - Rest(t[..9], 97)); }),
        ["PL"] = ("#####1####0", static t => { BirthMonthDay(t, 2); t[10] = (byte)('0' + ((10 - (Weighted(t[..10], [1, 3, 7, 9, 1, 3, 7, 9, 1, 3]) % 10)) % 10)); }),
        ["SE"] = ("#####1-###0", static t => { BirthMonthDay(t, 2); Span<byte> digits = stackalloc byte[9]; t[..6].CopyTo(digits); t[7..10].CopyTo(digits[6..]); t[10] = CheckDigits.Luhn(digits); }),
        ["FI"] = ("#####1-###0", static t => { BirthDayMonth(t); t[7] = (byte)'9'; Span<byte> digits = stackalloc byte[9]; t[..6].CopyTo(digits); t[7..10].CopyTo(digits[6..]); t[10] = "0123456789ABCDEFHJKLMNPRSTUVWXY"u8[Rest(digits, 31)]; }),
        ["BR"] = ("###.###.###-00", Brazilian),
        ["PT"] = ("2#######0", static t => t[8] = (byte)('0' + (11 - (Weighted(t[..8], [9, 8, 7, 6, 5, 4, 3, 2]) % 11) is var c && c >= 10 ? 0 : c))),
        ["CH"] = ("756.####.####.#0", static t => { Span<byte> digits = stackalloc byte[12]; var size = 0; foreach (var c in t[..^1]) { if (c != '.') digits[size++] = c; } t[^1] = CheckDigits.Gs1(digits); }),
        ["HR"] = ("!#########0", static t => t[10] = CheckDigits.Mod1110(t[..10])),
        ["TR"] = ("!########00", static t => { var odd = t[0] + t[2] + t[4] + t[6] + t[8] - (5 * '0'); var even = t[1] + t[3] + t[5] + t[7] - (4 * '0'); t[9] = (byte)('0' + ((((odd * 7) - even) % 10) + 10) % 10); t[10] = (byte)('0' + ((odd + even + t[9] - '0') % 10)); }),
    };

    // Where the check moves other digits too, two forms can become one number: such cannot be counted.
    private static readonly HashSet<(bool Vat, string Country)> Moving =
    [
        (true, "CH"), (true, "DK"), (true, "FI"), (true, "NL"), (true, "PL"), (true, "SK"),
        (false, "AU"), (false, "BE"), (false, "DE"), (false, "FI"), (false, "FR"), (false, "NL"), (false, "PL"), (false, "SE"),
    ];

    /// <summary>The countries whose companies' numbers are known.</summary>
    public static IEnumerable<string> VatCountries => Vat.Keys.Order(StringComparer.Ordinal);

    /// <summary>The countries whose people's numbers are known.</summary>
    public static IEnumerable<string> PersonCountries => Person.Keys.Order(StringComparer.Ordinal);

    /// <summary>Puts the right check digits into a number; for tests against published ones.</summary>
    internal static string Complete(bool vat, string country, string number)
    {
        var text = System.Text.Encoding.ASCII.GetBytes(number);
        (vat ? Vat : Person)[country].Check(text);
        return System.Text.Encoding.ASCII.GetString(text);
    }

    public static ValueSource? OfCompany(SourceContext context) => Create(context, Vat, "DE");

    public static ValueSource? OfPerson(SourceContext context) => Create(context, Person, "US");

    private static ValueSource? Create(SourceContext context, Dictionary<string, (string Form, CheckedSource.Complete Check)> known, string otherwise)
    {
        var code = context.OptionalText("country")?.ToUpperInvariant() is { Length: > 0 } given ? given : Vocabulary.Locale.Get(context.Locale).Country;
        if (!known.ContainsKey(code))
        {
            if (context.Has("country"))
                return context.Refuse<ValueSource?>("country", $"\"{code}\" is not one of {string.Join(", ", known.Keys.Order(StringComparer.Ordinal))}", null);
            code = otherwise;
        }

        var (form, check) = known[code];
        return CheckedSource.Create(context, form, check, exact: !Moving.Contains((known == Vat, code)));
    }

    /// <summary>
    /// Eight random digits choose which digit occurs twice and the order of the others (a Lehmer code), the ninth to
    /// eleventh follow. The first digit is not 0.
    /// </summary>
    private static void German(Span<byte> text)
    {
        var code = 0;
        foreach (var c in text[..8])
            code = (code * 10) + c - '0';

        // The digits 1 to 9 in an order by the code, and one of them again in tenth place.
        Span<byte> left = stackalloc byte[9];
        for (var i = 0; i < 9; i++)
            left[i] = (byte)('1' + i);
        var twice = code % 9;
        code /= 9;
        for (var i = 0; i < 9; i++)
        {
            var pick = code % (9 - i);
            code /= 9 - i;
            text[i] = left[pick];
            left[(pick + 1)..].CopyTo(left[pick..]);
        }

        text[9] = (byte)('1' + twice);
        text[10] = CheckDigits.Mod1110(text[..10]);
    }

    private static void Brazilian(Span<byte> text)
    {
        Span<byte> digits = stackalloc byte[11];
        var size = 0;
        foreach (var c in text[..11])
        {
            if (c is not ((byte)'.' or (byte)'-'))
                digits[size++] = c;
        }

        for (var check = 9; check < 11; check++)
        {
            var sum = 0;
            for (var i = 0; i < check; i++)
                sum += (digits[i] - '0') * (check + 1 - i);
            var rest = sum * 10 % 11;
            digits[check] = (byte)('0' + (rest == 10 ? 0 : rest));
        }

        text[12] = digits[9];
        text[13] = digits[10];
    }

    /// <summary>The tax file number's check: the ninth weight is 10, which is -1 modulo 11.</summary>
    private static int Tfn(ReadOnlySpan<byte> text) => Weighted(text[..8], [1, 4, 3, 7, 5, 8, 6, 9]) % 11;

    private static byte Austrian(ReadOnlySpan<byte> digits)
    {
        var sum = 0;
        for (var i = 0; i < 7; i++)
        {
            var digit = digits[i] - '0';
            sum += i % 2 == 0 ? digit : (digit / 5) + (digit * 2 % 10);
        }

        return (byte)('0' + ((10 - ((sum + 4) % 10)) % 10));
    }

    private static byte Czech(ReadOnlySpan<byte> digits)
    {
        var rest = 11 - (Weighted(digits, [8, 7, 6, 5, 4, 3, 2]) % 11);
        return (byte)('0' + (rest % 10));
    }

    /// <summary>Weights, modulo 11; where the rest has no digit the last digit before the check moves on.</summary>
    private static void Modulo11(Span<byte> text, int from, ReadOnlySpan<byte> weights)
    {
        int rest;
        while ((rest = Weighted(text[from..^1], weights) % 11) == 1)
            text[^2] = (byte)(text[^2] == '9' ? '0' : text[^2] + 1);
        text[^1] = (byte)('0' + ((11 - rest) % 11));
    }

    private static void Multiple11(Span<byte> digits)
    {
        // The last two digits make the number a multiple of eleven.
        digits[8] = digits[9] = (byte)'0';
        var rest = Rest(digits, 11);
        Two(digits[8..], (11 - rest) % 11);
    }

    /// <summary>A month of 1 to 9 and a day of 10 to 28, at year, month, day.</summary>
    private static void BirthMonthDay(Span<byte> text, int at)
    {
        text[at] = (byte)'0';
        text[at + 1] = text[at + 1] == '0' ? (byte)'9' : text[at + 1];
        text[at + 2] = (byte)('1' + ((text[at + 2] - '0') % 2));
        text[at + 3] = (byte)('0' + ((text[4] + text[1]) % 9));
    }

    private static void BirthDayMonth(Span<byte> text)
    {
        text[0] = (byte)('1' + ((text[0] - '0') % 2));
        text[1] = text[1] == '9' ? (byte)'8' : text[1];
        text[2] = (byte)'0';
        text[3] = text[3] == '0' ? (byte)'9' : text[3];
        text[5] = text[4] == '0' ? (byte)'7' : text[4];
    }

    private static void Two(Span<byte> target, int number)
    {
        target[0] = (byte)('0' + (number / 10));
        target[1] = (byte)('0' + (number % 10));
    }

    private static int Rest(ReadOnlySpan<byte> digits, int modulus)
    {
        var rest = 0;
        foreach (var digit in digits)
            rest = ((rest * 10) + digit - '0') % modulus;
        return rest;
    }

    private static int Weighted(ReadOnlySpan<byte> digits, ReadOnlySpan<byte> weights)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
            sum += (digits[i] - '0') * weights[i];
        return sum;
    }
}
