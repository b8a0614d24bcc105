using TdmPortal.Core.Generation;

namespace TdmPortal.Core.Masking.Maskers;

/// <summary>
/// Texts: the letters and digits are one number whose digits have 26 or 10 values each, permuted below its size; so a text becomes one
/// of the same form. Long texts are taken in pieces of at most 24 characters.
/// </summary>
internal sealed class FpeTextMasker(MaskerContext context) : TextMasker(context.Column.MaxLength)
{
    private const int Most = 24;
    private readonly NumberMap map = new(context.Key);
    private readonly ValueKey values = context.Values;

    protected override void MaskValue(MaskBatch batch, int row, ReadOnlySpan<byte> value, TextColumn to)
    {
        var count = 0;
        foreach (var c in value)
        {
            // Letters beyond ASCII cannot be told apart one to one in as many characters.
            if (c >= 0x80)
            {
                Scrambling.Write(values.Draw(value), value, to);
                return;
            }

            count += char.IsAsciiLetterOrDigit((char)c) ? 1 : 0;
        }

        to.Append(value);
        if (count == 0)
            return;
        var text = to.Current[^value.Length..];
        var pieces = (count + Most - 1) / Most;
        for (var (piece, at) = (0, 0); piece < pieces; piece++)
            at = Piece(text, at, (count * (piece + 1) / pieces) - (count * piece / pieces));
    }

    /// <summary>Permutes the next letters and digits in place; returns where they end.</summary>
    private int Piece(Span<byte> text, int from, int count)
    {
        UInt128 number = 0;
        UInt128 size = 1;
        var end = from;
        for (var left = count; left > 0; end++)
        {
            if (Radix(text[end]) is not (> 0 and var radix))
                continue;
            number = (number * (uint)radix) + (uint)Numeral(text[end]);
            size *= (uint)radix;
            left--;
        }

        number = map.Map(number, size);
        for (var at = end - 1; at >= from; at--)
        {
            if (Radix(text[at]) is not (> 0 and var radix))
                continue;
            (number, var numeral) = UInt128.DivRem(number, (uint)radix);
            text[at] = (byte)(First(text[at]) + (int)numeral);
        }

        return end;
    }

    private static int Radix(byte c) => c switch { >= (byte)'0' and <= (byte)'9' => 10, >= (byte)'a' and <= (byte)'z' or >= (byte)'A' and <= (byte)'Z' => 26, _ => 0 };

    private static int Numeral(byte c) => c - First(c);

    private static byte First(byte c) => c <= '9' ? (byte)'0' : c <= 'Z' ? (byte)'A' : (byte)'a';
}
