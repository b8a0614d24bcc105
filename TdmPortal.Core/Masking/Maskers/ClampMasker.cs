using static TdmPortal.Core.Generators.Arguments;

namespace TdmPortal.Core.Masking.Maskers;

/// <summary>Bottom and top coding: the few lowest and highest numbers, by which somebody may be known, become the bounds.</summary>
internal sealed class ClampMasker : ScaledNumbers
{
    private readonly double min;
    private readonly double max;

    private ClampMasker(MaskerContext context, double min, double max)
        : base(context) => (this.min, this.max) = (min, max);

    public static MaskerDefinition Definition { get; } = MaskerForm.Make("clamp", "Bottom and top coding", MaskerForm.Generalise, "Numbers below the least become it and those above the most become that; all others stay.", MaskerForm.Numeric,
        MaskerTraits.Consistent | MaskerTraits.MayKeepValue, "104", Create, [Number("min", "The least."), Number("max", "The most.")], """{"max":90}""", "cap, limit, top code, winsorize");

    private static ClampMasker? Create(MaskerContext context)
    {
        var (least, most) = (context.OptionalNumber("min"), context.OptionalNumber("max"));
        if (least is null && most is null && !context.Failed())
            context.Refuse("max", "or \"min\" must be given");
        if (least > most)
            context.Refuse("min", "must not be above \"max\"");
        return Refused(context) ? null : new ClampMasker(context, least ?? double.NegativeInfinity, most ?? double.PositiveInfinity);
    }

    protected override double MaskValue(MaskBatch batch, int row, double value) => Math.Clamp(value, min, max);
}
