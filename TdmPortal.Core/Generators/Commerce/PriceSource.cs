using TdmPortal.Core.Generation;
using TdmPortal.Core.Generators.Numbers;

namespace TdmPortal.Core.Generators.Commerce;

/// <summary>Prices: many small ones and few large ones (evenly on a logarithmic scale), ending as prices do.</summary>
internal sealed class PriceSource(double min, double max, bool ending, NumberScale scale) : ValueSource
{
    public static ValueSource? Create(SourceContext context, bool ending)
    {
        var (min, max) = (context.Number("min"), context.Number("max"));
        if (min > max)
            context.Refuse("min", FormattableString.Invariant($"\"min\" {min} is above \"max\" {max}"), false);
        return context.Failed() ? null : new PriceSource(min, max, ending, new(context));
    }

    public override void Fill(Column target, ReadOnlySpan<long> rows, FillContext fill)
    {
        ReadOnlySpan<double> endings = [0.99, 0.99, 0.99, 0.95, 0.95, 0.49, 0.50, 0.00];
        var low = DeterministicMath.Log(min + 1);
        var high = DeterministicMath.Log(max + 1);
        for (var i = 0; i < rows.Length; i++)
        {
            var cell = Randomness.Cell(fill.Key, rows[i]);
            var value = DeterministicMath.Exp(low + (Randomness.Unit(cell) * (high - low))) - 1;
            if (ending)
                value = Math.Floor(value) + endings[(int)(Randomness.Next(cell, 0) & 7)];
            scale.Set(target, i, Math.Clamp(value, min, max));
        }
    }
}
