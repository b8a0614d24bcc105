using TdmPortal.Core.Generation;
using TdmPortal.Core.Generators.Numbers;

namespace TdmPortal.Core.Generators.Basics;

/// <summary>start + row × step.</summary>
internal sealed class SequenceSource(long start, long step, NumberScale scale) : ValueSource
{
    /// <summary>As many as the field has room for: further ones would not be written as they are counted.</summary>
    public override UInt128? Capacity => step switch
    {
        0 => 1,
        > 0 => start > scale.Largest ? 0 : (UInt128)((scale.Largest - start) / step) + 1,
        _ => start < -scale.Largest ? 0 : (UInt128)((start + scale.Largest) / -(Int128)step) + 1,
    };

    public override bool IsDistinct => step != 0;

    /// <summary>Null without a report when it counts within a parent: that one is the engine's.</summary>
    public static ValueSource? Create(SourceContext context)
    {
        if (context.Has("within"))
            return null;
        var (start, step) = (context.Integer("start"), context.Integer("step"));
        return context.Failed() ? null : new SequenceSource(start, step, new(context));
    }

    public override void Fill(Column target, ReadOnlySpan<long> rows, FillContext fill)
    {
        if (target is LongColumn longs && scale.Factor == 1)
        {
            var values = longs.Values;
            for (var i = 0; i < rows.Length; i++)
                values[i] = unchecked(start + (rows[i] * step));
            return;
        }

        for (var i = 0; i < rows.Length; i++)
            scale.Set(target, i, unchecked(start + (rows[i] * step)));
    }

    public override void FillDistinct(Column target, ReadOnlySpan<UInt128> ranks, FillContext fill)
    {
        for (var i = 0; i < ranks.Length; i++)
            scale.Set(target, i, unchecked(start + ((long)ranks[i] * step)));
    }
}
