using System.Text;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Generators.Phrases;
using TdmPortal.Core.Generators.Vocabulary;

namespace TdmPortal.Core.Generators.Finance;

/// <summary>
/// International bank account numbers by ISO 13616: a country's account part, its national check digits where those are
/// known here (BE, ES, FR, IT, NO, PL, PT, FI, HR, SI), and the two check digits by ISO 7064 (mod 97-10).
/// </summary>
internal sealed class IbanSource : ValueSource
{
    private readonly byte[] country;
    private readonly Sequence account;
    private readonly bool spaces;
    private readonly int size;

    private IbanSource(string country, string format, bool spaces)
    {
        this.country = Encoding.ASCII.GetBytes(country);
        account = new([Phrase.Parse(format, _ => throw new InvalidOperationException("no lists here")), new Literal("")]);
        this.spaces = spaces;
        size = format.Length + 4;
    }

    // Digits that national checks overwrite do not count; a bound from below is enough for uniqueness.
    public override UInt128? Capacity => Pow(10, FreeDigits());

    public override int? LongestText => spaces ? size + ((size - 1) / 4) : size;

    public static ValueSource? Create(SourceContext context)
    {
        var code = context.OptionalText("country")?.ToUpperInvariant() is { Length: > 0 } given ? given : Locale.Get(context.Locale).Country;
        var format = IbanFormats.Find(code);
        if (format is null && context.Has("country"))
            return context.Refuse<ValueSource?>("country", $"\"{code}\" has no IBAN here; choose one of {string.Join(", ", IbanFormats.Countries)}", null);
        var source = format is null ? new IbanSource("DE", IbanFormats.Find("DE")!, context.Flag("spaces")) : new IbanSource(code, format, context.Flag("spaces"));
        if (context.MaxLength is { } length && source.LongestText > length)
            context.Report("schema.invalid_argument", $"an IBAN of {code} has {source.LongestText} characters, more than maxLength {length}", $"Raise maxLength to {source.LongestText}");
        return context.Failed() ? null : source;
    }

    public override void Fill(Column target, ReadOnlySpan<long> rows, FillContext fill)
    {
        Span<byte> iban = stackalloc byte[40];
        foreach (var row in rows)
        {
            var draw = new Draw(Randomness.Cell(fill.Key, row));
            account.Write(ref draw, iban[4..]);
            Finish((TextColumn)target, iban[..size]);
        }
    }

    public override void FillDistinct(Column target, ReadOnlySpan<UInt128> ranks, FillContext fill)
    {
        Span<byte> iban = stackalloc byte[40];
        foreach (var rank in ranks)
        {
            // The rank goes into digits that no check overwrites; the bank is the same for all.
            var draw = new Draw(fill.Key);
            account.Write(ref draw, iban[4..]);
            var (from, count) = Free();
            var rest = rank;
            for (var i = from + count - 1; i >= from; i--)
            {
                (rest, var digit) = UInt128.DivRem(rest, 10);
                iban[4 + i] = (byte)('0' + (int)digit);
            }

            Finish((TextColumn)target, iban[..size]);
        }
    }

    private void Finish(TextColumn target, Span<byte> iban)
    {
        country.CopyTo(iban);
        NationalChecks.Apply(country, iban[4..]);
        WriteCheck(iban);
        for (var i = 0; i < iban.Length; i++)
        {
            if (spaces && i > 0 && i % 4 == 0)
                target.Append((byte)' ');
            target.Append(iban[i]);
        }

        target.End();
    }

    /// <summary>Writes the third and fourth character: 98 minus the rest of the rearranged number divided by 97.</summary>
    public static void WriteCheck(Span<byte> iban)
    {
        iban[2] = iban[3] = (byte)'0';
        var check = 98 - Remainder(iban);
        iban[2] = (byte)('0' + (check / 10));
        iban[3] = (byte)('0' + (check % 10));
    }

    /// <summary>The number that a whole IBAN stands for modulo 97: 1 when it is right.</summary>
    public static int Remainder(ReadOnlySpan<byte> iban)
    {
        var rest = Remainder(0, iban[4..]);
        return (int)(Remainder(rest, iban[..4]) % 97);
    }

    /// <summary>Goes on with a text; divides only where the number would leave 64 bits.</summary>
    private static ulong Remainder(ulong rest, ReadOnlySpan<byte> text)
    {
        foreach (var c in text)
        {
            if (rest >= ulong.MaxValue / 1000)
                rest %= 97;
            rest = c >= 'A' ? rest * 100 + c - 'A' + 10 : rest * 10 + c - '0';
        }

        return rest;
    }

    /// <summary>A run of the account's digits that no national check overwrites.</summary>
    private (int From, int Count) Free() => Free(country, size - 4);

    /// <summary>As <see cref="Free()"/>, of a country's account part of a length.</summary>
    internal static (int From, int Count) Free(ReadOnlySpan<byte> country, int length) => ((country[0] << 8) | country[1]) switch
    {
        ('B' << 8) | 'E' => (3, 7),
        ('E' << 8) | 'S' => (10, 10),
        ('F' << 8) | 'R' => (10, 11),
        ('I' << 8) | 'T' => (11, 12),
        ('N' << 8) | 'O' => (4, 5),
        ('P' << 8) | 'L' => (8, 16),
        ('P' << 8) | 'T' => (8, 11),
        ('F' << 8) | 'I' => (6, 7),
        ('H' << 8) | 'R' => (7, 9),
        ('S' << 8) | 'I' => (5, 8),
        ('G' << 8) | 'B' or ('I' << 8) | 'E' => (10, 8),
        ('N' << 8) | 'L' => (5, 8),
        ('B' << 8) | 'R' => (13, 10),
        ('R' << 8) | 'O' or ('L' << 8) | 'V' or ('M' << 8) | 'T' or ('B' << 8) | 'G' => (length - 8, 8),
        _ => (length - 10, 10),
    };

    private int FreeDigits() => Free().Count;

    private static UInt128 Pow(uint n, int exponent)
    {
        UInt128 result = 1;
        for (var i = 0; i < exponent; i++)
            result *= n;
        return result;
    }
}
