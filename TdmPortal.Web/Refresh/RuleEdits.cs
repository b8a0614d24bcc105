using TdmPortal.Core.Refresh;

namespace TdmPortal.Web.Refresh;

/// <summary>What each part of the sentence does to a rule. What a cycle does not use is kept, so that a look at another one loses nothing.</summary>
public static class RuleEdits
{
    /// <summary>Monday first, as the weekday buttons stand.</summary>
    public static IReadOnlyList<DayOfWeek> Week { get; } = [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday, DayOfWeek.Saturday, DayOfWeek.Sunday];

    /// <summary>What a new schedule begins with: a quiet hour before the working week.</summary>
    public static RefreshRule New(string zone, DateOnly today) =>
        new() { Cycle = RefreshCycle.Weekly, Weekdays = [DayOfWeek.Monday], Start = today, Time = new TimeOnly(6, 0), Zone = zone };

    /// <summary>Another cycle, on the day that the former one meant.</summary>
    public static RefreshRule WithCycle(RefreshRule rule, RefreshCycle cycle)
    {
        var day = rule.Cycle switch
        {
            RefreshCycle.Weekly when rule.Weekdays.Count > 0 => Week.First(rule.Weekdays.Contains),
            RefreshCycle.MonthlyOnWeekday => rule.Weekday,
            _ => rule.Start.DayOfWeek,
        };
        var changed = rule with { Cycle = cycle };
        return cycle switch
        {
            RefreshCycle.Weekly => rule.Weekdays.Count > 0 ? changed : changed with { Weekdays = [day] },
            RefreshCycle.Biweekly => WithAnchorOn(changed, day),
            RefreshCycle.MonthlyOnDay => rule.Day > 0 ? changed : changed with { Day = rule.Start.Day },
            _ => changed with { Weekday = day, Nth = rule.Nth > 0 ? rule.Nth : Math.Min((rule.Start.Day + 6) / 7, RefreshRule.Last) },
        };
    }

    /// <summary>A day more or less of the weekly cycle; the last one stays.</summary>
    public static RefreshRule Toggle(RefreshRule rule, DayOfWeek day)
    {
        var days = Week.Where(one => one == day ? !rule.Weekdays.Contains(one) : rule.Weekdays.Contains(one)).ToList();
        return days.Count == 0 ? rule : rule with { Weekdays = days };
    }

    /// <summary>The weekday of the biweekly cycle is its start's: the start moves on to the next such day.</summary>
    public static RefreshRule WithAnchorOn(RefreshRule rule, DayOfWeek day) =>
        rule with { Start = rule.Start.AddDays(((int)day - (int)rule.Start.DayOfWeek + 7) % 7) };

    /// <summary>Only what the chosen cycle uses, for the schedule's row.</summary>
    public static RefreshRule Trimmed(RefreshRule rule) => rule with
    {
        Weekdays = rule.Cycle == RefreshCycle.Weekly ? rule.Weekdays : [],
        Day = rule.Cycle == RefreshCycle.MonthlyOnDay ? rule.Day : 0,
        Nth = rule.Cycle == RefreshCycle.MonthlyOnWeekday ? rule.Nth : 0,
        Weekday = rule.Cycle == RefreshCycle.MonthlyOnWeekday ? rule.Weekday : default,
    };
}
