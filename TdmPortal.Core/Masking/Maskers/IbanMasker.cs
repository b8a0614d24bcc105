using TdmPortal.Core.Generation;
using TdmPortal.Core.Generators;
using TdmPortal.Core.Generators.Finance;
using static TdmPortal.Core.Generators.Arguments;

namespace TdmPortal.Core.Masking.Maskers;

/// <summary>IBANs: the country stays, the account's digits are permuted, national and international check digits are right.</summary>
internal sealed class IbanMasker : TextMasker
{
    private readonly NumberMap map;
    private readonly NumberMap banks;
    private readonly ValueKey values;
    private readonly bool keepBank;

    private IbanMasker(MaskerContext context, bool keepBank)
        : base(context.Column.MaxLength) => (map, banks, values, this.keepBank) = (new(context.Key), new(context.Key.Derive("bank")), context.Values, keepBank);

    public static MaskerDefinition Definition { get; } = MaskerForm.Make("iban", "Other IBAN", MaskerForm.KeepForm, "Country, length and the way it is written stay, check digits are right; the bank stays or becomes another number.", Kinds.Text,
        MaskerTraits.Consistent | MaskerTraits.OneToOne | MaskerTraits.KeepsForm, "DE89 3704 0044 0532 0130 00", Create,
        [Flag("bank", "Whether the bank's code stays.", true)], synonyms: "bank account, SEPA");

    private static IbanMasker? Create(MaskerContext context)
    {
        var bank = context.Flag("bank");
        return context.Failed() ? null : new IbanMasker(context, bank);
    }

    protected override void MaskValue(MaskBatch batch, int row, ReadOnlySpan<byte> value, TextColumn to)
    {
        Span<byte> iban = stackalloc byte[40];
        var size = Compact(value, iban);
        iban = iban[..Math.Max(size, 0)];
        var known = size < 15 || !char.IsAsciiLetterUpper((char)iban[0]) || !char.IsAsciiLetterUpper((char)iban[1]) ? -1 : IbanFormats.Length(iban);
        if (known < 0 || (known > 0 && known != size - 4))
        {
            Scrambling.Write(values.Draw(value), value, to);
            return;
        }

        var account = iban[4..];
        var (from, count) = IbanSource.Free(iban, account.Length);
        if (from < 0 || !Permute(map, account.Slice(from, count)))
        {
            Scrambling.Write(values.Draw(value), value, to);
            return;
        }

        if (!keepBank)
            Permute(banks, account[..from]);
        if (known > 0)
            NationalChecks.Apply(iban, account);
        IbanSource.WriteCheck(iban);
        var next = 0;
        foreach (var c in value)
            to.Append(!char.IsAsciiLetterOrDigit((char)c) ? c : char.IsAsciiLetterLower((char)c) ? (byte)(iban[next++] | 0x20) : iban[next++]);
    }

    /// <summary>Digits become digits; letters stay, since they say which bank. False where there are no digits.</summary>
    private static bool Permute(NumberMap map, Span<byte> text)
    {
        var count = 0;
        foreach (var c in text)
            count += char.IsAsciiDigit((char)c) ? 1 : 0;
        return DigitRun.Permute(map, text, count);
    }

    /// <summary>Capitals and digits without what stands between; -1 where there is something else or too much.</summary>
    private static int Compact(ReadOnlySpan<byte> value, Span<byte> to)
    {
        var size = 0;
        foreach (var c in value)
        {
            if (c is (byte)' ' or (byte)'-')
                continue;
            if (!char.IsAsciiLetterOrDigit((char)c) || size == 34)
                return -1;
            to[size++] = char.IsAsciiLetterLower((char)c) ? (byte)(c & 0x5F) : c;
        }

        return size;
    }
}
