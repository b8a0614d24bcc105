using System.Globalization;

namespace TdmPortal.Web.Refresh;

/// <summary>Days in a row, as people speak of holidays.</summary>
/// <param name="To">The last one, itself included.</param>
public sealed record DayRange(DateOnly From, DateOnly To)
{
    public int Days => To.DayNumber - From.DayNumber + 1;

    /// <summary>Single days as ranges, in order.</summary>
    public static IReadOnlyList<DayRange> Of(IEnumerable<DateOnly> days)
    {
        var ranges = new List<DayRange>();
        foreach (var day in days.Distinct().Order())
        {
            if (ranges.Count > 0 && ranges[^1].To.AddDays(1) == day)
                ranges[^1] = ranges[^1] with { To = day };
            else
                ranges.Add(new DayRange(day, day));
        }

        return ranges;
    }

    /// <summary>The days with these too, each once and in order.</summary>
    public IReadOnlyList<DateOnly> AddTo(IEnumerable<DateOnly> days)
    {
        var from = From;
        return [.. days.Concat(Enumerable.Range(0, Days).Select(offset => from.AddDays(offset))).Distinct().Order()];
    }

    /// <summary>The days without these.</summary>
    public IReadOnlyList<DateOnly> RemoveFrom(IEnumerable<DateOnly> days)
    {
        var (from, to) = this;
        return [.. days.Where(day => day < from || day > to)];
    }

    /// <summary>"24 Dec 2026", "24–26 Dec 2026", "24 Dec 2026 – 2 Jan 2027".</summary>
    public override string ToString()
    {
        var culture = CultureInfo.InvariantCulture;
        if (From == To)
            return From.ToString("d MMM yyyy", culture);
        if (From.Year == To.Year && From.Month == To.Month)
            return string.Create(culture, $"{From.Day}–{To:d MMM yyyy}");
        return string.Create(culture, $"{From.ToString(From.Year == To.Year ? "d MMM" : "d MMM yyyy", culture)} – {To:d MMM yyyy}");
    }
}
