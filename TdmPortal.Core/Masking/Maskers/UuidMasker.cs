using TdmPortal.Core.Generation;
using TdmPortal.Core.Generators;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Masking.Maskers;

/// <summary>UUIDs: the 122 bits that are not version and variant are permuted.</summary>
internal static class UuidMasker
{
    public static MaskerDefinition Definition { get; } = MaskerForm.Make("uuid", "Other UUID", MaskerForm.KeepForm, "Another UUID of the same version, different for each.", Kinds.Id,
        MaskerTraits.Consistent | MaskerTraits.OneToOne | MaskerTraits.KeepsForm | MaskerTraits.Reversible, "3f2504e0-4f89-41d3-9a0c-0305e82c3301",
        static context => context.Column.Type == FieldType.Uuid ? new Wide(context) : new Text(context), synonyms: "GUID, key, identifier");

    /// <summary>Permutes all bits but the version's four and the variant's two.</summary>
    private static UInt128 Map(NumberMap map, UInt128 value)
    {
        var (high, low) = ((ulong)(value >> 64), (ulong)value);
        var free = ((UInt128)(((high >> 16) << 12) | (high & 0xFFF)) << 62) | (low & 0x3FFF_FFFF_FFFF_FFFF);
        free = map.Map(free, UInt128.One << 122);
        var top = (ulong)(free >> 62);
        return new(((top >> 12) << 16) | (high & 0xF000) | (top & 0xFFF), (low & 0xC000_0000_0000_0000) | ((ulong)free & 0x3FFF_FFFF_FFFF_FFFF));
    }

    private sealed class Wide(MaskerContext context) : Masker
    {
        private readonly NumberMap map = new(context.Key);

        public override void Mask(MaskBatch batch, Column source, Column target)
        {
            target.Reset(batch.Count);
            var (from, to) = ((WideColumn)source, (WideColumn)target);
            for (var row = 0; row < batch.Count; row++)
            {
                if (from.IsNull(row))
                    to.SetNull(row);
                else
                    to.Values[row] = batch.Keeps(row) ? from.Values[row] : (Int128)Map(map, (UInt128)from.Values[row]);
            }
        }
    }

    private sealed class Text(MaskerContext context) : TextMasker(context.Column.MaxLength)
    {
        private readonly NumberMap map = new(context.Key);
        private readonly ValueKey values = context.Values;

        protected override void MaskValue(MaskBatch batch, int row, ReadOnlySpan<byte> value, TextColumn to)
        {
            UInt128 number = 0;
            var count = 0;
            foreach (var c in value)
            {
                if (HexDigits.Value(c) is >= 0 and var digit)
                    (number, count) = ((number << 4) | (uint)digit, count + 1);
            }

            if (count != 32)
            {
                Scrambling.Write(values.Draw(value), value, to);
                return;
            }

            number = Map(map, number);
            var small = value.IndexOfAnyInRange((byte)'A', (byte)'F') < 0;
            to.Append(value);
            var text = to.Current[^value.Length..];
            for (var at = text.Length - 1; at >= 0; at--)
            {
                if (HexDigits.Value(text[at]) < 0)
                    continue;
                text[at] = HexDigits.Of((int)(number & 15), small);
                number >>= 4;
            }
        }
    }
}
