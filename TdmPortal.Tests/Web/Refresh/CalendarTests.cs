using TdmPortal.Web.Refresh;
using Xunit;

namespace TdmPortal.Tests.Web.Refresh;

[Trait("Requirement", "D6")]
public sealed class CalendarTests
{
    private static readonly DateOnly Today = new(2026, 11, 25);

    [Theory]
    [InlineData("", "?view=week&day=2026-11-25", "23–29 Nov 2026", "23–29 Nov 2026")]
    [InlineData("?view=month&day=2026-12-24", "?view=month&day=2026-12-24", "December 2026", "30 Nov 2026 – 3 Jan 2027")]
    [InlineData("?view=day&day=2026-12-24", "?view=day&day=2026-12-24", "24 Dec 2026", "24 Dec 2026")]
    [InlineData("?view=decade&day=32", "?view=week&day=2026-11-25", "23–29 Nov 2026", "23–29 Nov 2026")]
    public void Parse_AnAddress_IsWhatIsSeen(string query, string again, string title, string days)
    {
        var view = CalendarView.Parse("http://portal/refresh/calendar" + query, Today);
        Assert.Equal((again, title, days), (view.ToQueryString(), view.ToString(), view.Days.ToString()));
    }

    [Fact]
    public void Move_ByItsSpan_GoesOnAndBack()
    {
        foreach (var span in Enum.GetValues<CalendarSpan>())
            Assert.Equal(new CalendarView(Today, span), new CalendarView(Today, span).Move(1).Move(-1));
        Assert.Equal(new DateOnly(2026, 12, 2), new CalendarView(Today, CalendarSpan.Week).Move(1).Day);
    }

    [Fact]
    public void Load_OfRunsThatLast_CountsEachHourOnItsFullestDay()
    {
        var hours = HourLoad.Of([Run(23, 6, 30, minutes: 1), Run(24, 6, 0, minutes: 150), Run(24, 6, 59, minutes: 2), Run(24, 23, 30, minutes: 60)]);
        Assert.Equal(24, hours.Count);
        Assert.Equal([(6, 2), (7, 2), (8, 1), (23, 1), (0, 1)], hours.Where(hour => hour.Runs > 0).Select(hour => (hour.Hour, hour.Runs)).OrderBy(hour => hour.Hour == 0 ? 24 : hour.Hour));
        Assert.Equal("Busiest: 06:00 to 07:00 on Tue 24 Nov with 2 runs.", HourLoad.Busiest(hours));
        Assert.Equal("", HourLoad.Busiest(HourLoad.Of([])));
    }

    [Fact]
    public void Entry_OfSeconds_IsDrawnLongerThanItTakes()
    {
        var run = Run(24, 6, 0, minutes: 1);
        Assert.Equal(CalendarEntry.Shortest, run.End - run.Start);
        Assert.Equal(TimeSpan.FromMinutes(1), run.Finish - run.Start);
    }

    [Fact]
    public void Bars_OfRuns_AreOnTheScaleOfTheLongestWithTheMedianOfTheGoodOnes()
    {
        var bars = RunBars.Of([(TimeSpan.FromSeconds(10), true), (TimeSpan.FromSeconds(20), true), (TimeSpan.FromSeconds(100), false)]);
        Assert.Equal(TimeSpan.FromSeconds(15), bars.Median);
        Assert.Equal(15, bars.Percent(bars.Median!.Value));
        Assert.Null(RunBars.Of([]).Median);
    }

    private static CalendarEntry Run(int day, int hour, int minute, int minutes) => CalendarEntry.Of(new DateTime(2026, 11, day, hour, minute, 0), TimeSpan.FromMinutes(minutes), "orders", "Checkout", "planned", "planned", null);
}
