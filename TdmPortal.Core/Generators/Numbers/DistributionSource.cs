using TdmPortal.Core.Generation;
using TdmPortal.Core.Generators.Phrases;

namespace TdmPortal.Core.Generators.Numbers;

/// <summary>
/// Numbers by a distribution, drawn again while out of bounds (so the distribution is cut off, not heaped at the bounds),
/// at most 64 times, then held at the bound.
/// </summary>
internal sealed class DistributionSource(Distribution distribution, double min, double max, NumberScale scale, Func<double, double>? quantile = null) : ValueSource
{
    private const int Tries = 64;
    private const int Halvings = 60;

    // The shares that the bounds cut off.
    private readonly double below = quantile is null || double.IsInfinity(min) ? 0 : ShareBelow(quantile, min);
    private readonly double upTo = quantile is null || double.IsInfinity(max) ? 1 : ShareBelow(quantile, max);

    /// <summary>With bounds of its own.</summary>
    public static ValueSource Create(SourceContext context, Func<Distribution> distribution, double min, double max) => new DistributionSource(distribution(), min, max, new(context));

    /// <summary>With the bounds that the arguments give.</summary>
    /// <param name="quantile">The number that a share between 0 and 1 of all are below; null: the distribution has no order.</param>
    public static ValueSource? Create(SourceContext context, Func<Distribution> distribution, Func<Func<double, double>>? quantile = null)
    {
        var made = distribution();
        var min = context.OptionalNumber("min") ?? double.NegativeInfinity;
        var max = context.OptionalNumber("max") ?? double.PositiveInfinity;
        if (min > max)
            context.Refuse("min", FormattableString.Invariant($"\"min\" {min} is above \"max\" {max}"), false);
        return context.Failed() ? null : new DistributionSource(made, min, max, new(context), quantile?.Invoke());
    }

    public override bool HasOrder => quantile is not null;

    public override void FillRanks(Column target, ReadOnlySpan<ulong> ranks, FillContext fill)
    {
        for (var i = 0; i < ranks.Length; i++)
            scale.Set(target, i, Math.Clamp(quantile!(below + (CorrelatedRanks.Share(ranks[i]) * (upTo - below))), min, max));
    }

    private static double ShareBelow(Func<double, double> quantile, double bound)
    {
        var (low, high) = (0.0, 1.0);
        for (var i = 0; i < Halvings; i++)
        {
            var middle = (low + high) / 2;
            if (middle > 0 && quantile(middle) < bound)
                low = middle;
            else
                high = middle;
        }

        return low;
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
