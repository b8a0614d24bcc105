using TdmPortal.Web.Controls;
using Xunit;

namespace TdmPortal.Tests.Web.Controls;

/// <summary>Times are shown in the user's zone, and the zone is named.</summary>
public class UserClockTests
{
    private static readonly DateTimeOffset Noon = new(2026, 7, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(null, "1 Jul 2026, 12:00 UTC")]
    [InlineData("Nowhere/Atlantis", "1 Jul 2026, 12:00 UTC")]
    [InlineData("Asia/Kolkata", "1 Jul 2026, 17:30 UTC+05:30")]
    [InlineData("America/New_York", "1 Jul 2026, 08:00 UTC−04:00")]
    public void Format_InAZone_ShowsLocalTimeAndZone(string? zone, string expected)
    {
        var clock = new UserClock(TimeProvider.System);
        clock.SetZone(zone);
        Assert.Equal(expected, clock.Format(Noon));
    }

    [Theory]
    [InlineData(-10, "just now")]
    [InlineData(-60, "1 minute ago")]
    [InlineData(-59 * 60, "59 minutes ago")]
    [InlineData(-7200, "2 hours ago")]
    [InlineData(-86400 * 3, "3 days ago")]
    [InlineData(-86400 * 30, "1 Jun 2026, 12:00 UTC")]
    [InlineData(7200, "in 2 hours")]
    public void Ago_FromNow_SaysHowLong(int seconds, string expected) =>
        Assert.Equal(expected, new UserClock(new FixedTime(Noon)).Ago(Noon.AddSeconds(seconds)));

    [Fact]
    public void SetZone_ToAnother_TellsWhoShowsTimes()
    {
        var clock = new UserClock(TimeProvider.System);
        var told = 0;
        clock.Changed += () => told++;
        clock.SetZone("Europe/Berlin");
        clock.SetZone("Europe/Berlin");
        Assert.Equal(1, told);
    }

    private sealed class FixedTime(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
