using TdmPortal.Core.Generation;
using TdmPortal.Core.Generators;
using TdmPortal.Core.Schemas;
using static TdmPortal.Core.Generators.Arguments;

namespace TdmPortal.Core.Masking.Maskers;

/// <summary>Moments moved a little, each by its own keyed length of time.</summary>
internal sealed class TimeJitterMasker : NumberMasker
{
    private readonly ValueKey values;
    private readonly long most;
    private readonly long step;
    private readonly bool wraps;

    private TimeJitterMasker(MaskerContext context, long most)
    {
        (values, wraps) = (context.Values, context.Column.Type == FieldType.Time);
        step = context.Column.Type == FieldType.Date ? TimeText.Day : 1_000_000;
        // A time of day that moves by a whole day would stay.
        this.most = Math.Clamp(most / step, 1, wraps ? (TimeText.Day / step) - 1 : long.MaxValue / 4);
    }

    public static MaskerDefinition Definition { get; } = MaskerForm.Make("jitter", "Move a little", MaskerForm.Numbers, "Each moment moves by up to a length of time, to either side.", Kinds.AnyMoment,
        MaskerTraits.Consistent, "2025-11-03T08:15:30Z", Create, [Duration("most", "How far at most: 15m, 12h, 7d.", "1h")], synonyms: "noise, time, date, perturb");

    private static TimeJitterMasker? Create(MaskerContext context)
    {
        var length = context.Duration("most");
        if (length <= 0 && !context.Failed())
            context.Refuse("most", "must be above 0");
        return context.Failed() ? null : new TimeJitterMasker(context, length);
    }

    protected override long MaskValue(MaskBatch batch, int row, long value)
    {
        var draw = values.Draw(value);
        var moved = (long)draw.Below((ulong)(2 * most)) - most;
        moved = (moved < 0 ? moved : moved + 1) * (step == TimeText.Day ? 1 : step);
        return wraps ? (((value + moved) % TimeText.Day) + TimeText.Day) % TimeText.Day : value + moved;
    }
}
