using TdmPortal.Core.Generation;
using TdmPortal.Core.Generators;
using static TdmPortal.Core.Generators.Arguments;

namespace TdmPortal.Core.Masking.Maskers;

/// <summary>MAC addresses: six pairs of hexadecimal digits, however they are parted.</summary>
internal sealed class MacMasker : TextMasker
{
    private readonly NumberMap map;
    private readonly ValueKey values;
    private readonly int kept;

    private MacMasker(MaskerContext context, bool vendor)
        : base(context.Column.MaxLength) => (map, values, kept) = (new(context.Key), context.Values, vendor ? 6 : 0);

    public static MaskerDefinition Definition { get; } = MaskerForm.Make("mac", "Other MAC address", MaskerForm.KeepForm, "Another hardware address, different for each; the maker's part stays or not.", Kinds.Text,
        MaskerTraits.Consistent | MaskerTraits.OneToOne | MaskerTraits.KeepsForm, "00:1A:2B:3C:4D:5E", Create, [Flag("vendor", "Whether the first three pairs, which say the maker, stay.", true)], synonyms: "hardware address, ethernet, device");

    private static MacMasker? Create(MaskerContext context)
    {
        var vendor = context.Flag("vendor");
        return context.Failed() ? null : new MacMasker(context, vendor);
    }

    protected override void MaskValue(MaskBatch batch, int row, ReadOnlySpan<byte> value, TextColumn to)
    {
        UInt128 number = 0;
        var count = 0;
        foreach (var c in value)
        {
            if (HexDigits.Value(c) >= 0 && count++ >= kept)
                number = (number << 4) | (uint)HexDigits.Value(c);
        }

        if (count != 12)
        {
            Scrambling.Write(values.Draw(value), value, to);
            return;
        }

        number = map.Map(number, UInt128.One << ((12 - kept) * 4));
        to.Append(value);
        var text = to.Current[^value.Length..];
        var small = value.IndexOfAnyInRange((byte)'a', (byte)'f') >= 0;
        for (var (at, digit) = (text.Length - 1, 11); digit >= kept; at--)
        {
            if (HexDigits.Value(text[at]) < 0)
                continue;
            text[at] = HexDigits.Of((int)(number & 15), small);
            number >>= 4;
            digit--;
        }
    }
}
