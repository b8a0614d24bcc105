namespace TdmPortal.Core.PersonalData.Texts;

/// <summary>Letters and digits together: IBAN, national numbers, vehicles, wallets.</summary>
internal ref partial struct TextScan
{
    private void Code(int start, int end, int digits)
    {
        if (Uuid(start) || Mac(start) || Iban(start))
            return;
        var token = text[start..end];
        if (token.Length == 42 && token.StartsWith("0x"u8) && token[2..].IndexOfAnyExcept(Hexadecimal) < 0)
        {
            Add("wallet", start, end, 0.8);
            return;
        }

        if (token.Length is >= 42 and <= 62 && token.StartsWith("bc1"u8))
        {
            Add("wallet", start, end, 0.8);
            return;
        }

        if (Grouped(start, end, out var joined))
        {
            taken = joined;
            return;
        }

        if (token.Length is >= 8 and <= 18 && NationalCodes.Find(token) is { Kind: { } kind } match)
        {
            Add(kind, start, end, match.Confidence, kind switch { "vin" => Context.Vehicle, "tax_id" => Context.Tax, _ => Context.Id });
            taken = end;
            return;
        }

        if (token.Length is >= 6 and <= 12 && digits >= 4 && IsCapitals(token))
        {
            if (Speaks(Context.Passport))
                Add("passport", start, end, 0.65);
            else if (Speaks(Context.Licence))
                Add("driving_licence", start, end, 0.6);
        }
        else if (token.Length is >= 12 and <= 18 && digits >= 6 && IsCapitals(token) && Speaks(Context.Licence))
        {
            Add("driving_licence", start, end, 0.7);
        }
    }

    /// <summary>AB 12 34 56 C (GB), SW1A 1AA, DNI 12345678-Z, 131052-308T.</summary>
    private void ShortCode(int start, int end)
    {
        if (At(end) == ' ' && end - start == 2 && char.IsAsciiLetterUpper((char)text[start]) && char.IsAsciiLetterUpper((char)text[start + 1]))
            Grouped(start, end, out taken);
    }

    private readonly bool Grouped(int start, int end, out int to)
    {
        to = Math.Max(taken, start);

        // A British insurance number in pairs.
        if (end - start == 2 && start + 13 <= text.Length && text[start + 2] == ' ' && text[start + 5] == ' ' && text[start + 8] == ' ' && text[start + 11] == ' ' && !IsWord(At(start + 13)))
        {
            Span<byte> plain = [text[start], text[start + 1], text[start + 3], text[start + 4], text[start + 6], text[start + 7], text[start + 9], text[start + 10], text[start + 12]];
            if (NationalCodes.IsNino(plain))
            {
                Add("social_security", start, start + 13, 0.85, Context.Id);
                to = start + 13;
                return true;
            }
        }

        // A British postcode: outward code, blank, digit and two letters.
        if (end - start is >= 2 and <= 4 && start + 4 < text.Length && At(end) == ' ' && IsDigit(At(end + 1)) && char.IsAsciiLetterUpper((char)At(end + 2)) && char.IsAsciiLetterUpper((char)At(end + 3))
            && !IsWord(At(end + 4)) && char.IsAsciiLetterUpper((char)text[start]) && text[start..end].IndexOfAnyInRange((byte)'0', (byte)'9') > 0 && IsCapitals(text[start..end]))
        {
            Add("postcode", start, end + 4, 0.75);
            to = end + 4;
            return true;
        }

        return false;
    }

    /// <summary>Digits, a hyphen and a code: what <see cref="Numbers"/> leaves since a letter ends it.</summary>
    private bool HyphenCode(int start)
    {
        var end = start;
        var hyphens = 0;
        for (; end - start < 14 && (char.IsAsciiLetterOrDigit((char)At(end)) || (At(end) is (byte)'-' or (byte)'+' && hyphens++ == 0)); end++)
        {
        }

        if (hyphens == 0 || IsWord(At(end)) || NationalCodes.FindHyphened(text[start..end]) is not { Kind: { } kind } match)
            return false;
        Add(kind, start, end, match.Confidence, Context.Id);
        taken = end;
        return true;
    }

    private bool Iban(int start)
    {
        if (start + 15 > text.Length || !char.IsAsciiLetterUpper((char)text[start]) || !char.IsAsciiLetterUpper((char)text[start + 1]) || !IsDigit(text[start + 2]) || !IsDigit(text[start + 3]))
            return false;
        var length = IbanLengths.Of(text[start], text[start + 1]);
        if (length == 0)
            return false;
        var (end, count) = (start, 0);
        for (; end < text.Length && count < length; end++)
        {
            if (char.IsAsciiLetterUpper((char)text[end]) || IsDigit(text[end]))
                count++;
            else if (text[end] is not ((byte)' ' or (byte)'-') || end - start > 48)
                return false;
        }

        if (count != length || IsWord(At(end)) || !IbanLengths.IsRight(text[start..end]))
            return false;
        Add("iban", start, end, 0.97);
        taken = end;
        return true;
    }

    private static bool IsCapitals(ReadOnlySpan<byte> token)
    {
        foreach (var c in token)
        {
            if (!char.IsAsciiLetterUpper((char)c) && !IsDigit(c))
                return false;
        }

        return true;
    }

    private static readonly System.Buffers.SearchValues<byte> Hexadecimal = System.Buffers.SearchValues.Create("0123456789abcdefABCDEF"u8);
}
