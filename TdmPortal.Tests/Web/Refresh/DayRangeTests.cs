using TdmPortal.Web.Refresh;
using Xunit;

namespace TdmPortal.Tests.Web.Refresh;

[Trait("Requirement", "D6")]
public sealed class DayRangeTests
{
    [Fact]
    public void Of_SingleDays_AreRangesInOrder()
    {
        DateOnly[] days = [new(2027, 1, 2), new(2026, 12, 26), new(2026, 12, 24), new(2026, 12, 25), new(2026, 12, 31), new(2027, 1, 1), new(2026, 12, 24)];
        Assert.Equal(["24–26 Dec 2026", "31 Dec 2026 – 2 Jan 2027"], DayRange.Of(days).Select(range => range.ToString()));
    }

    [Fact]
    public void ToString_InOneYear_NamesItOnce()
    {
        Assert.Equal("30 Mar – 2 Apr 2027", new DayRange(new(2027, 3, 30), new(2027, 4, 2)).ToString());
        Assert.Equal("1 May 2027", new DayRange(new(2027, 5, 1), new(2027, 5, 1)).ToString());
    }

    [Fact]
    public void AddTo_AndRemoveFrom_AreEachOthersOpposite()
    {
        DateOnly[] days = [new(2026, 12, 1), new(2026, 12, 10)];
        var range = new DayRange(new(2026, 12, 3), new(2026, 12, 5));
        var more = range.AddTo(days);
        Assert.Equal([1, 3, 4, 5, 10], more.Select(day => day.Day));
        Assert.Equal(more, range.AddTo(more));
        Assert.Equal(days, range.RemoveFrom(more));
    }
}
