using System.Globalization;
using TdmPortal.Core.Refresh;
using TdmPortal.Web.Refresh;
using Xunit;

namespace TdmPortal.Tests.Web.Refresh;

[Trait("Requirement", "D6")]
public sealed class RunForecastTests
{
    private static readonly RefreshRule Weekly = new() { Cycle = RefreshCycle.Weekly, Weekdays = [DayOfWeek.Sunday], Start = new(2026, 3, 1), Time = new(2, 30), Zone = "Europe/Berlin" };

    [Fact]
    public void Of_ANightWithoutTheTime_SaysWhenItRuns()
    {
        var line = Assert.Single(RunForecast.Of(Weekly, At("2026-03-01"), 6), line => line.Notes.Count > 0);
        Assert.Equal(new DateOnly(2026, 3, 29), line.Days.From);
        Assert.Equal(new ForecastNote("Clock change", "Clocks go past 02:30 that day. It runs at 03:00, the first moment after."), Assert.Single(line.Notes));
    }

    [Fact]
    public void Of_ANightWithTheTimeTwice_SaysThatItRunsOnce()
    {
        var line = Assert.Single(RunForecast.Of(Weekly, At("2026-10-01"), 6), line => line.Notes.Count > 0);
        Assert.Equal("2026-10-25T00:30", line.Time!.At.UtcDateTime.ToString("yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture));
        Assert.Equal("Clocks show 02:30 twice that day. It runs once, the first time.", Assert.Single(line.Notes).Text);
    }

    [Fact]
    public void Of_TheThirtyFirst_BadgesShortMonths()
    {
        var lines = RunForecast.Of(Weekly with { Cycle = RefreshCycle.MonthlyOnDay, Day = 31 }, At("2027-01-01"), 4);
        Assert.Equal(["", "February ends on day 28.", "", "April ends on day 30."], lines.Select(line => line.Notes.Count == 0 ? "" : line.Notes[0].Text));
    }

    [Fact]
    public void Of_BlackoutDays_ShowsWhatIsLeftOutAsOneLine()
    {
        var lines = RunForecast.Of(Weekly with { Weekdays = RuleEdits.Week, Blackouts = new DayRange(new(2026, 12, 24), new(2026, 12, 26)).AddTo([]) }, At("2026-12-22T12:00"), 3);
        Assert.Equal(["23 Dec 2026", "24–26 Dec 2026 Left out", "27 Dec 2026", "28 Dec 2026"], lines.Select(Say));
        Assert.Equal(3, lines.Count(line => line.Time is not null));
    }

    [Fact]
    public void Of_MovedRuns_SaysWhereFromAndWhichBecomeOne()
    {
        var rule = Weekly with { Weekdays = [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday], Blackouts = [new(2026, 11, 23), new(2026, 11, 24)], Move = BlackoutMove.After };
        Assert.Equal(["23–24 Nov 2026 Joined", "25 Nov 2026", "30 Nov 2026"], RunForecast.Of(rule, At("2026-11-20"), 2).Select(Say));
        var moved = RunForecast.Of(rule with { Weekdays = [DayOfWeek.Monday] }, At("2026-11-20"), 1)[0];
        Assert.Equal((new DateOnly(2026, 11, 25), "Mon 23 Nov is a blackout day."), (moved.Days.From, moved.Notes[0].Text));
    }

    [Fact]
    public void Of_ASkippedRun_StaysInTheList()
    {
        var lines = RunForecast.Of(Weekly with { Skipped = [new(2026, 11, 29)] }, At("2026-11-24"), 2);
        Assert.Equal(["29 Nov 2026 Skipped", "6 Dec 2026", "13 Dec 2026"], lines.Select(Say));
        // A run that a blackout moved, skipped on the day that it moved to.
        lines = RunForecast.Of(Weekly with { Blackouts = [new(2026, 11, 29)], Move = BlackoutMove.After, Skipped = [new(2026, 11, 30)] }, At("2026-11-24"), 1);
        Assert.Equal("A blackout day; its run on Mon 30 Nov is skipped once.", lines[0].Notes[0].Text);
    }

    [Fact]
    public void RunZones_OfOneClock_AreOneColumn()
    {
        var berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
        var runs = RunForecast.Of(Weekly, At("2026-03-01"), 4).Select(line => line.Time!).ToList();
        Assert.Equal(["Europe/Berlin"], RunZone.Of("Europe/Berlin", berlin, TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris"), [.. runs.Select(run => run.At)]).Select(zone => zone.Label));
        var zones = RunZone.Of("Europe/Berlin", berlin, TimeZoneInfo.FindSystemTimeZoneById("America/New_York"), [.. runs.Select(run => run.At)]);
        Assert.Equal(["Europe/Berlin, the team's", "America/New York, yours"], zones.Select(zone => zone.Label));
        Assert.Equal(["02:30", "Sat 7 Mar, 20:30"], zones.Select(zone => zone.Show(runs[1])));
    }

    private static DateTimeOffset At(string utc) => DateTimeOffset.Parse(utc, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    private static string Say(ForecastLine line) => line.Time is null ? $"{line.Days} {line.Notes[0].Badge}" : line.Days.ToString();
}
