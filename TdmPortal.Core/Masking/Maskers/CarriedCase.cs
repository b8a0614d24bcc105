namespace TdmPortal.Core.Masking.Maskers;

/// <summary>
/// Carries the case of a value into its mask, where values that differ only in case stand side by side in a key: they become the same but
/// for their case, so keys stay unique and compare without regard to case as before.
/// </summary>
internal static class CarriedCase
{
    /// <summary>Changes the case of a mask in small letters: small stays, all capitals become all capitals, anything else becomes letters of both in an order of the value's own.</summary>
    public static void Write(MaskingKey key, ReadOnlySpan<byte> value, Span<byte> mask)
    {
        value = value.Trim((byte)' ');
        var (lower, upper) = (false, false);
        foreach (var c in value)
        {
            lower |= char.IsAsciiLetterLower((char)c);
            upper |= char.IsAsciiLetterUpper((char)c);
        }

        if (!upper)
            return;
        var bits = lower ? (ulong)key.Number(value) : ulong.MaxValue;

        // All capitals and all small letters stand for themselves.
        var letters = 0;
        foreach (var c in mask)
            letters += char.IsAsciiLetterLower((char)c) ? 1 : 0;
        var used = letters >= 64 ? ulong.MaxValue : (1UL << letters) - 1;
        if (lower && letters > 1 && (bits & used) == used)
            bits = 2;
        else if ((bits & used) == 0)
            bits = 1;
        for (int i = 0, at = 0; i < mask.Length; i++)
        {
            if (!char.IsAsciiLetterLower((char)mask[i]))
                continue;
            if (at > 63 || (bits >> at & 1) != 0)
                mask[i] = at > 63 && lower ? mask[i] : (byte)(mask[i] - 0x20);
            at++;
        }
    }
}
