using TdmPortal.Core.Generation;

namespace TdmPortal.Core.Generators.Numbers;

/// <summary>IEEE doubles equally likely anywhere between two bounds, on a grid of 2⁵³ steps.</summary>
internal sealed class RealSource(double min, double max) : ValueSource
{
    private const double Step = 1.0 / (1UL << 53);

    // Where the bounds are too close for all steps to differ, how many differ is not known.
    public override UInt128? Capacity => min + ((max - min) * Step) > min && max - ((max - min) * Step) < max ? (UInt128)1 << 51 : null;

    public override void Fill(Column target, ReadOnlySpan<long> rows, FillContext fill)
    {
        var values = ((DoubleColumn)target).Values;
        for (var i = 0; i < rows.Length; i++)
            values[i] = min + (Randomness.Unit(Randomness.Cell(fill.Key, rows[i])) * (max - min));
    }

    public override bool HasOrder => true;

    public override void FillRanks(Column target, ReadOnlySpan<ulong> ranks, FillContext fill)
    {
        for (var i = 0; i < ranks.Length; i++)
            ((DoubleColumn)target).Values[i] = min + (Randomness.Unit(ranks[i]) * (max - min));
    }

    public override void FillDistinct(Column target, ReadOnlySpan<UInt128> ranks, FillContext fill)
    {
        // Every fourth step: neighbours stay apart after rounding.
        for (var i = 0; i < ranks.Length; i++)
            ((DoubleColumn)target).Values[i] = min + ((double)(ulong)ranks[i] * 4 * Step * (max - min));
    }
}
