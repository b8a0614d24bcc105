using System.Globalization;
using TdmPortal.Web.Controls;

namespace TdmPortal.Web.Refresh;

/// <summary>How many runs fall into an hour of the day, on the day on which they are most.</summary>
/// <param name="Hour">0 to 23.</param>
/// <param name="Day">That day; of several, the first.</param>
public sealed record HourLoad(int Hour, int Runs, DateOnly Day)
{
    public string Label => string.Create(CultureInfo.InvariantCulture, $"{Hour:00}");

    /// <summary>All hours of a day, from the runs of a period; one that lasts counts in each hour that it touches.</summary>
    public static IReadOnlyList<HourLoad> Of(IEnumerable<CalendarEntry> entries)
    {
        var counts = new Dictionary<DateTime, int>();
        foreach (var entry in entries)
        {
            var first = entry.Start.Date.AddHours(entry.Start.Hour);
            for (var hour = first; hour == first || hour < entry.Finish; hour = hour.AddHours(1))
                counts[hour] = counts.GetValueOrDefault(hour) + 1;
        }

        var most = counts.GroupBy(count => count.Key.Hour).ToDictionary(hour => hour.Key, hour => hour.OrderByDescending(count => count.Value).ThenBy(count => count.Key).First());
        return [.. Enumerable.Range(0, 24).Select(hour => most.TryGetValue(hour, out var found) ? new HourLoad(hour, found.Value, DateOnly.FromDateTime(found.Key)) : new HourLoad(hour, 0, default))];
    }

    /// <summary>"Busiest: 06:00 to 07:00 on Tue 1 Dec with 4 runs." Empty where nothing runs.</summary>
    public static string Busiest(IReadOnlyList<HourLoad> hours) => hours.MaxBy(hour => hour.Runs) is { Runs: > 0 } busiest
        ? string.Create(CultureInfo.InvariantCulture, $"Busiest: {busiest.Hour:00}:00 to {(busiest.Hour + 1) % 24:00}:00 on {busiest.Day:ddd d MMM} with {Figures.Number(busiest.Runs)} {(busiest.Runs == 1 ? "run" : "runs")}.")
        : "";
}
