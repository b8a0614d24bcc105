using TdmPortal.Core.Generation;
using TdmPortal.Core.Generators;
using TdmPortal.Core.Generators.Finance;
using static TdmPortal.Core.Generators.Arguments;

namespace TdmPortal.Core.Masking.Maskers;

/// <summary>Payment cards: the issuer's digits stay, the others are permuted, the check digit is as right as it was.</summary>
internal sealed class CardMasker(MaskerContext context, int issuer) : DigitMasker(context)
{
    private const int Longest = 19;
    private readonly ValueKey values = context.Values;

    public static MaskerDefinition Definition { get; } = MaskerForm.Make("card", "Other card number", MaskerForm.KeepForm, "The issuer's first digits, the length and the way it is written stay; the check digit (Luhn) is right; different for each card.", Kinds.Text,
        MaskerTraits.Consistent | MaskerTraits.OneToOne | MaskerTraits.KeepsForm, "4111 1111 1111 1111", Create,
        [Integer("issuer", "How many digits of the issuer (BIN) stay.", 6, 1, 8)], synonyms: "credit card, PAN, payment, BIN, Luhn");

    private static CardMasker? Create(MaskerContext context)
    {
        var kept = context.Integer("issuer");
        return context.Failed() ? null : new CardMasker(context, kept);
    }

    protected override (ulong Number, int Digits) Read(ReadOnlySpan<byte> value)
    {
        Span<byte> digits = stackalloc byte[Longest];
        var count = Compact(value, digits);
        return count == 0 ? default : DigitRun.Read(digits[issuer..(count - 1)]);
    }

    protected override void Write(ReadOnlySpan<byte> value, ulong number, TextColumn to)
    {
        Span<byte> digits = stackalloc byte[Longest];
        var count = Compact(value, digits);
        if (count == 0)
        {
            Scrambling.Write(values.Draw(value), value, to);
            return;
        }

        // A number whose check digit is off by something is one whose check digit is off by as much: so all stay apart.
        digits = digits[..count];
        var off = (digits[^1] - CheckDigits.Luhn(digits[..^1]) + 10) % 10;
        DigitRun.Write(number, digits[issuer..^1]);
        digits[^1] = (byte)('0' + ((CheckDigits.Luhn(digits[..^1]) - '0' + off) % 10));
        var next = 0;
        foreach (var c in value)
            to.Append(char.IsAsciiDigit((char)c) ? digits[next++] : c);
    }

    /// <summary>The digits; 0 where it is no card's number.</summary>
    private static int Compact(ReadOnlySpan<byte> value, Span<byte> digits)
    {
        var count = 0;
        foreach (var c in value)
        {
            if (char.IsAsciiDigit((char)c) && count < digits.Length)
                digits[count++] = c;
            else if (c is not ((byte)' ' or (byte)'-' or (byte)'.'))
                return 0;
        }

        return count < 12 ? 0 : count;
    }
}
