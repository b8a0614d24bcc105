using System.Buffers;
using System.Text;

namespace TdmPortal.Core.Quality.Checks;

/// <summary>Finds in a text what could be somebody's. Works on UTF-8; what is looked for is ASCII.</summary>
internal static class PersonalData
{
    private static readonly SearchValues<byte> Digits = SearchValues.Create("0123456789"u8);

    /// <summary>Numbers that payment networks publish for tests, by how they begin.</summary>
    private static readonly string[] TestCards =
    [
        "411111", "424242", "400000", "400005", "401288", "422222", "555555", "545454", "510510", "520082", "222300", "222100", "378282", "371449", "378734",
        "601111", "601100", "601198", "305693", "385200", "362272", "353011", "356600", "620000", "650000",
    ];

    /// <summary>An e-mail address whose domain is not reserved (RFC 2606, RFC 6761).</summary>
    public static bool HasEmail(ReadOnlySpan<byte> text)
    {
        for (var from = 0; text[from..].IndexOf((byte)'@') is >= 0 and var found;)
        {
            var at = from + found;
            var (start, end) = (at, at + 1);
            while (start > 0 && IsLocal(text[start - 1]))
                start--;
            while (end < text.Length && (char.IsAsciiLetterOrDigit((char)text[end]) || text[end] is (byte)'-' or (byte)'.'))
                end++;
            var domain = text[(at + 1)..end].TrimEnd((byte)'.');
            if (start < at && TextFormats.IsDomain(domain) && !IsReserved(domain))
                return true;
            from = at + 1;
        }

        return false;
    }

    /// <summary>13 to 19 digits, blanks and hyphens between them, that begin as payment cards do, pass the Luhn check and are no test number.</summary>
    public static bool HasCard(ReadOnlySpan<byte> text)
    {
        if (text.Length < 13)
            return false;
        Span<byte> digits = stackalloc byte[20];
        for (var i = 0; text[i..].IndexOfAny(Digits) is >= 0 and var found;)
        {
            i += found;
            var (start, count) = (i, 0);
            for (; i < text.Length && (char.IsAsciiDigit((char)text[i]) || IsSeparator(text, i)); i++)
            {
                if (text[i] is not ((byte)' ' or (byte)'-') && count++ < digits.Length)
                    digits[count - 1] = text[i];
            }

            // Part of a word or of a number with a point is something else.
            var alone = (start == 0 || !IsWord(text[start - 1])) && (i == text.Length || !char.IsAsciiLetterOrDigit((char)text[i]));
            if (alone && count is >= 13 and <= 19 && IsCard(digits[..count]))
                return true;
        }

        return false;
    }

    /// <summary>An account number with right check digits, blanks in it or not.</summary>
    public static bool HasIban(ReadOnlySpan<byte> text)
    {
        for (var i = 0; i + 15 <= text.Length; i++)
        {
            if (!char.IsAsciiLetterUpper((char)text[i]) || !char.IsAsciiLetterUpper((char)text[i + 1]) || !char.IsAsciiDigit((char)text[i + 2]) || !char.IsAsciiDigit((char)text[i + 3]) || (i > 0 && IsWord(text[i - 1])))
                continue;
            if (Generators.Finance.IbanFormats.Find($"{(char)text[i]}{(char)text[i + 1]}") is not { } form)
                continue;
            var (end, count) = (i, 0);
            for (; end < text.Length && count < form.Length + 4; end++)
            {
                if (char.IsAsciiLetterUpper((char)text[end]) || char.IsAsciiDigit((char)text[end]))
                    count++;
                else if (text[end] != ' ')
                    break;
            }

            if (count == form.Length + 4 && (end == text.Length || !IsWord(text[end])) && TextFormats.IsIban(text[i..end]))
                return true;
        }

        return false;
    }

    /// <summary>A US social security number with hyphens, in the ranges that are given out.</summary>
    public static bool HasSocialSecurityNumber(ReadOnlySpan<byte> text)
    {
        for (var from = 0; from + 11 <= text.Length && text[(from + 3)..].IndexOf((byte)'-') is >= 0 and var found;)
        {
            var start = from + found;
            from = start + 1;
            if (start + 11 > text.Length || (start > 0 && (IsWord(text[start - 1]) || text[start - 1] == '-')) || (start + 11 < text.Length && (IsWord(text[start + 11]) || text[start + 11] == '-')))
                continue;
            var number = text.Slice(start, 11);
            if (number[6] == '-' && AllDigits(number[..3]) && AllDigits(number[4..6]) && AllDigits(number[7..])
                && !number[..3].SequenceEqual("000"u8) && !number[..3].SequenceEqual("666"u8) && number[0] != '9' && !number[4..6].SequenceEqual("00"u8) && !number[7..].SequenceEqual("0000"u8)
                && !number.SequenceEqual("078-05-1120"u8) && !number.SequenceEqual("219-09-9999"u8))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsReserved(ReadOnlySpan<byte> domain)
    {
        var name = Encoding.ASCII.GetString(domain).ToLowerInvariant();
        return Under(name, "example.com") || Under(name, "example.net") || Under(name, "example.org")
            || name.EndsWith(".test", StringComparison.Ordinal) || name.EndsWith(".example", StringComparison.Ordinal)
            || name.EndsWith(".invalid", StringComparison.Ordinal) || name.EndsWith(".localhost", StringComparison.Ordinal);
    }

    private static bool Under(string name, string domain) => name == domain || (name.EndsWith(domain, StringComparison.Ordinal) && name[^(domain.Length + 1)] == '.');

    private static bool IsCard(ReadOnlySpan<byte> digits)
    {
        if (!TextFormats.IsLuhn(digits, 13, 19))
            return false;
        var text = Encoding.ASCII.GetString(digits);
        var (four, three, two) = (int.Parse(text.AsSpan(0, 4), System.Globalization.CultureInfo.InvariantCulture), text[..3], text[..2]);
        var network = text[0] == '4' ? text.Length is 13 or 16 or 19
            : two is "34" or "37" ? text.Length == 15
            : two is "36" or "38" or "39" || three is "300" or "301" or "302" or "303" or "304" or "305" ? text.Length is 14 or 16
            : (four is >= 5100 and <= 5599 or >= 2221 and <= 2720) ? text.Length == 16
            : (four is 6011 or >= 3528 and <= 3589 or >= 6440 and <= 6599 or >= 6200 and <= 6299) && text.Length >= 16;
        return network && !Array.Exists(TestCards, begin => text.StartsWith(begin, StringComparison.Ordinal));
    }

    private static bool IsLocal(byte c) => char.IsAsciiLetterOrDigit((char)c) || c is (byte)'.' or (byte)'_' or (byte)'%' or (byte)'+' or (byte)'-';

    private static bool IsWord(byte c) => char.IsAsciiLetterOrDigit((char)c) || c is (byte)'_' or (byte)'.' or (byte)':';

    /// <summary>One blank or hyphen between two digits.</summary>
    private static bool IsSeparator(ReadOnlySpan<byte> text, int i) =>
        text[i] is (byte)' ' or (byte)'-' && i > 0 && i + 1 < text.Length && char.IsAsciiDigit((char)text[i - 1]) && char.IsAsciiDigit((char)text[i + 1]);

    private static bool AllDigits(ReadOnlySpan<byte> text) => text.IndexOfAnyExcept(Digits) < 0;
}
