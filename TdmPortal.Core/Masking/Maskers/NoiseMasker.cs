using TdmPortal.Core.Generation;
using TdmPortal.Core.Generators;
using TdmPortal.Core.Quality;
using static TdmPortal.Core.Generators.Arguments;

namespace TdmPortal.Core.Masking.Maskers;

/// <summary>
/// Noise that leaves mean and variance as they are: y = m + √(1 − s²) (x − m) + c (z − a − b x), where z is a keyed normal draw of the
/// row, a + b x its regression on x, and c such that the variance is that of x. What is rounded or cut by the column moves both a little.
/// </summary>
internal sealed class NoiseMasker : ScaledNumbers
{
    private readonly double strength;
    private readonly RowKey? row;
    private readonly MaskingKey key;
    private Sums all = new(0, 0, 0, 0, 0, 0);

    private NoiseMasker(MaskerContext context, double strength, RowKey? row)
        : base(context) => (this.strength, this.row, key) = (strength, row, context.Key);

    public static MaskerDefinition Definition { get; } = MaskerForm.Make("noise", "Noise", MaskerForm.Numbers, "Numbers are changed by noise; the column's mean and variance stay.", MaskerForm.Numeric,
        MaskerTraits.MayKeepValue | MaskerTraits.LooksAtAllRows, "1200", Create,
        [
            Number("strength", "How much of the spread is noise: 0.1 moves most numbers by a tenth of the standard deviation.", 0.3, 0.01, 1),
            new("by", ArgumentKind.Text, "Columns that tell rows apart, parted by commas; the primary key where it is not given; where there is none, equal numbers move alike."),
        ], synonyms: "perturb, salary, amount, jitter, differential privacy");

    private static NoiseMasker? Create(MaskerContext context)
    {
        var share = context.Number("strength");
        var by = RowKey.Of(context, needed: false);
        return Refused(context) ? null : new NoiseMasker(context, share, by);
    }

    public override RowPass Preparation(int column) => new Pass(this, column);

    protected override double MaskValue(MaskBatch batch, int at, double value)
    {
        var (n, mean, noiseMean) = (all.Count, all.X / all.Count, all.Z / all.Count);
        var variance = (all.Xx / n) - (mean * mean);
        if (!(variance > 0))
            return value;
        var slope = ((all.Xz / n) - (mean * noiseMean)) / variance;
        var left = (all.Zz / n) - (noiseMean * noiseMean) - (slope * slope * variance);
        var scale = left > 1e-12 ? Math.Sqrt(strength * strength * variance / left) : 0;
        var rest = Draw(row is null ? key.Number(BitConverter.DoubleToInt64Bits(value)) : row.Number(batch, at)) - noiseMean - (slope * (value - mean));
        return mean + (Math.Sqrt(1 - (strength * strength)) * (value - mean)) + (scale * rest);
    }

    /// <summary>A normal number, within about eight standard deviations.</summary>
    private double Draw(UInt128 number) => DeterministicMath.NormalQuantile(Math.Clamp(key.Draw(number).Fraction(), 1e-15, 1 - 1e-15));

    private sealed record Sums(double Count, double X, double Z, double Xx, double Zz, double Xz)
    {
        public Sums Plus(Sums other) => new(Count + other.Count, X + other.X, Z + other.Z, Xx + other.Xx, Zz + other.Zz, Xz + other.Xz);
    }

    private sealed class Pass(NoiseMasker masker, int column) : RowPass
    {
        public override IReadOnlyList<int> Columns { get; } = [.. (masker.row?.Columns ?? []).Append(column).Distinct()];

        public override SegmentPass Begin() => new Segment(masker, column);

        public override void Take(SegmentPass segment) => masker.all = masker.all.Plus(((Segment)segment).Sums);
    }

    private sealed class Segment(NoiseMasker masker, int column) : SegmentPass
    {
        private double count, x, z, xx, zz, xz;

        public Sums Sums => new(count, x, z, xx, zz, xz);

        public override void Add(long firstRow, IReadOnlyList<Column?> columns, int rows)
        {
            var source = columns[column]!;
            for (var at = 0; at < rows; at++)
            {
                if (source.IsNull(at))
                    continue;
                var value = masker.Read(source, at);
                var noise = masker.Draw(masker.row is null ? masker.key.Number(BitConverter.DoubleToInt64Bits(value)) : masker.row.Number(columns, at));
                (count, x, z, xx, zz, xz) = (count + 1, x + value, z + noise, xx + (value * value), zz + (noise * noise), xz + (value * noise));
            }
        }
    }
}
