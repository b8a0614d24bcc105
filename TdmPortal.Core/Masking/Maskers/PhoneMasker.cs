using TdmPortal.Core.Generation;
using TdmPortal.Core.Generators;
using TdmPortal.Core.Generators.Addresses;

namespace TdmPortal.Core.Masking.Maskers;

/// <summary>Other digits at the end of a telephone number: country, area and the way it is written stay.</summary>
internal sealed class PhoneMasker(MaskerContext context) : TextMasker(context.Column.MaxLength)
{
    /// <summary>Digits that are masked: a subscriber's number, wherever it is written with the country and wherever without.</summary>
    private const int Subscriber = 7;
    private const int Fewest = 5;
    private static readonly byte[][] Codes = [.. Country.All.Select(country => System.Text.Encoding.ASCII.GetBytes(country.Dial[1..])).OrderByDescending(code => code.Length)];
    private readonly NumberMap map = new(context.Key);
    private readonly ValueKey values = context.Values;

    public static MaskerDefinition Definition { get; } = MaskerForm.Make("phone", "Other phone number", MaskerForm.KeepForm, "The last digits become others, different for each number; country, area, length and the way it is written stay.", Kinds.Text,
        MaskerTraits.Consistent | MaskerTraits.OneToOne | MaskerTraits.KeepsForm, "+49 171 3920017", static context => new PhoneMasker(context), synonyms: "telephone, mobile, fax, cell");

    protected override void MaskValue(MaskBatch batch, int row, ReadOnlySpan<byte> value, TextColumn to)
    {
        Span<byte> digits = stackalloc byte[32];
        var count = 0;
        foreach (var c in value)
        {
            if (char.IsAsciiDigit((char)c) && count < digits.Length)
                digits[count++] = c;
            else if (c >= 0x80 || char.IsAsciiLetter((char)c))
                count = digits.Length;
        }

        var masked = Math.Min(Subscriber, count - Kept(value.TrimStart((byte)' '), digits[..Math.Min(count, digits.Length)]));
        if (masked < Fewest || count >= 20)
        {
            Scrambling.Write(values.Draw(value), value, to);
            return;
        }

        to.Append(value);
        var text = to.Current[^value.Length..];
        var from = text.Length;
        for (var left = masked; left > 0;)
            left -= char.IsAsciiDigit((char)text[--from]) ? 1 : 0;
        DigitRun.Permute(map, text[from..], masked);
    }

    /// <summary>Digits that stay: the country's prefix or the 0 before an area, and two of the area.</summary>
    private static int Kept(ReadOnlySpan<byte> value, ReadOnlySpan<byte> digits)
    {
        const int Area = 2;
        var abroad = value.StartsWith("+"u8) ? 0 : digits.StartsWith("00"u8) ? 2 : -1;
        if (abroad < 0)
            return Area + (digits.StartsWith("0"u8) ? 1 : 0);
        foreach (var code in Codes)
        {
            if (digits[abroad..].StartsWith(code))
                return abroad + code.Length + Area;
        }

        return abroad + Area + Area;
    }
}
