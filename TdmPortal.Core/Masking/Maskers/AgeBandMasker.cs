using System.Buffers.Text;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Generators.Phrases;
using TdmPortal.Core.Schemas;
using static TdmPortal.Core.Generators.Arguments;

namespace TdmPortal.Core.Masking.Maskers;

/// <summary>Ages in bands, the oldest in one of their own (HIPAA: 90 and above).</summary>
internal static class AgeBandMasker
{
    public static MaskerDefinition Definition { get; } = MaskerForm.Make("age_band", "Age bands", MaskerForm.Generalise, "An age becomes the first year of its band, in texts the whole band: 30-39; from a limit on all are one band: 90+.", [FieldType.Integer, FieldType.String],
        MaskerTraits.Consistent | MaskerTraits.MayKeepValue, "37", Create, [Integer("size", "Years of a band.", 10, 2, 50), Integer("top", "From which age on all are one band.", 90, 1, 150)], synonyms: "age, years, band, group");

    private static Masker? Create(MaskerContext context)
    {
        var (size, top) = (context.Integer("size"), context.Integer("top"));
        return context.Failed() ? null : context.Column.Type == FieldType.Integer ? new Whole(size, top) : new Texts(context, size, top);
    }

    private sealed class Whole(int size, int top) : NumberMasker
    {
        protected override long MaskValue(MaskBatch batch, int row, long value) => value >= top ? top : value < 0 ? 0 : value / size * size;
    }

    private sealed class Texts(MaskerContext context, int size, int top) : TextMasker(context.Column.MaxLength)
    {
        private readonly ValueKey values = context.Values;

        protected override void MaskValue(MaskBatch batch, int row, ReadOnlySpan<byte> value, TextColumn to)
        {
            if (!Utf8Parser.TryParse(value.Trim((byte)' '), out int age, out var read) || read != value.Trim((byte)' ').Length || age < 0)
            {
                Scrambling.Write(values.Draw(value), value, to);
                return;
            }

            var from = age >= top ? top : age / size * size;
            to.Advance(Utf8.Write((ulong)from, to.Reserve(10)));
            if (age >= top)
            {
                to.Append((byte)'+');
                return;
            }

            to.Append((byte)'-');
            to.Advance(Utf8.Write((ulong)Math.Min(from + size, top) - 1, to.Reserve(10)));
        }
    }
}
