using TdmPortal.Core.Generation;
using TdmPortal.Core.Schemas;
using static TdmPortal.Core.Generators.Arguments;

namespace TdmPortal.Core.Masking.Maskers;

/// <summary>Coordinates with fewer digits after the point.</summary>
internal static class GeoMasker
{
    public static MaskerDefinition Definition { get; } = MaskerForm.Make("geo", "Coarser place", MaskerForm.Generalise, "Coordinates keep few digits after the point: 2 is about a kilometre, 1 about eleven.", [FieldType.Double, FieldType.Decimal, FieldType.String],
        MaskerTraits.Consistent | MaskerTraits.MayKeepValue, "52.520008", Create, [Integer("digits", "How many digits after the point stay.", 1, 0, 4)], synonyms: "latitude, longitude, coordinates, GPS, location");

    private static Masker? Create(MaskerContext context)
    {
        var digits = context.Integer("digits");
        if (context.Column.Type == FieldType.String)
            return context.Failed() ? null : new Texts(context, digits);
        return Numbers.Make(context, digits);
    }

    private sealed class Numbers : ScaledNumbers
    {
        private readonly double power;

        private Numbers(MaskerContext context, int digits)
            : base(context) => power = PowersOfTen.Long(digits);

        public static Numbers? Make(MaskerContext context, int digits) => Refused(context) ? null : new Numbers(context, digits);

        protected override double MaskValue(MaskBatch batch, int row, double value) => Math.Floor((value * power) + 0.5) / power;
    }

    /// <summary>"52.520008, 13.404954" and the like: digits behind the ones that stay go.</summary>
    private sealed class Texts(MaskerContext context, int digits) : TextMasker(context.Column.MaxLength)
    {
        protected override void MaskValue(MaskBatch batch, int row, ReadOnlySpan<byte> value, TextColumn to)
        {
            var left = int.MaxValue;
            foreach (var c in value)
            {
                if (!char.IsAsciiDigit((char)c))
                    left = c == '.' ? digits : int.MaxValue;
                else if (left-- <= 0)
                    continue;
                if (c != '.' || digits > 0)
                    to.Append(c);
            }
        }
    }
}
