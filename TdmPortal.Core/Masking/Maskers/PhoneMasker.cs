using TdmPortal.Core.Generation;
using TdmPortal.Core.Generators;
using TdmPortal.Core.Generators.Addresses;

namespace TdmPortal.Core.Masking.Maskers;

/// <summary>Other digits at the end of a telephone number: country, area and the way it is written stay.</summary>
internal sealed class PhoneMasker(MaskerContext context) : DigitMasker(context)
{
    /// <summary>Digits that are masked: a subscriber's number, wherever it is written with the country and wherever without.</summary>
    private const int Subscriber = 7;
    private const int Fewest = 5;
    private const int Longest = 19;
    private static readonly byte[][] Codes = [.. Country.All.Select(country => System.Text.Encoding.ASCII.GetBytes(country.Dial[1..])).OrderByDescending(code => code.Length)];
    private readonly ValueKey values = context.Values;

    public static MaskerDefinition Definition { get; } = MaskerForm.Make("phone", "Other phone number", MaskerForm.KeepForm, "The last digits become others, different for each number; country, area, length and the way it is written stay.", Kinds.Text,
        MaskerTraits.Consistent | MaskerTraits.OneToOne | MaskerTraits.KeepsForm, "+49 171 3920017", static context => new PhoneMasker(context), synonyms: "telephone, mobile, fax, cell");

    protected override (ulong Number, int Digits) Read(ReadOnlySpan<byte> value) =>
        From(value) is >= 0 and var from ? DigitRun.Read(value[from..]) : default;

    protected override void Write(ReadOnlySpan<byte> value, ulong number, TextColumn to)
    {
        if (From(value) is >= 0 and var from)
        {
            to.Append(value);
            DigitRun.Write(number, to.Current[^value.Length..][from..]);
        }
        else
        {
            Scrambling.Write(values.Draw(value), value, to);
        }
    }

    /// <summary>From where on digits are masked; -1 where it is no phone number.</summary>
    private static int From(ReadOnlySpan<byte> value)
    {
        Span<byte> digits = stackalloc byte[Longest];
        var count = 0;
        foreach (var c in value)
        {
            if (char.IsAsciiDigit((char)c))
            {
                if (count == Longest)
                    return -1;
                digits[count++] = c;
            }
            else if (c >= 0x80 || char.IsAsciiLetter((char)c))
            {
                return -1;
            }
        }

        var masked = Math.Min(Subscriber, count - Kept(value.TrimStart((byte)' '), digits[..count]));
        if (masked < Fewest)
            return -1;
        var from = value.Length;
        while (masked > 0)
            masked -= char.IsAsciiDigit((char)value[--from]) ? 1 : 0;
        return from;
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
