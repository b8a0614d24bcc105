using System.Text.Json;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Generators.Numbers;
using TdmPortal.Core.Generators.Phrases;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Generators.Dates;

/// <summary>Moments between two, more often in some of the equal parts of the time between than in others.</summary>
internal sealed class WeightedMomentSource(Distribution distribution, Func<double, double> quantile, long first, long last, long unit) : ValueSource
{
    private const int MostParts = 10_000;

    public static ValueSource? Create(SourceContext context, long from, long to)
    {
        var weights = context.Argument("weights") is { ValueKind: JsonValueKind.Array } list && list.EnumerateArray().All(item => item.ValueKind == JsonValueKind.Number) ? list.EnumerateArray().Select(item => item.GetDouble()).ToArray() : [];
        if (weights.Length is 0 or > MostParts || weights.Any(weight => !(weight >= 0)) || !(weights.Sum() > 0))
            return context.Refuse<ValueSource?>("weights", "\"weights\" must be a list of numbers that are not negative, one of them above 0", null);
        var unit = context.Type == FieldType.Date ? 1 : 1_000_000L;
        var (first, last) = context.Type == FieldType.Date ? (MomentSource.Days(from), MomentSource.Days(to)) : (from, to);

        // The last day or second is one as long as the others.
        var steps = ((last - first) / unit) + 1.0;
        double[] bounds = [.. Enumerable.Range(0, weights.Length + 1).Select(part => steps * part / weights.Length)];
        return new WeightedMomentSource(Distributions.Histogram(bounds, weights), Distributions.HistogramQuantile(bounds, weights), first, last, unit);
    }

    public override bool HasOrder => true;

    public override void Fill(Column target, ReadOnlySpan<long> rows, FillContext fill)
    {
        for (var i = 0; i < rows.Length; i++)
        {
            var draw = new Draw(Randomness.Cell(fill.Key, rows[i]));
            Set(target, i, distribution(ref draw));
        }
    }

    public override void FillRanks(Column target, ReadOnlySpan<ulong> ranks, FillContext fill)
    {
        for (var i = 0; i < ranks.Length; i++)
            Set(target, i, quantile(CorrelatedRanks.Share(ranks[i])));
    }

    private void Set(Column target, int row, double steps) => ((LongColumn)target).Values[row] = Math.Min(last, first + ((long)Math.Floor(steps) * unit));
}
