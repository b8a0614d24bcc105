using System.Text;

namespace TdmPortal.Core.Masking;

/// <summary>Writes a masked text back in its column's own case, so that ANNA becomes MARY where Anna becomes Mary.</summary>
public static class LetterCase
{
    /// <summary>Makes a text all capitals where the original is (two letters at least), all small letters where the original is; else it stays.</summary>
    public static void Like(ReadOnlySpan<byte> original, Span<byte> text)
    {
        switch (Of(original))
        {
            case (0, > 1):
                Change(text, upper: true);
                break;
            case ( > 0, 0):
                Change(text, upper: false);
                break;
        }
    }

    private static (int Lower, int Upper) Of(ReadOnlySpan<byte> text)
    {
        var (lower, upper) = (0, 0);
        for (var i = 0; i < text.Length;)
        {
            if (text[i] < 0x80)
            {
                var letter = (char)text[i++];
                lower += char.IsAsciiLetterLower(letter) ? 1 : 0;
                upper += char.IsAsciiLetterUpper(letter) ? 1 : 0;
            }
            else
            {
                Rune.DecodeFromUtf8(text[i..], out var rune, out var used);
                lower += Rune.IsLower(rune) ? 1 : 0;
                upper += Rune.IsUpper(rune) ? 1 : 0;
                i += used;
            }

            if (lower > 0 && upper > 0)
                break;
        }

        return (lower, upper);
    }

    private static void Change(Span<byte> text, bool upper)
    {
        for (var i = 0; i < text.Length;)
        {
            if (text[i] < 0x80)
            {
                var letter = (char)text[i];
                text[i++] = (byte)(upper ? char.ToUpperInvariant(letter) : char.ToLowerInvariant(letter));
                continue;
            }

            // A letter whose other case takes more bytes stays.
            Rune.DecodeFromUtf8(text[i..], out var rune, out var used);
            var other = upper ? Rune.ToUpperInvariant(rune) : Rune.ToLowerInvariant(rune);
            if (other != rune && other.Utf8SequenceLength == used)
                other.EncodeToUtf8(text[i..]);
            i += used;
        }
    }
}
