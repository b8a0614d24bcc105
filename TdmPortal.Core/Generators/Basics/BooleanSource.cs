using TdmPortal.Core.Generation;

namespace TdmPortal.Core.Generators.Basics;

/// <summary>True in a given share of rows.</summary>
internal sealed class BooleanSource(ulong threshold) : ValueSource
{
    public override UInt128? Capacity => 2;

    public static ValueSource? Create(SourceContext context)
    {
        var percent = context.Number("truePercent");
        return context.Failed() ? null : new BooleanSource(Randomness.Threshold(percent));
    }

    public override void Fill(Column target, ReadOnlySpan<long> rows, FillContext fill)
    {
        var values = ((LongColumn)target).Values;
        for (var i = 0; i < rows.Length; i++)
            values[i] = Randomness.Below(Randomness.Cell(fill.Key, rows[i]), threshold) ? 1 : 0;
    }

    public override bool HasOrder => true;

    public override void FillRanks(Column target, ReadOnlySpan<ulong> ranks, FillContext fill)
    {
        for (var i = 0; i < ranks.Length; i++)
            ((LongColumn)target).Values[i] = Randomness.Below(~ranks[i], threshold) ? 1 : 0;
    }

    public override void FillDistinct(Column target, ReadOnlySpan<UInt128> ranks, FillContext fill)
    {
        for (var i = 0; i < ranks.Length; i++)
            ((LongColumn)target).Values[i] = (long)ranks[i];
    }
}
