using System.Globalization;
using TdmPortal.Core.Quality;
using TdmPortal.Core.Schemas;
using TdmPortal.Web.Controls;

namespace TdmPortal.Web.Quality;

/// <summary>How a column's values are spread, with a reference beside them over the same bars.</summary>
/// <param name="OfValues">Whether each bar is a value; else a stretch of numbers.</param>
/// <param name="OfLengths">Whether the stretches are of lengths of texts.</param>
/// <param name="Ends">Of stretches: the least, the middle and the greatest edge.</param>
public sealed record ColumnSpread(bool OfValues, bool OfLengths, IReadOnlyList<SpreadBar> Bars, IReadOnlyList<string> Ends)
{
    private const int MostValues = 8;
    private const int MostBars = 32;
    /// <summary>A most frequent value that has less than this of the rows says nothing.</summary>
    private const double LeastShare = 0.005;
    private const string OtherValues = "other values";

    /// <summary>Total variation distance to the reference, 0..1; 0 where bars of it are not known.</summary>
    public double Distance => Math.Min(1, Bars.Sum(bar => bar.Reference is { } reference ? Math.Abs(bar.Share - reference) : 0) / 2);

    /// <summary>Null where no row has a value, or all values differ so that no bar says more than another.</summary>
    public static ColumnSpread? Of(ColumnProfile profile, ColumnProfile? reference)
    {
        var rows = profile.Rows - profile.Nulls;
        if (rows <= 0)
            return null;
        var other = reference is not null && reference.Rows > reference.Nulls ? reference : null;
        if (profile.Histogram is { Counts.Count: > 0 } histogram && !profile.TopIsAll)
            return OfHistogram(histogram, other?.Histogram is { } h && h.OfLengths == histogram.OfLengths ? h : null, profile.Type);
        return profile.Top.Count > 0 && (profile.TopIsAll || profile.Top[0].Count >= rows * LeastShare) ? OfTop(profile, rows, other) : null;
    }

    private static ColumnSpread OfTop(ColumnProfile profile, long rows, ColumnProfile? reference)
    {
        var referenceRows = reference is null ? 0 : reference.Rows - reference.Nulls;
        var known = reference?.Top.ToDictionary(value => value.Value, value => (double)value.Count / referenceRows, StringComparer.Ordinal);
        double? ReferenceOf(string value) => known is null ? null : known.TryGetValue(value, out var share) ? share : reference!.TopIsAll ? 0 : null;
        var bars = profile.Top.Take(MostValues).Select(value => new SpreadBar(value.Value, (double)value.Count / rows, ReferenceOf(value.Value))).ToList();
        // What the reference often has and the data never: the gap is what the chart is for.
        if (profile.TopIsAll && known is not null)
            bars.AddRange(reference!.Top.Where(value => profile.Top.All(own => own.Value != value.Value)).Take(Math.Max(0, MostValues + 2 - bars.Count)).Select(value => new SpreadBar(value.Value, 0, known[value.Value])));
        var rest = 1 - bars.Sum(bar => bar.Share);
        if (rest > 1e-9)
            bars.Add(new(OtherValues, rest, bars.All(bar => bar.Reference is not null) && known is not null ? Math.Max(0, 1 - bars.Sum(bar => bar.Reference!.Value)) : null));
        return new(true, false, bars, []);
    }

    private static ColumnSpread OfHistogram(Histogram histogram, Histogram? reference, FieldType type)
    {
        var bars = Math.Min(MostBars, Math.Max(histogram.Counts.Count, reference?.Counts.Count ?? 0));
        var (least, greatest) = (histogram.Edges[0], histogram.Edges[^1]);
        if (reference is { Edges.Count: > 1 })
            (least, greatest) = (Math.Min(least, reference.Edges[0]), Math.Max(greatest, reference.Edges[^1]));
        if (greatest <= least)
            bars = 1;
        var edges = Enumerable.Range(0, bars + 1).Select(edge => least + ((greatest - least) * edge / bars)).ToArray();
        var shares = Rebin(histogram, edges);
        var others = reference is null ? null : Rebin(reference, edges);
        string Label(double edge) => EdgeText(type, edge, histogram.OfLengths);
        return new(false, histogram.OfLengths, [.. Enumerable.Range(0, bars).Select(bar => new SpreadBar($"{Label(edges[bar])} to {Label(edges[bar + 1])}", shares[bar], others?[bar]))], [Label(edges[0]), Label((edges[0] + edges[^1]) / 2), Label(edges[^1])]);
    }

    /// <summary>Shares over other edges: what a stretch holds is taken to lie evenly in it.</summary>
    private static double[] Rebin(Histogram histogram, double[] edges)
    {
        var shares = new double[edges.Length - 1];
        double all = Math.Max(1, histogram.Counts.Sum());
        for (var from = 0; from < histogram.Counts.Count; from++)
        {
            var (low, high) = (histogram.Edges[from], histogram.Edges[from + 1]);
            if (histogram.Counts[from] == 0)
                continue;
            for (var to = 0; to < shares.Length; to++)
            {
                var isLast = to == shares.Length - 1;
                var part = high <= low
                    ? low >= edges[to] && (low < edges[to + 1] || isLast) ? 1 : 0
                    : Math.Max(0, Math.Min(high, edges[to + 1]) - Math.Max(low, edges[to])) / (high - low);
                shares[to] += part * histogram.Counts[from] / all;
            }
        }

        return shares;
    }

    /// <summary>A number in the unit of a profile's mean, as text: days as a date, seconds as an instant or a time of day.</summary>
    public static string EdgeText(FieldType type, double value, bool ofLengths = false) => (ofLengths ? FieldType.Integer : type) switch
    {
        FieldType.Date when Math.Abs(value) < 3_000_000 => Day(value, "yyyy-MM-dd"),
        FieldType.Timestamp when Math.Abs(value) < 2.5e11 => Day(value / 86_400, "yyyy-MM-dd HH:mm"),
        FieldType.Time when value is >= 0 and <= 86_400 => TimeSpan.FromSeconds(Math.Min(value, 86_399)).ToString(@"hh\:mm", CultureInfo.InvariantCulture),
        _ => Math.Abs(value) is > 0 and < 1 ? value.ToString("0.###", CultureInfo.InvariantCulture) : Figures.Short(value),
    };

    private static string Day(double days, string format)
    {
        var ticks = DateTime.UnixEpoch.Ticks + (days * TimeSpan.TicksPerDay);
        return ticks >= 0 && ticks < DateTime.MaxValue.Ticks ? new DateTime((long)ticks, DateTimeKind.Utc).ToString(format, CultureInfo.InvariantCulture) : Figures.Short(days);
    }
}
