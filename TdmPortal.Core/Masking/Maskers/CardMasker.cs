using TdmPortal.Core.Generation;
using TdmPortal.Core.Generators;
using TdmPortal.Core.Generators.Finance;
using static TdmPortal.Core.Generators.Arguments;

namespace TdmPortal.Core.Masking.Maskers;

/// <summary>Payment cards: the issuer's digits stay, the others are permuted, the check digit is as right as it was.</summary>
internal sealed class CardMasker : TextMasker
{
    private readonly NumberMap map;
    private readonly ValueKey values;
    private readonly int issuer;

    private CardMasker(MaskerContext context, int issuer)
        : base(context.Column.MaxLength) => (map, values, this.issuer) = (new(context.Key), context.Values, issuer);

    public static MaskerDefinition Definition { get; } = MaskerForm.Make("card", "Other card number", MaskerForm.KeepForm, "The issuer's first digits, the length and the way it is written stay; the check digit (Luhn) is right; different for each card.", Kinds.Text,
        MaskerTraits.Consistent | MaskerTraits.OneToOne | MaskerTraits.KeepsForm, "4111 1111 1111 1111", Create,
        [Integer("issuer", "How many digits of the issuer (BIN) stay.", 6, 1, 8)], synonyms: "credit card, PAN, payment, BIN, Luhn");

    private static CardMasker? Create(MaskerContext context)
    {
        var kept = context.Integer("issuer");
        return context.Failed() ? null : new CardMasker(context, kept);
    }

    protected override void MaskValue(MaskBatch batch, int row, ReadOnlySpan<byte> value, TextColumn to)
    {
        Span<byte> digits = stackalloc byte[20];
        var count = 0;
        var strange = false;
        foreach (var c in value)
        {
            if (char.IsAsciiDigit((char)c) && count < digits.Length)
                digits[count++] = c;
            else
                strange |= c is not ((byte)' ' or (byte)'-' or (byte)'.');
        }

        if (strange || count is < 12 or > 19)
        {
            Scrambling.Write(values.Draw(value), value, to);
            return;
        }

        // A number whose check digit is off by something is one whose check digit is off by as much: so all stay apart.
        digits = digits[..count];
        var off = (digits[^1] - CheckDigits.Luhn(digits[..^1]) + 10) % 10;
        DigitRun.Permute(map, digits[issuer..^1], count - issuer - 1);
        digits[^1] = (byte)('0' + ((CheckDigits.Luhn(digits[..^1]) - '0' + off) % 10));
        var next = 0;
        foreach (var c in value)
            to.Append(char.IsAsciiDigit((char)c) ? digits[next++] : c);
    }
}
