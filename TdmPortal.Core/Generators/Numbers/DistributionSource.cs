using TdmPortal.Core.Generation;
using TdmPortal.Core.Generators.Phrases;

namespace TdmPortal.Core.Generators.Numbers;

/// <summary>
/// Numbers by a distribution, drawn again while out of bounds (so the distribution is cut off, not heaped at the bounds),
/// at most 64 times, then held at the bound.
/// </summary>
internal sealed class DistributionSource(Distribution distribution, double min, double max, NumberScale scale) : ValueSource
{
    private const int Tries = 64;

    /// <summary>With bounds of its own.</summary>
    public static ValueSource Create(SourceContext context, Func<Distribution> distribution, double min, double max) => new DistributionSource(distribution(), min, max, new(context));

    /// <summary>With the bounds that the arguments give.</summary>
    public static ValueSource? Create(SourceContext context, Func<Distribution> distribution)
    {
        var made = distribution();
        var min = context.OptionalNumber("min") ?? double.NegativeInfinity;
        var max = context.OptionalNumber("max") ?? double.PositiveInfinity;
        if (min > max)
            context.Refuse("min", FormattableString.Invariant($"\"min\" {min} is above \"max\" {max}"), false);
        return context.Failed() ? null : new DistributionSource(made, min, max, new(context));
    }

    public override void Fill(Column target, ReadOnlySpan<long> rows, FillContext fill)
    {
        for (var i = 0; i < rows.Length; i++)
        {
            var draw = new Draw(Randomness.Cell(fill.Key, rows[i]));
            var value = distribution(ref draw);
            for (var tries = 1; !(value >= min && value <= max) && tries < Tries; tries++)
                value = distribution(ref draw);
            scale.Set(target, i, Math.Clamp(value, min, max));
        }
    }
}
