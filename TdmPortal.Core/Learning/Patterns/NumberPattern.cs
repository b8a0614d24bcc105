using System.Globalization;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Quality.Profiling;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Learning.Patterns;

/// <summary>Numbers and dates as bars whose bounds are rounded, so that no number of the sample stands in the document because it was in the sample.</summary>
internal static class NumberPattern
{
    private const int Bars = 40;
    private const int CoarseBars = 8;

    /// <summary>A value of more than this share of rows has a bar of its own.</summary>
    private const double LargeShare = 0.03;

    /// <summary>Bars of about equally many rows.</summary>
    /// <param name="coarse">Few bars and two digits: for what is somebody's.</param>
    public static ProposedGenerator? Histogram(Distribution spread, FieldType type, int scale, bool coarse)
    {
        if (spread.Count == 0)
            return null;
        var unit = type switch
        {
            FieldType.Integer => 1,
            FieldType.Decimal => 1 / (double)PowersOfTen.Wide(Math.Min(scale, 18)),
            _ => 0,
        };
        var bars = coarse ? CoarseBars : (int)Math.Clamp(spread.Count / 10, 4, Bars);
        var width = spread.Quantile(0.99) - spread.Quantile(0.01);
        var grid = Grid(width > 0 ? width : Math.Max(Math.Abs(spread.Greatest), 1), coarse ? 20 : 500, unit);
        var bounds = new SortedSet<double>();
        for (var bar = 0; bar <= bars; bar++)
        {
            var at = spread.Quantile(Math.Clamp((double)bar / bars, 0.0001, 1));
            if (!coarse && (double)(spread.CountUpTo(at) - spread.CountBelow(at)) / spread.Count > LargeShare)
            {
                var half = unit > 0 ? unit / 2 : Math.Max(Math.Abs(at), 1e-6) * 1e-9;
                bounds.Add(Shown(at - half));
                bounds.Add(Shown(at + half));
            }
            else
            {
                // Half a unit less: what lies between is rounded to what is at least as great as the bound.
                bounds.Add(Shown((Math.Round(at / grid) * grid) - (unit / 2)));
            }
        }

        // The ends are rounded more coarsely, and what lies far out is not told at all.
        var ends = Grid(width > 0 ? width : Math.Max(Math.Abs(spread.Greatest), 1), 20, unit);
        var least = Math.Max(spread.Least, spread.Quantile(0.01) - (3 * width));
        var greatest = Math.Min(spread.Greatest, spread.Quantile(0.99) + (3 * width));
        bounds.Add(Shown((Math.Floor(least / ends) * ends) - (unit / 2)));
        bounds.Add(Shown((Math.Ceiling(greatest / ends) * ends) + (unit / 2)));
        var edges = bounds.ToList();
        if (edges.Count < 2)
            return null;
        var weights = new List<double>();
        for (var bar = 0; bar + 1 < edges.Count; bar++)
            weights.Add(spread.CountBelow(edges[bar + 1]) - spread.CountBelow(edges[bar]));
        while (weights.Count > 1 && weights[0] == 0)
            (weights, edges) = (weights[1..], edges[1..]);
        while (weights.Count > 1 && weights[^1] == 0)
            (weights, edges) = (weights[..^1], edges[..^1]);
        if (!(weights.Sum() > 0))
            return null;
        var all = weights.Sum();
        return new("number.histogram", ArgumentText.Of(("bounds", edges), ("weights", weights.Select(weight => Math.Round(weight / all * 10_000, 1)).ToList())),
            $"the values are spread like {weights.Count} bars of the sample, with rounded bounds", 0.8);
    }

    /// <summary>Dates and times between rounded ends, with parts that are more or less full.</summary>
    public static ProposedGenerator? Moments(Distribution spread, FieldType type, bool coarse)
    {
        if (spread.Count == 0)
            return null;
        if (type == FieldType.Time)
            return Between(spread, 0, 86_399, seconds => TimeOnly.MinValue.Add(TimeSpan.FromSeconds(seconds)).ToString("HH:mm:ss", CultureInfo.InvariantCulture), 24, coarse);
        var day = type == FieldType.Date ? 1.0 : 86_400;
        var (least, greatest) = (Day(spread.Least / day), Day(spread.Greatest / day));
        // Whole months, of what is somebody's whole years.
        var (from, to) = coarse || greatest.DayNumber - least.DayNumber > 3650
            ? (new DateOnly(least.Year, 1, 1), new DateOnly(greatest.Year, 12, 31))
            : (new DateOnly(least.Year, least.Month, 1), new DateOnly(greatest.Year, greatest.Month, DateTime.DaysInMonth(greatest.Year, greatest.Month)));
        var epoch = new DateOnly(1970, 1, 1).DayNumber;
        var (first, last) = ((from.DayNumber - epoch) * day, ((to.DayNumber - epoch + (type == FieldType.Date ? 0 : 1)) * day) - (type == FieldType.Date ? 0 : 1));
        return Between(spread, first, last, at => type == FieldType.Date
            ? Day(at).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
            : DateTime.UnixEpoch.AddSeconds(at).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture), coarse ? CoarseBars : Bars, coarse);
    }

    private static ProposedGenerator Between(Distribution spread, double first, double last, Func<double, string> text, int parts, bool coarse)
    {
        parts = (int)Math.Clamp(Math.Min(parts, spread.Count / 10), 1, Math.Max(1, last - first + 1));
        var weights = new double[parts];
        var most = 0.0;
        for (var part = 0; part < parts; part++)
        {
            var (from, to) = (first + ((last - first + 1) * part / parts), first + ((last - first + 1) * (part + 1) / parts));
            weights[part] = Math.Round((double)(spread.CountBelow(to) - spread.CountBelow(from)) / spread.Count * 10_000, 1);
            most = Math.Max(most, Math.Abs(((double)spread.CountBelow(to) / spread.Count) - ((part + 1.0) / parts)));
        }

        var reason = $"the sample lies between {text(first)} and {text(last)}";
        return most < 0.03 || weights.Sum() <= 0 ? new("date.between", ArgumentText.Of(("from", text(first)), ("to", text(last))), $"{reason}, evenly", coarse ? 0.7 : 0.8)
            : new("date.between", ArgumentText.Of(("from", text(first)), ("to", text(last)), ("weights", weights)), $"{reason}, more in some of its {parts} parts than in others", coarse ? 0.7 : 0.8);
    }

    private static DateOnly Day(double days) => DateOnly.FromDayNumber(Math.Clamp((int)Math.Floor(days) + new DateOnly(1970, 1, 1).DayNumber, 0, DateOnly.MaxValue.DayNumber));

    /// <summary>1, 2 or 5 times a power of ten, so that the width has about so many steps.</summary>
    private static double Grid(double width, double steps, double unit)
    {
        var (least, grid) = (width / steps, 1.0);
        while (grid > least)
            grid /= 10;
        while (grid * 10 <= least)
            grid *= 10;
        grid *= least >= grid * 5 ? 5 : least >= grid * 2 ? 2 : 1;
        return Math.Max(grid, unit);
    }

    /// <summary>Without the tail that binary fractions leave.</summary>
    private static double Shown(double number) => double.Parse(number.ToString("G10", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
