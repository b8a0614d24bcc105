using TdmPortal.Core.Refresh;
using TdmPortal.Web.Refresh;
using Xunit;

namespace TdmPortal.Tests.Web.Refresh;

[Trait("Requirement", "D6")]
public sealed class RuleEditsTests
{
    // A Tuesday.
    private static readonly DateOnly Start = new(2026, 12, 1);
    private static readonly RefreshRule Rule = RuleEdits.New("Europe/Berlin", Start);

    [Fact]
    public void New_OfAZone_IsARuleThatHolds()
    {
        Rule.Check();
        Assert.Equal("Every Monday at 06:00, Europe/Berlin, from 1 December 2026", Rule.Describe());
    }

    [Theory]
    [InlineData(RefreshCycle.Weekly, "Every Monday at 06:00, Europe/Berlin, from 1 December 2026")]
    [InlineData(RefreshCycle.Biweekly, "Every second Monday at 06:00, Europe/Berlin, from 7 December 2026")]
    [InlineData(RefreshCycle.MonthlyOnDay, "On day 1 of every month at 06:00, Europe/Berlin, from 1 December 2026")]
    [InlineData(RefreshCycle.MonthlyOnWeekday, "On the first Monday of every month at 06:00, Europe/Berlin, from 1 December 2026")]
    public void WithCycle_FromWeekly_KeepsTheDayAndHolds(RefreshCycle cycle, string sentence)
    {
        var changed = RuleEdits.WithCycle(Rule, cycle);
        changed.Check();
        Assert.Equal(sentence, changed.Describe());
    }

    [Fact]
    public void WithCycle_ThereAndBack_LosesNothing()
    {
        var days = RuleEdits.Toggle(Rule, DayOfWeek.Thursday);
        Assert.Equal(days.Describe(), RuleEdits.WithCycle(RuleEdits.WithCycle(days, RefreshCycle.MonthlyOnDay), RefreshCycle.Weekly).Describe());
    }

    [Fact]
    public void WithCycle_FromTheLastFriday_TakesTheFridayAlong()
    {
        var friday = Rule with { Cycle = RefreshCycle.MonthlyOnWeekday, Nth = RefreshRule.Last, Weekday = DayOfWeek.Friday, Weekdays = [] };
        Assert.Equal("Every Friday at 06:00, Europe/Berlin, from 1 December 2026", RuleEdits.WithCycle(friday, RefreshCycle.Weekly).Describe());
        Assert.Equal("Every second Friday at 06:00, Europe/Berlin, from 4 December 2026", RuleEdits.WithCycle(friday, RefreshCycle.Biweekly).Describe());
    }

    [Fact]
    public void Toggle_OfTheOnlyDay_KeepsIt()
    {
        Assert.Equal([DayOfWeek.Monday], RuleEdits.Toggle(Rule, DayOfWeek.Monday).Weekdays);
        Assert.Equal([DayOfWeek.Sunday], RuleEdits.Toggle(RuleEdits.Toggle(Rule, DayOfWeek.Sunday), DayOfWeek.Monday).Weekdays);
    }

    [Theory]
    [InlineData(DayOfWeek.Tuesday, 1)]
    [InlineData(DayOfWeek.Wednesday, 2)]
    [InlineData(DayOfWeek.Monday, 7)]
    public void WithAnchorOn_AWeekday_MovesTheStartToTheNextOne(DayOfWeek day, int expected) =>
        Assert.Equal(new DateOnly(2026, 12, expected), RuleEdits.WithAnchorOn(Rule, day).Start);

    [Fact]
    public void Trimmed_OfACycle_LeavesWhatItDoesNotUse()
    {
        var rule = RuleEdits.Trimmed(RuleEdits.WithCycle(RuleEdits.WithCycle(Rule, RefreshCycle.MonthlyOnDay), RefreshCycle.Biweekly));
        Assert.Empty(rule.Weekdays);
        Assert.Equal(0, rule.Day);
        rule.Check();
    }
}
