using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace TdmPortal.Core.Masking;

/// <summary>Writes a value as it is compared: two values that are the same in a <see cref="CanonicalForm"/> have the same canonical bytes.</summary>
internal static class CanonicalText
{
    /// <summary>Bytes that are enough for the canonical form of a text of so many.</summary>
    public static int RoomFor(int length) => length * 3 + 8;

    /// <summary>Writes it.</summary>
    /// <param name="callingCode">Digits that a phone number without a country begins with.</param>
    /// <param name="target">Of <see cref="RoomFor"/> bytes.</param>
    /// <returns>How many bytes were written.</returns>
    public static int Write(CanonicalForm form, ReadOnlySpan<byte> value, ReadOnlySpan<byte> callingCode, Span<byte> target) => form switch
    {
        CanonicalForm.Text or CanonicalForm.Email => Folded(value, target),
        CanonicalForm.Phone => Phone(value, callingCode, target),
        CanonicalForm.Code => Code(value, target),
        CanonicalForm.Number => Number(value, target),
        _ => Exact(value, target),
    };

    private static int Exact(ReadOnlySpan<byte> value, Span<byte> target)
    {
        value.CopyTo(target);
        return value.Length;
    }

    private static int Folded(ReadOnlySpan<byte> value, Span<byte> target)
    {
        value = Trimmed(value);
        return Ascii.ToLower(value, target, out var written) == OperationStatus.Done ? written : FoldedUnicode(value, target);
    }

    /// <summary>NFC, then small letters.</summary>
    private static int FoldedUnicode(ReadOnlySpan<byte> value, Span<byte> target)
    {
        var buffer = ArrayPool<char>.Shared.Rent(value.Length * 4);
        var text = buffer.AsSpan(0, value.Length);
        var composed = buffer.AsSpan(value.Length);
        try
        {
            if (Utf8.ToUtf16(value, text, out _, out var characters, replaceInvalidSequences: true) != OperationStatus.Done)
                return Exact(value, target);
            ReadOnlySpan<char> plain = ((ReadOnlySpan<char>)text[..characters]).Trim();
#if NET10_0_OR_GREATER
            if (!plain.TryNormalize(composed, out var length))
                return Exact(value, target);
#else
            // The command line as machine code is compiled for .NET 9.
            var normal = plain.ToString().Normalize();
            if (!normal.TryCopyTo(composed))
                return Exact(value, target);
            var length = normal.Length;
#endif
            var small = composed[..length];
            for (var i = 0; i < length; i++)
                small[i] = char.ToLowerInvariant(small[i]);
            return Utf8.FromUtf16(small, target, out _, out var written) == OperationStatus.Done ? written : Exact(value, target);
        }
        catch (ArgumentException)
        {
            // Half a surrogate pair has no normal form.
            return Exact(value, target);
        }
        finally
        {
            ArrayPool<char>.Shared.Return(buffer);
        }
    }

    private static int Phone(ReadOnlySpan<byte> value, ReadOnlySpan<byte> callingCode, Span<byte> target)
    {
        value = Trimmed(value);
        var international = value.StartsWith("+"u8);
        var zero = value.IndexOf("(0)"u8);
        Span<byte> digits = target[3..];
        var count = 0;
        for (var i = 0; i < value.Length; i++)
        {
            if (international && i == zero)
                i += 2;
            else if (char.IsAsciiDigit((char)value[i]))
                digits[count++] = value[i];
            else if ((value[i] | 0x20) == 'x' && count > 6)
                break;
        }

        if (count == 0)
            return Folded(value, target);
        var from = 0;
        if (!international && digits[..count].StartsWith("00"u8) && count > 8)
            (international, from) = (true, 2);
        if (international || callingCode.Length == 0)
        {
            digits[from..count].CopyTo(target);
            return count - from;
        }

        // In North America the country's prefix is also the trunk prefix; elsewhere a leading zero is.
        if (callingCode is [(byte)'1'])
            from = count == 11 && digits[0] == '1' ? 1 : 0;
        else if (digits[0] == '0')
            from = 1;
        else if (count > 9 && digits[..count].StartsWith(callingCode))
            from = callingCode.Length;
        digits[from..count].CopyTo(target[callingCode.Length..]);
        callingCode.CopyTo(target);
        return callingCode.Length + count - from;
    }

    private static int Code(ReadOnlySpan<byte> value, Span<byte> target)
    {
        var count = 0;
        foreach (var one in value)
        {
            if (one >= 0x80)
                return Folded(value, target);
            if (char.IsAsciiLetterOrDigit((char)one))
                target[count++] = (byte)(char.IsAsciiLetterLower((char)one) ? one - 0x20 : one);
        }

        return count == 0 ? Folded(value, target) : count;
    }

    private static int Number(ReadOnlySpan<byte> value, Span<byte> target)
    {
        var text = Trimmed(value);
        var count = 0;
        if (text is [(byte)'-' or (byte)'+', ..])
        {
            if (text[0] == '-')
                target[count++] = (byte)'-';
            text = text[1..];
        }

        var point = text.IndexOf((byte)'.');
        var whole = point < 0 ? text : text[..point];
        var fraction = point < 0 ? [] : text[(point + 1)..].TrimEnd((byte)'0');
        if (whole.Length + fraction.Length == 0 && point < 0 || whole.ContainsAnyExceptInRange((byte)'0', (byte)'9') || fraction.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
            return Folded(value, target);
        whole = whole.TrimStart((byte)'0');
        if (whole.Length + fraction.Length == 0)
        {
            target[0] = (byte)'0';
            return 1;
        }

        if (whole.Length == 0)
            target[count++] = (byte)'0';
        whole.CopyTo(target[count..]);
        count += whole.Length;
        if (fraction.Length > 0)
        {
            target[count++] = (byte)'.';
            fraction.CopyTo(target[count..]);
            count += fraction.Length;
        }

        return count;
    }

    private static ReadOnlySpan<byte> Trimmed(ReadOnlySpan<byte> value) => value.Trim(" \t\r\n\v\f"u8);
}
