using Bunit;
using Microsoft.AspNetCore.Components;
using TdmPortal.Core.Refresh;
using TdmPortal.Web.Refresh;
using Xunit;

namespace TdmPortal.Tests.Web.Refresh;

[Trait("Requirement", "D6")]
public sealed class RuleSentenceTests : BunitContext
{
    private RefreshRule rule = RuleEdits.New("Europe/Berlin", new DateOnly(2026, 12, 1));

    [Fact]
    public void Edit_WordByWord_BuildsTheSentence()
    {
        var sentence = RenderSentence();

        sentence.Find("[aria-label='How often']").Change("Biweekly");
        sentence.Find("[aria-label='Day of the week']").Change("Tuesday");
        sentence.Find("[aria-label='First day']").Change("2026-12-01");
        sentence.Find("[aria-label='Time of day']").Change("06:30");

        Assert.Equal("Every second Tuesday at 06:30, Europe/Berlin, from 1 December 2026", rule.Describe());
        Assert.Equal(rule.Describe(), sentence.Find("[role=status]").TextContent);

        sentence.Find("[aria-label='How often']").Change("MonthlyOnWeekday");
        sentence.Find("[aria-label='Which of the month']").Change("5");
        sentence.Find("[aria-label='Day of the week']").Change("Friday");
        sentence.Find("[aria-label='Time zone']").Change("america/new york");
        Assert.Equal("On the last Friday of every month at 06:30, America/New_York, from 1 December 2026", rule.Describe());

        sentence.Find("[aria-label='How often']").Change("MonthlyOnDay");
        sentence.Find("[aria-label='Day of the month']").Change("30");
        Assert.Equal("On day 30 of every month, or its last at 06:30, America/New_York, from 1 December 2026", rule.Describe());
    }

    [Fact]
    public void Click_Weekdays_AddsAndRemovesButTheLast()
    {
        var sentence = RenderSentence();
        Weekday(sentence, "Friday").Click();
        Weekday(sentence, "Monday").Click();
        Weekday(sentence, "Friday").Click();
        Assert.Equal([DayOfWeek.Friday], rule.Weekdays);
        Assert.Equal("true", Weekday(sentence, "Friday").GetAttribute("aria-pressed"));
    }

    [Fact]
    public void Edit_NoZone_SaysSoAndKeepsTheFormer()
    {
        var sentence = RenderSentence();
        sentence.Find("[aria-label='Time zone']").Change("Europe/Atlantis");
        Assert.Equal("Europe/Berlin", rule.Zone);
        Assert.Contains("Europe/Atlantis", sentence.Find("[role=alert]").TextContent, StringComparison.Ordinal);

        // What has no meaning yet, such as an emptied date, changes nothing.
        sentence.Find("[aria-label='First day']").Change("");
        sentence.Find("[aria-label='Time of day']").Change("");
        Assert.Equal("Every Monday at 06:00, Europe/Berlin, from 1 December 2026", rule.Describe());
    }

    private static AngleSharp.Dom.IElement Weekday(IRenderedComponent<RuleSentence> sentence, string day) => sentence.FindAll(".weekday").Single(button => button.TextContent == day);

    private IRenderedComponent<RuleSentence> RenderSentence()
    {
        IRenderedComponent<RuleSentence>? sentence = null;
        return sentence = Render<RuleSentence>(parameters => parameters.Add(p => p.Rule, rule)
            .Add(p => p.RuleChanged, EventCallback.Factory.Create<RefreshRule>(this, changed => sentence!.Render(again => again.Add(p => p.Rule, rule = changed)))));
    }
}
