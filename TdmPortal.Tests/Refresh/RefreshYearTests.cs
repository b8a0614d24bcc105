using NodaTime;
using TdmPortal.Core.Refresh;
using TdmPortal.Data;
using TdmPortal.Data.Refresh;
using Xunit;

namespace TdmPortal.Tests.Refresh;

/// <summary>A year of two hundred teams, by a clock that jumps from one run to the next and stands still while no portal runs.</summary>
[Trait("Requirement", "D6")]
public sealed class RefreshYearTests
{
    private static readonly string[] Zones = ["Europe/Berlin", "America/New_York", "America/Sao_Paulo", "Asia/Kolkata", "Australia/Lord_Howe", "Pacific/Auckland", "Asia/Kathmandu", "Africa/Cairo", "America/St_Johns", "Etc/UTC"];

    [Fact]
    public void Year_OfTwoHundredTeams_TakesEachPlannedRunOnce_AlsoAfterTheyWereMissed()
    {
        var (begin, end) = (new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2028, 1, 1, 0, 0, 0, TimeSpan.Zero));
        var schedules = Enumerable.Range(0, 200).Select(team => Schedule(Rule(team), begin)).ToList();
        var taken = schedules.ConvertAll(_ => new List<FireTime>());
        var waiting = new PriorityQueue<int, DateTimeOffset>();
        for (var i = 0; i < schedules.Count; i++)
            waiting.Enqueue(i, schedules[i].NextAt!.Value);
        var (starts, outages) = (0, 0);
        for (var now = begin; waiting.TryDequeue(out var which, out var at) && at < end;)
        {
            now = at > now ? at : now;
            // Every so often no portal runs for some days: what was due then is taken all at once.
            if (starts++ % 500 == 499)
            {
                now = now.AddDays(outages++ + 0.5);
                now = now < end ? now : end.AddTicks(-1);
            }

            var due = schedules[which].TakeDue(now);
            Assert.NotEmpty(due);
            taken[which].AddRange(due);
            waiting.Enqueue(which, schedules[which].NextAt!.Value);
        }

        for (var i = 0; i < schedules.Count; i++)
            Assert.Equal(ByCounting(Rule(i), begin, end), taken[i].Select(time => time.At.UtcDateTime));
        Assert.True(outages > 5);
        Assert.InRange(starts, 5_000, 20_000);
    }

    private static RefreshRule Rule(int team)
    {
        var rule = new RefreshRule { Cycle = (RefreshCycle)(team % 4), Start = new DateOnly(2026, 1, 1).AddDays(team), Time = new TimeOnly(team * 7 % 24, team * 13 % 60), Zone = Zones[team % Zones.Length] };
        return rule.Cycle switch
        {
            RefreshCycle.Weekly => rule with { Weekdays = [(DayOfWeek)(team % 7), (DayOfWeek)((team + 3) % 7)] },
            RefreshCycle.MonthlyOnDay => rule with { Day = 1 + (team % 31) },
            RefreshCycle.MonthlyOnWeekday => rule with { Nth = 1 + (team % 5), Weekday = (DayOfWeek)(team % 7) },
            _ => rule,
        };
    }

    private static StoredRefreshSchedule Schedule(RefreshRule rule, DateTimeOffset begin)
    {
        rule.Check();
        var schedule = new StoredRefreshSchedule { Rule = StoredJson.Write(rule), Watermark = begin };
        schedule.Plan();
        return schedule;
    }

    /// <summary>Each local day of the year, asked whether the rule names it: another way to the same times.</summary>
    private static IEnumerable<DateTime> ByCounting(RefreshRule rule, DateTimeOffset begin, DateTimeOffset end)
    {
        var zone = DateTimeZoneProviders.Tzdb[rule.Zone];
        for (var day = new LocalDate(2026, 12, 31); day < new LocalDate(2028, 1, 2); day = day.PlusDays(1))
        {
            var weekday = (DayOfWeek)((int)day.DayOfWeek % 7);
            var named = rule.Cycle switch
            {
                RefreshCycle.Weekly => rule.Weekdays.Contains(weekday),
                RefreshCycle.Biweekly => Period.DaysBetween(LocalDate.FromDateOnly(rule.Start), day) % 14 == 0,
                RefreshCycle.MonthlyOnDay => day.Day == rule.Day || (day.PlusDays(1).Day == 1 && day.Day < rule.Day),
                _ => weekday == rule.Weekday && (rule.Nth == RefreshRule.Last ? day.PlusWeeks(1).Month != day.Month : day.PlusWeeks(-rule.Nth).Month != day.Month && day.PlusWeeks(1 - rule.Nth).Month == day.Month),
            };
            if (!named)
                continue;
            var at = (day + new LocalTime(rule.Time.Hour, rule.Time.Minute)).InZoneLeniently(zone);
            // Lenient takes a skipped time on by the length of the gap; a run starts at the gap's end.
            if (zone.MapLocal(day + new LocalTime(rule.Time.Hour, rule.Time.Minute)) is { Count: 0 } gap)
                at = gap.LateInterval.Start.InZone(zone);
            var instant = at.ToInstant().ToDateTimeUtc();
            if (instant > begin.UtcDateTime && instant < end.UtcDateTime)
                yield return instant;
        }
    }
}
