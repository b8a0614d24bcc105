using TdmPortal.Core.Generation;
using TdmPortal.Core.Generators;
using TdmPortal.Core.Generators.Finance;

namespace TdmPortal.Core.Masking.Maskers;

/// <summary>Vehicle identification numbers (ISO 3779): the maker stays, the rest is drawn, the check digit is right.</summary>
internal sealed class VinMasker(MaskerContext context) : TextMasker(context.Column.MaxLength)
{
    private const int Length = 17;
    private readonly ValueKey values = context.Values;

    private static ReadOnlySpan<byte> Letters => "ABCDEFGHJKLMNPRSTUVWXYZ"u8;

    public static MaskerDefinition Definition { get; } = MaskerForm.Make("vin", "Other vehicle number", MaskerForm.KeepForm, "Another vehicle identification number of the same maker, with its check digit.", Kinds.Text,
        MaskerTraits.Consistent | MaskerTraits.KeepsForm, "1M8GDM9AXKP042788", static context => new VinMasker(context), synonyms: "chassis, car, vehicle");

    protected override void MaskValue(MaskBatch batch, int row, ReadOnlySpan<byte> value, TextColumn to)
    {
        var draw = values.Draw(value);
        if (value.Length != Length || !IsAlphanumeric(value))
        {
            Scrambling.Write(draw, value, to);
            return;
        }

        to.Append(value);
        var text = to.Current[^Length..];
        for (var i = 0; i < 3; i++)
            text[i] = char.IsAsciiLetterLower((char)text[i]) ? (byte)(text[i] & 0x5F) : text[i];
        for (var i = 3; i < Length; i++)
            text[i] = char.IsAsciiDigit((char)value[i]) ? (byte)('0' + (int)draw.Below(10)) : Letters[(int)draw.Below((ulong)Letters.Length)];
        foreach (ref var c in text[..3])
            c = c is (byte)'I' or (byte)'O' or (byte)'Q' ? (byte)'X' : c;
        Checks.Vin(text);
        LetterCase.Like(value, text);
    }

    private static bool IsAlphanumeric(ReadOnlySpan<byte> text)
    {
        foreach (var c in text)
        {
            if (!char.IsAsciiLetterOrDigit((char)c))
                return false;
        }

        return true;
    }
}
