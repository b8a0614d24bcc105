using TdmPortal.Core.Generation;
using TdmPortal.Core.Generators;
using TdmPortal.Core.Generators.Finance;
using static TdmPortal.Core.Generators.Arguments;

namespace TdmPortal.Core.Masking.Maskers;

/// <summary>IBANs: the country stays, the account's digits are permuted, national and international check digits are right.</summary>
internal sealed class IbanMasker(MaskerContext context, bool keepBank) : DigitMasker(context)
{
    private readonly NumberMap banks = new(context.Key.Derive("bank"));
    private readonly ValueKey values = context.Values;

    public static MaskerDefinition Definition { get; } = MaskerForm.Make("iban", "Other IBAN", MaskerForm.KeepForm, "Country, length and the way it is written stay, check digits are right; the bank stays or becomes another number.", Kinds.Text,
        MaskerTraits.Consistent | MaskerTraits.OneToOne | MaskerTraits.KeepsForm, "DE89 3704 0044 0532 0130 00", Create,
        [Flag("bank", "Whether the bank's code stays.", true)], synonyms: "bank account, SEPA");

    private static IbanMasker? Create(MaskerContext context)
    {
        var bank = context.Flag("bank");
        return context.Failed() ? null : new IbanMasker(context, bank);
    }

    protected override (ulong Number, int Digits) Read(ReadOnlySpan<byte> value)
    {
        Span<byte> iban = stackalloc byte[40];
        return Parts(value, iban, out var from, out var count) == 0 ? default : DigitRun.Read(iban.Slice(4 + from, count));
    }

    protected override void Write(ReadOnlySpan<byte> value, ulong number, TextColumn to)
    {
        Span<byte> iban = stackalloc byte[40];
        var size = Parts(value, iban, out var from, out var count);
        iban = iban[..size];
        var account = size == 0 ? default : iban[4..];
        if (size == 0 || DigitRun.Read(account.Slice(from, count)).Digits == 0)
        {
            Scrambling.Write(values.Draw(value), value, to);
            return;
        }

        DigitRun.Write(number, account.Slice(from, count));
        if (!keepBank)
            OtherBank(account[Math.Max(0, from - DigitRun.Most)..from]);
        if (IbanFormats.Length(iban) > 0)
            NationalChecks.Apply(iban, account);
        IbanSource.WriteCheck(iban);
        var next = 0;
        foreach (var c in value)
            to.Append(!char.IsAsciiLetterOrDigit((char)c) ? c : char.IsAsciiLetterLower((char)c) ? (byte)(iban[next++] | 0x20) : iban[next++]);
    }

    private void OtherBank(Span<byte> bank)
    {
        var (number, digits) = DigitRun.Read(bank);
        if (digits > 0)
            DigitRun.Write((ulong)banks.Map(number, DigitRun.Size(digits)), bank);
    }

    /// <summary>The whole number as it is worked with, and where in the account's part the run of free digits lies; letters stay, since they say which bank.</summary>
    /// <returns>How many characters; 0: it is no IBAN.</returns>
    private static int Parts(ReadOnlySpan<byte> value, Span<byte> iban, out int from, out int count)
    {
        (from, count) = (0, 0);
        var size = Compact(value, iban);
        if (size < 15 || !char.IsAsciiLetterUpper((char)iban[0]) || !char.IsAsciiLetterUpper((char)iban[1]) || (IbanFormats.Length(iban) is > 0 and var length && length != size - 4))
            return 0;
        (from, count) = IbanSource.Free(iban, size - 4);
        return from < 0 ? 0 : size;
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
