using System.Globalization;
using TdmPortal.Core.Refresh;

namespace TdmPortal.Web.Refresh;

/// <summary>The next runs of a rule as its page shows them: each with what is unusual, and those that are left out in between.</summary>
public static class RunForecast
{
    /// <summary>Runs shown.</summary>
    public const int Most = 10;

    /// <summary>The runs after an instant, and what is left out before the last of them.</summary>
    /// <param name="rule">Checked before.</param>
    public static IReadOnlyList<ForecastLine> Of(RefreshRule rule, DateTimeOffset now, int most = Most)
    {
        var runs = FireTimes.After(rule, now).Take(most).ToList();
        var lines = runs.Select(run => new ForecastLine(run, new DayRange(run.Day, run.Day), [.. Notes(rule, run)])).ToList();
        if (runs.Count > 0)
            lines.AddRange(LeftOut(rule, now, runs));
        return Joined(lines.OrderBy(line => line.Days.From).ThenBy(line => line.Time is not null));
    }

    private static IEnumerable<ForecastNote> Notes(RefreshRule rule, FireTime run)
    {
        if (run.Change == ClockChange.Skipped)
            yield return new("Clock change", string.Create(CultureInfo.InvariantCulture, $"Clocks go past {rule.Time:HH:mm} that day. It runs at {run.At:HH:mm}, the first moment after."));
        if (run.Change == ClockChange.Doubled)
            yield return new("Clock change", string.Create(CultureInfo.InvariantCulture, $"Clocks show {rule.Time:HH:mm} twice that day. It runs once, the first time."));
        if (run.PlannedFor != run.Day)
            yield return new("Moved", $"{Say(run.PlannedFor)} is a blackout day.");
        if (rule.Cycle == RefreshCycle.MonthlyOnDay && run.PlannedFor.Day < rule.Day)
            yield return new("Short month", string.Create(CultureInfo.InvariantCulture, $"{run.PlannedFor:MMMM} ends on day {run.PlannedFor.Day}."));
    }

    private static IEnumerable<ForecastLine> LeftOut(RefreshRule rule, DateTimeOffset now, List<FireTime> runs)
    {
        var taken = runs.Select(run => run.PlannedFor).ToHashSet();
        var (blackouts, skipped) = (rule.Blackouts.ToHashSet(), rule.Skipped.ToHashSet());
        var last = runs[^1].Day;
        foreach (var nominal in FireTimes.After(rule with { Blackouts = [], Skipped = [] }, now).TakeWhile(run => run.Day <= last).Where(run => !taken.Contains(run.Day)))
        {
            var day = nominal.Day;
            var note = !blackouts.Contains(day) ? skipped.Contains(day) ? new ForecastNote("Skipped", "Skipped once.") : null
                : rule.Move == BlackoutMove.Skip ? new ForecastNote("Left out", "A blackout day.")
                : Meant(rule, day, blackouts) is not { } moved ? new ForecastNote("Left out", "No day near it is free.")
                : skipped.Contains(moved) ? new ForecastNote("Skipped", $"A blackout day; its run on {Say(moved)} is skipped once.")
                : runs.Any(run => run.Day == moved) ? new ForecastNote("Joined", $"A blackout day; one run with that of {Say(moved)}.")
                : null;
            if (note is not null)
                yield return new ForecastLine(null, new DayRange(day, day), [note]);
        }
    }

    /// <summary>The free day that a run on a blackout day moves to.</summary>
    private static DateOnly? Meant(RefreshRule rule, DateOnly day, HashSet<DateOnly> blackouts)
    {
        for (var moved = day; Math.Abs(moved.DayNumber - day.DayNumber) <= FireTimes.FarthestMove; moved = moved.AddDays(rule.Move == BlackoutMove.After ? 1 : -1))
        {
            if (!blackouts.Contains(moved))
                return moved;
        }

        return null;
    }

    /// <summary>A fortnight without runs is one line, not fourteen.</summary>
    private static List<ForecastLine> Joined(IEnumerable<ForecastLine> lines)
    {
        var joined = new List<ForecastLine>();
        foreach (var line in lines)
        {
            if (line.Time is null && joined.Count > 0 && joined[^1] is { Time: null } former && former.Notes[0] == line.Notes[0])
                joined[^1] = former with { Days = former.Days with { To = line.Days.To } };
            else
                joined.Add(line);
        }

        return joined;
    }

    private static string Say(DateOnly day) => day.ToString("ddd d MMM", CultureInfo.InvariantCulture);
}
