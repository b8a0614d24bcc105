using System.Buffers;
using System.Text;
using TdmPortal.Core.Generators.Finance;

namespace TdmPortal.Core.Quality.Checks;

/// <summary>Forms of texts that checks know; all work on UTF-8.</summary>
internal static class TextFormats
{
    private static readonly SearchValues<byte> NotInLocal = SearchValues.Create(" @<>()[],;:\"\\\t\r\n"u8);
    private static readonly SearchValues<byte> NotInUrl = SearchValues.Create(" \t\r\n<>\""u8);

    /// <summary>One @, something before it, a domain of two labels or more behind it.</summary>
    public static bool IsEmail(ReadOnlySpan<byte> text)
    {
        var at = text.LastIndexOf((byte)'@');
        if (at is < 1 or > 64 || text.Length > 254 || text[0] == '.' || text[at - 1] == '.')
            return false;
        var local = text[..at];
        return local.IndexOfAny(NotInLocal) < 0 && local.IndexOf(".."u8) < 0 && IsDomain(text[(at + 1)..]);
    }

    /// <summary>Labels of letters, digits and hyphens; the last one is no number.</summary>
    public static bool IsDomain(ReadOnlySpan<byte> text)
    {
        var labels = 0;
        var last = text;
        while (true)
        {
            var dot = text.IndexOf((byte)'.');
            last = dot < 0 ? text : text[..dot];
            if (last.IsEmpty || last.Length > 63 || last[0] == '-' || last[^1] == '-')
                return false;
            foreach (var c in last)
            {
                if (!char.IsAsciiLetterOrDigit((char)c) && c != '-' && c < 0x80)
                    return false;
            }

            labels++;
            if (dot < 0)
                break;
            text = text[(dot + 1)..];
        }

        return labels > 1 && last.Length > 1 && !char.IsAsciiDigit((char)last[0]);
    }

    public static bool IsUrl(ReadOnlySpan<byte> text) =>
        (text.StartsWith("http://"u8) || text.StartsWith("https://"u8)) && text.IndexOfAny(NotInUrl) < 0
        && Uri.TryCreate(Encoding.UTF8.GetString(text), UriKind.Absolute, out var address) && address.Host.Length > 0;

    /// <summary>Right check digits (ISO 7064 mod 97,10), and the form of its country where that is known.</summary>
    public static bool IsIban(ReadOnlySpan<byte> text)
    {
        Span<byte> plain = stackalloc byte[34];
        var length = 0;
        foreach (var c in text)
        {
            if (c == ' ')
                continue;
            if (length == plain.Length || !(char.IsAsciiLetterUpper((char)c) || char.IsAsciiDigit((char)c)))
                return false;
            plain[length++] = c;
        }

        plain = plain[..length];
        if (length < 15 || !char.IsAsciiLetterUpper((char)plain[0]) || !char.IsAsciiLetterUpper((char)plain[1]) || !char.IsAsciiDigit((char)plain[2]) || !char.IsAsciiDigit((char)plain[3]))
            return false;
        if (IbanFormats.Find($"{(char)plain[0]}{(char)plain[1]}") is { } form && form.Length != length - 4)
            return false;
        var rest = 0;
        for (var i = 0; i < length; i++)
        {
            var c = plain[(i + 4) % length];
            rest = char.IsAsciiDigit((char)c) ? ((rest * 10) + c - '0') % 97 : ((rest * 100) + c - 'A' + 10) % 97;
        }

        return rest == 1;
    }

    /// <summary>Digits of which the last one is the check digit of H. P. Luhn; blanks and hyphens are passed over.</summary>
    public static bool IsLuhn(ReadOnlySpan<byte> text, int least, int most)
    {
        Span<byte> digits = stackalloc byte[19];
        var count = 0;
        foreach (var c in text)
        {
            if (c is (byte)' ' or (byte)'-')
                continue;
            if (!char.IsAsciiDigit((char)c) || count == most)
                return false;
            digits[count++] = c;
        }

        return count >= least && CheckDigits.Luhn(digits[..(count - 1)]) == digits[count - 1];
    }
}
