using TdmPortal.Core.Errors;
using TdmPortal.Core.Generation;

namespace TdmPortal.Core.Masking.Maskers;

/// <summary>
/// Texts: the letters and digits are one number whose digits have 26 or 10 values each, permuted below its size; so a text becomes one
/// of the same form. Long texts are taken in pieces of at most 24 characters.
/// </summary>
/// <param name="permute">Texts of a form with fewer values than FF1 may be used for are permuted in another way; else they are refused.</param>
internal sealed class FpeTextMasker(MaskerContext context, bool permute) : TextMasker(context.Column.MaxLength)
{
    private readonly string column = context.Column.Name;
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

        if (count == 0)
        {
            Scrambling.Write(values.Draw(value), value, to);
            return;
        }

        to.Append(value);
        var text = to.Current[^value.Length..];
        var pieces = (count + CharacterNumber.Most - 1) / CharacterNumber.Most;
        for (var (piece, at) = (0, 0); piece < pieces; piece++)
            at = Piece(text, at, (count * (piece + 1) / pieces) - (count * piece / pieces));
    }

    /// <summary>Permutes the next letters and digits in place; returns where they end.</summary>
    private int Piece(Span<byte> text, int from, int count)
    {
        var end = from;
        for (; count > 0; end++)
            count -= char.IsAsciiLetterOrDigit((char)text[end]) ? 1 : 0;
        var piece = text[from..end];
        var (number, size) = CharacterNumber.Read(piece);
        if (size < Ff1.LeastDomain && !permute)
            throw new PortalException("masking.domain_too_small", $"{column} has a value of {piece.Length} characters, and of that form there are fewer than a million, too few for FF1. {FpeMasker.Fallback}.") { SuggestedActions = [FpeMasker.Fallback] };
        CharacterNumber.Write(piece, map.Map(number, size));
        return end;
    }
}
