using TdmPortal.Core.Quality.Profiling;

namespace TdmPortal.Core.Quality.Fidelity;

/// <summary>A column against the same one of a reference: the measures of SDMetrics, each 0..1, null where there is nothing to compare.</summary>
internal static class ColumnMeasures
{
    /// <summary>1 - the greatest difference between the shares of numbers up to any number.</summary>
    public static double? KSComplement(Distribution reference, Distribution data) =>
        reference.Count == 0 || data.Count == 0 ? null : 1 - Distribution.KolmogorovSmirnov(reference, data);

    /// <summary>1 - half the sum of the differences of the categories' shares.</summary>
    public static double? TVComplement(ProfiledColumn reference, ProfiledColumn data)
    {
        if (reference.Filled == 0 || data.Filled == 0)
            return null;
        var (apart, known) = (0.0, 0L);
        for (var place = 0; place < reference.Values.Hashes.Length; place++)
        {
            var rows = data.Values.Rows(reference.Values.Hashes[place]);
            apart += Math.Abs(((double)reference.Values.Counts[place] / reference.Filled) - ((double)rows / data.Filled));
            known += rows;
        }

        // The rest are categories that the reference does not have.
        return Bounded(1 - ((apart + ((double)(data.Filled - known) / data.Filled)) / 2));
    }

    /// <summary>Share of rows within the reference's least and greatest; nulls are out of it unless the reference has some.</summary>
    public static double? BoundaryAdherence(ProfiledColumn reference, ProfiledColumn data)
    {
        if (reference.Distribution is not { Count: > 0 } bounds || data.Distribution is not { Count: > 0 } spread)
            return null;
        var within = bounds.Least <= spread.Least && spread.Greatest <= bounds.Greatest ? spread.Count : Math.Max(0, spread.CountUpTo(bounds.Greatest) - spread.CountBelow(bounds.Least));
        return (double)within / (reference.Profile.Nulls > 0 ? spread.Count : data.Profile.Rows);
    }

    /// <summary>Share of rows whose category the reference has; null is one.</summary>
    public static double? CategoryAdherence(ProfiledColumn reference, ProfiledColumn data)
    {
        if (data.Profile.Rows == 0 || reference.Profile.Rows == 0)
            return null;
        var known = reference.Profile.Nulls > 0 ? data.Profile.Nulls : 0;
        foreach (var hash in reference.Values.Hashes)
            known += data.Values.Rows(hash);
        return (double)known / data.Profile.Rows;
    }

    /// <summary>How much of the stretch between the reference's ends the data's ends span.</summary>
    public static double? RangeCoverage(Distribution reference, Distribution data)
    {
        var width = reference.Greatest - reference.Least;
        return !(width > 0) || data.Count == 0 ? null : Math.Max(0, 1 - (Math.Max(0, (data.Least - reference.Least) / width) + Math.Max(0, (reference.Greatest - data.Greatest) / width)));
    }

    /// <summary>Share of the reference's categories that occur.</summary>
    public static double? CategoryCoverage(ProfiledColumn reference, ProfiledColumn data)
    {
        var found = 0;
        foreach (var hash in reference.Values.Hashes)
            found += data.Values.Rows(hash) > 0 ? 1 : 0;
        return reference.Values.Hashes.Length == 0 ? null : (double)found / reference.Values.Hashes.Length;
    }

    /// <summary>1 - the difference of the shares of nulls.</summary>
    public static double? MissingValueSimilarity(ColumnProfile reference, ColumnProfile data) =>
        reference.Rows == 0 || data.Rows == 0 ? null : 1 - Math.Abs(((double)reference.Nulls / reference.Rows) - ((double)data.Nulls / data.Rows));

    /// <summary>1 - the difference of a statistic over the width of the reference's numbers.</summary>
    public static double? StatisticSimilarity(Distribution reference, double? expected, double? found)
    {
        var width = reference.Greatest - reference.Least;
        return !(width > 0) || expected is null || found is null ? null : Math.Max(0, 1 - (Math.Abs(expected.Value - found.Value) / width));
    }

    private static double Bounded(double share) => Math.Clamp(share, 0, 1);
}
