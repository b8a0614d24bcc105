using NodaTime;
using NodaTime.TimeZones;

namespace TdmPortal.Core.Refresh;

/// <summary>
/// The times at which a rule fires: a pure function of the rule and the tz database. Each day is judged by itself, so it
/// does not matter where one begins to look: the anchor may be years ago, and nothing drifts.
/// </summary>
public static class FireTimes
{
    /// <summary>How far a blackout may move a run, in days.</summary>
    public const int FarthestMove = 31;

    /// <summary>Days without any run after which there is none any more.</summary>
    private const int LongestGap = 366;

    /// <summary>Which tz database the times come from: "2026b" and the like.</summary>
    public static string ZoneRules => DateTimeZoneProviders.Tzdb.VersionId;

    /// <summary>The runs after an instant, in order, without end; computed as they are taken.</summary>
    /// <param name="rule">Checked before: <see cref="RefreshRule.Check"/>.</param>
    /// <param name="after">Not itself.</param>
    public static IEnumerable<FireTime> After(RefreshRule rule, DateTimeOffset after)
    {
        var zone = DateTimeZoneProviders.Tzdb[rule.Zone];
        var (blackouts, skipped) = (rule.Blackouts.ToHashSet(), rule.Skipped.ToHashSet());
        // The day before too: the first moment after a skipped midnight is of the day that it was meant for.
        var day = Latest(rule.Start, after.Year < 2 ? DateOnly.MinValue : DateOnly.FromDateTime(Instant.FromDateTimeOffset(after).InZone(zone).ToDateTimeUnspecified()).AddDays(-1));
        // A day that the zone leaves out as a whole starts when the next one does.
        var last = after;
        for (var gap = 0; gap < LongestGap && day < DateOnly.MaxValue.AddDays(-FarthestMove); day = day.AddDays(1), gap++)
        {
            if (PlannedFor(rule, day, blackouts) is not { } planned || skipped.Contains(day))
                continue;
            gap = 0;
            var time = At(rule, zone, day, planned);
            if (time.At <= last)
                continue;
            last = time.At;
            yield return time;
        }
    }

    /// <summary>The day that the rule means by a run on this day; null: there is none.</summary>
    private static DateOnly? PlannedFor(RefreshRule rule, DateOnly day, HashSet<DateOnly> blackouts)
    {
        if (blackouts.Contains(day))
            return null;
        if (IsNominal(rule, day))
            return day;
        if (rule.Move == BlackoutMove.Skip)
            return null;
        // A run moved here crossed blackout days only; where several did, they are one run.
        var step = rule.Move == BlackoutMove.After ? -1 : 1;
        for (var distance = 1; distance <= FarthestMove && blackouts.Contains(day.AddDays(step * distance)); distance++)
        {
            if (IsNominal(rule, day.AddDays(step * distance)))
                return day.AddDays(step * distance);
        }

        return null;
    }

    /// <summary>Whether the rule, without blackouts, names this day.</summary>
    private static bool IsNominal(RefreshRule rule, DateOnly day) => day >= rule.Start && rule.Cycle switch
    {
        RefreshCycle.Weekly => rule.Weekdays.Contains(day.DayOfWeek),
        RefreshCycle.Biweekly => (day.DayNumber - rule.Start.DayNumber) % 14 == 0,
        RefreshCycle.MonthlyOnDay => day.Day == Math.Min(rule.Day, DateTime.DaysInMonth(day.Year, day.Month)),
        _ => day.DayOfWeek == rule.Weekday && (rule.Nth == RefreshRule.Last ? day.Day + 7 > DateTime.DaysInMonth(day.Year, day.Month) : (day.Day - 1) / 7 == rule.Nth - 1),
    };

    private static FireTime At(RefreshRule rule, DateTimeZone zone, DateOnly day, DateOnly planned)
    {
        var local = new LocalDateTime(day.Year, day.Month, day.Day, rule.Time.Hour, rule.Time.Minute);
        var change = zone.MapLocal(local).Count switch { 0 => ClockChange.Skipped, 1 => ClockChange.None, _ => ClockChange.Doubled };
        var at = zone.ResolveLocal(local, Resolvers.CreateMappingResolver(Resolvers.ReturnEarlier, Resolvers.ReturnStartOfIntervalAfter));
        return new FireTime(at.ToDateTimeOffset(), day, planned, change);
    }

    private static DateOnly Latest(DateOnly one, DateOnly other) => one > other ? one : other;
}
