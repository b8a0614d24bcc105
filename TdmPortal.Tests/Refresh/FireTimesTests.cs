using System.Globalization;
using NodaTime;
using TdmPortal.Core.Errors;
using TdmPortal.Core.Refresh;
using Xunit;

namespace TdmPortal.Tests.Refresh;

/// <summary>When refreshes run: against dates checked by hand, and by properties over years of many rules.</summary>
[Trait("Requirement", "D6")]
public class FireTimesTests
{
    private static readonly string[] Zones = ["Europe/Berlin", "America/New_York", "America/Sao_Paulo", "Asia/Kolkata", "Australia/Lord_Howe", "Pacific/Auckland", "Etc/UTC", "Pacific/Apia", "Africa/Casablanca", "Asia/Tehran"];

    /// <summary>Zone, cycle, start, time, and the first runs in UTC; sk and do mark those that a clock change skips or doubles.</summary>
    public static TheoryData<string, string, string, string> ByHand() => new()
    {
        // Clocks go from 02:00 to 03:00 on 29 March 2026 and back on 25 October.
        { "Europe/Berlin", "weekly Sunday 02:30 from 2026-03-22", "2026-03-22T01:30Z 2026-03-29T01:00Z sk 2026-04-05T00:30Z", "" },
        { "Europe/Berlin", "weekly Sunday 02:30 from 2026-10-18", "2026-10-18T00:30Z 2026-10-25T00:30Z do 2026-11-01T01:30Z", "" },
        { "Europe/Berlin", "biweekly 06:30 from 2026-12-01", "2026-12-01T05:30Z 2026-12-15T05:30Z 2026-12-29T05:30Z 2027-01-12T05:30Z", "" },
        { "Europe/Berlin", "biweekly 06:30 from 2027-03-16", "2027-03-16T05:30Z 2027-03-30T04:30Z 2027-04-13T04:30Z", "" },
        // 8 March and 1 November 2026.
        { "America/New_York", "weekly Sunday 02:30 from 2026-03-08", "2026-03-08T07:00Z sk 2026-03-15T06:30Z", "" },
        { "America/New_York", "weekly Sunday 01:30 from 2026-10-25", "2026-10-25T05:30Z 2026-11-01T05:30Z do 2026-11-08T06:30Z", "" },
        // Midnight did not exist on 4 November 2018; there has been no clock change since 2019.
        { "America/Sao_Paulo", "weekly Sunday 00:00 from 2018-10-28", "2018-10-28T03:00Z 2018-11-04T03:00Z sk 2018-11-11T02:00Z", "" },
        { "America/Sao_Paulo", "weekly Sunday 00:00 from 2026-11-01", "2026-11-01T03:00Z 2026-11-08T03:00Z", "" },
        { "Asia/Kolkata", "weekly Monday,Thursday 09:15 from 2026-11-23", "2026-11-23T03:45Z 2026-11-26T03:45Z 2026-11-30T03:45Z", "" },
        // Half an hour, on 5 April and 4 October 2026.
        { "Australia/Lord_Howe", "weekly Sunday 01:45 from 2026-04-05", "2026-04-04T14:45Z do 2026-04-11T15:15Z", "" },
        { "Australia/Lord_Howe", "weekly Sunday 02:15 from 2026-10-04", "2026-10-03T15:30Z sk 2026-10-10T15:15Z", "" },
        // 5 April and 27 September 2026.
        { "Pacific/Auckland", "weekly Sunday 02:30 from 2026-04-05", "2026-04-04T13:30Z do 2026-04-11T14:30Z", "" },
        { "Pacific/Auckland", "weekly Sunday 02:30 from 2026-09-27", "2026-09-26T14:00Z sk 2026-10-03T13:30Z", "" },
        // There was no 30 December 2011.
        { "Pacific/Apia", "weekly Thursday,Friday,Saturday 00:00 from 2011-12-29", "2011-12-29T10:00Z 2011-12-30T10:00Z sk 2012-01-04T10:00Z", "" },
        { "Etc/UTC", "monthly 31 12:00 from 2028-01-01", "2028-01-31T12:00Z 2028-02-29T12:00Z 2028-03-31T12:00Z 2028-04-30T12:00Z", "" },
        { "Etc/UTC", "monthly 30 12:00 from 2027-01-31", "2027-02-28T12:00Z 2027-03-30T12:00Z", "" },
        { "Etc/UTC", "monthly last Friday 12:00 from 2027-01-01", "2027-01-29T12:00Z 2027-02-26T12:00Z 2027-03-26T12:00Z 2027-04-30T12:00Z", "" },
        { "Etc/UTC", "monthly 2 Tuesday 12:00 from 2026-12-01", "2026-12-08T12:00Z 2027-01-12T12:00Z 2027-02-09T12:00Z", "" },
        { "Etc/UTC", "monthly 31 12:00 from 2026-12-01", "2027-01-31T12:00Z 2027-02-28T12:00Z", "Skip 2026-12-31" },
        { "Etc/UTC", "monthly 31 12:00 from 2026-12-01", "2026-12-29T12:00Z 2027-01-31T12:00Z", "Before 2026-12-30,2026-12-31" },
        { "Etc/UTC", "monthly 31 12:00 from 2026-12-01", "2027-01-02T12:00Z 2027-01-31T12:00Z", "After 2026-12-31,2027-01-01" },
        // Two that are moved to one day, and one that is moved to another's day, run once.
        { "Etc/UTC", "weekly Monday,Tuesday,Wednesday 12:00 from 2026-11-23", "2026-11-25T12:00Z 2026-11-30T12:00Z", "After 2026-11-23,2026-11-24" },
    };

    [Theory]
    [MemberData(nameof(ByHand))]
    public void After_OfARule_IsAsCheckedByHand(string zone, string rule, string runs, string blackouts)
    {
        var expected = runs.Replace(" sk", "sk", StringComparison.Ordinal).Replace(" do", "do", StringComparison.Ordinal).Split(' ');
        var found = FireTimes.After(Parse(zone, rule, blackouts), DateTimeOffset.MinValue).Take(expected.Length)
            .Select(time => time.At.UtcDateTime.ToString("yyyy-MM-ddTHH:mm'Z'", CultureInfo.InvariantCulture) + time.Change switch { ClockChange.Skipped => "sk", ClockChange.Doubled => "do", _ => "" });
        Assert.Equal(expected, found);
    }

    [Fact]
    public void After_AnInstantOfTheSeries_GoesOnWithTheNext()
    {
        foreach (var rule in Rules())
        {
            var series = FireTimes.After(rule, DateTimeOffset.MinValue).Take(40).ToList();
            for (var place = 0; place < 39; place++)
            {
                Assert.Equal(series[place + 1], FireTimes.After(rule, series[place].At).First());
                Assert.Equal(series[place], FireTimes.After(rule, series[place].At.AddTicks(-1)).First());
            }
        }
    }

    [Fact]
    public void After_OverYears_IsStrictlyIncreasingAtTheLocalTime()
    {
        foreach (var rule in Rules())
        {
            var zone = DateTimeZoneProviders.Tzdb[rule.Zone];
            var former = DateTimeOffset.MinValue;
            foreach (var run in FireTimes.After(rule, DateTimeOffset.MinValue).Take(300))
            {
                Assert.True(run.At > former);
                former = run.At;
                var local = Instant.FromDateTimeOffset(run.At).InZone(zone);
                Assert.Equal(run.At.Offset, local.Offset.ToTimeSpan());
                if (run.Change != ClockChange.Skipped)
                    Assert.Equal((run.Day, rule.Time), (local.Date.ToDateOnly(), local.TimeOfDay.ToTimeOnly()));
            }
        }
    }

    [Fact]
    public void After_Biweekly_IsFourteenLocalDaysApart_AndMonthlyOnceAMonth()
    {
        foreach (var rule in Rules())
        {
            var runs = FireTimes.After(rule, DateTimeOffset.MinValue).Take(120).ToList();
            if (rule.Cycle == RefreshCycle.Biweekly)
                Assert.All(runs.Zip(runs.Skip(1)), pair => Assert.Equal(14, pair.Second.Day.DayNumber - pair.First.Day.DayNumber));
            if (rule.Cycle is RefreshCycle.MonthlyOnDay or RefreshCycle.MonthlyOnWeekday)
                Assert.All(runs.Zip(runs.Skip(1)), pair => Assert.Equal((pair.First.Day.Year * 12) + pair.First.Day.Month + 1, (pair.Second.Day.Year * 12) + pair.Second.Day.Month));
        }
    }

    [Fact]
    public void After_AnAnchorLongAgo_DoesNotDrift()
    {
        var rule = Parse("Europe/Berlin", "biweekly 06:30 from 1996-01-02", "");
        var run = FireTimes.After(rule, new DateTimeOffset(2026, 11, 21, 0, 0, 0, TimeSpan.Zero)).First();
        Assert.Equal(0, (run.Day.DayNumber - rule.Start.DayNumber) % 14);
        Assert.Equal(DayOfWeek.Tuesday, run.Day.DayOfWeek);
    }

    [Fact]
    public void After_ASkippedDay_LeavesThatRunOut()
    {
        var rule = Parse("Europe/Berlin", "biweekly 06:30 from 2026-12-01", "") with { Skipped = [new DateOnly(2026, 12, 15)] };
        Assert.Equal([new DateOnly(2026, 12, 1), new DateOnly(2026, 12, 29)], FireTimes.After(rule, DateTimeOffset.MinValue).Take(2).Select(run => run.Day));
    }

    [Fact]
    public void Check_OfARuleThatNoCalendarCanFollow_SaysWhy()
    {
        var good = Parse("Europe/Berlin", "weekly Monday 06:30 from 2026-11-23", "");
        good.Check();
        foreach (var (bad, words) in new[]
        {
            (good with { Zone = "Europe/Nowhere" }, "is no time zone"), (good with { Weekdays = [] }, "one or more weekdays"), (good with { Weekdays = [DayOfWeek.Monday, DayOfWeek.Monday] }, "each once"),
            (good with { Cycle = RefreshCycle.MonthlyOnDay, Day = 32 }, "no day of a month"), (good with { Cycle = RefreshCycle.MonthlyOnWeekday, Nth = 6 }, "first to fourth"), (good with { Time = new TimeOnly(6, 30, 1) }, "seconds"),
            (good with { Cycle = (RefreshCycle)9 }, "unknown"),
            (good with { Blackouts = [.. Enumerable.Range(0, 366).Select(day => new DateOnly(2026, 11, 23).AddDays(day))], Skipped = [.. Enumerable.Range(366, 400).Select(day => new DateOnly(2026, 11, 23).AddDays(day))] }, "No run is left"),
        })
        {
            var error = Assert.Throws<PortalException>(bad.Check);
            Assert.Equal("refresh.bad_rule", error.Code);
            Assert.Contains(words, error.Message, StringComparison.Ordinal);
            Assert.NotEmpty(error.SuggestedActions);
        }
    }

    [Theory]
    [InlineData("biweekly 06:30 from 2026-12-01", "Every second Tuesday at 06:30, Europe/Berlin, from 1 December 2026")]
    [InlineData("weekly Thursday,Monday 06:30 from 2026-12-01", "Every Monday and Thursday at 06:30, Europe/Berlin, from 1 December 2026")]
    [InlineData("monthly 31 06:30 from 2026-12-01", "On the last day of every month at 06:30, Europe/Berlin, from 1 December 2026")]
    [InlineData("monthly 30 06:30 from 2026-12-01", "On day 30 of every month, or its last at 06:30, Europe/Berlin, from 1 December 2026")]
    [InlineData("monthly last Friday 06:30 from 2026-12-01", "On the last Friday of every month at 06:30, Europe/Berlin, from 1 December 2026")]
    public void Describe_SaysItInWords(string rule, string words) => Assert.Equal(words, Parse("Europe/Berlin", rule, "").Describe());

    /// <summary>Every cycle in every zone, at hours that clock changes touch.</summary>
    private static IEnumerable<RefreshRule> Rules() =>
        from zone in Zones
        from cycle in (string[])["weekly Sunday 02:30", "weekly Monday,Wednesday,Sunday 00:00", "biweekly 01:30", "monthly 31 02:00", "monthly 29 23:30", "monthly last Sunday 02:45", "monthly 1 Sunday 00:30"]
        select Parse(zone, $"{cycle} from 2008-02-03", "");

    /// <summary>weekly DAYS TIME | biweekly TIME | monthly DAY TIME | monthly NTH WEEKDAY TIME, from DATE.</summary>
    private static RefreshRule Parse(string zone, string text, string blackouts)
    {
        var words = text.Split(' ');
        var rule = new RefreshRule { Cycle = RefreshCycle.Biweekly, Start = DateOnly.Parse(words[^1], CultureInfo.InvariantCulture), Time = TimeOnly.Parse(words[^3], CultureInfo.InvariantCulture), Zone = zone };
        rule = words switch
        {
            ["weekly", var days, ..] => rule with { Cycle = RefreshCycle.Weekly, Weekdays = [.. days.Split(',').Select(Enum.Parse<DayOfWeek>)] },
            ["monthly", var day, _, "from", _] => rule with { Cycle = RefreshCycle.MonthlyOnDay, Day = int.Parse(day, CultureInfo.InvariantCulture) },
            ["monthly", var nth, var day, ..] => rule with { Cycle = RefreshCycle.MonthlyOnWeekday, Nth = nth == "last" ? RefreshRule.Last : int.Parse(nth, CultureInfo.InvariantCulture), Weekday = Enum.Parse<DayOfWeek>(day) },
            _ => rule,
        };
        return blackouts.Length == 0 ? rule : rule with { Move = Enum.Parse<BlackoutMove>(blackouts.Split(' ')[0]), Blackouts = [.. blackouts.Split(' ')[1].Split(',').Select(day => DateOnly.Parse(day, CultureInfo.InvariantCulture))] };
    }
}
