using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Radzen;
using TdmPortal.Core.Errors;
using TdmPortal.Core.Jobs;
using TdmPortal.Web.Controls;
using Xunit;

namespace TdmPortal.Tests.Web.Controls;

/// <summary>The controls that every page is made of, rendered.</summary>
public sealed class SharedControlTests : BunitContext
{
    public SharedControlTests()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddSingleton(TimeProvider.System);
        Services.AddScoped<UserClock>();
        Services.AddRadzenComponents();
    }

    [Fact]
    public void ProblemPanel_PortalException_SaysWhatWhyAndWhatToDo()
    {
        var panel = Render<ProblemPanel>(set => set.Add(control => control.Exception,
            new PortalException("dataset.name_taken", "There is already a dataset called shop.") { SuggestedActions = ["Choose another name."] }));
        Assert.Equal("alert", panel.Find(".problem").GetAttribute("role"));
        Assert.Contains("There is already a dataset called shop.", panel.Markup, StringComparison.Ordinal);
        Assert.Equal("Choose another name.", panel.Find("li").TextContent);
        Assert.Equal("dataset.name_taken", panel.Find(".where .mono").TextContent);
    }

    [Fact]
    public void ProblemPanel_InvalidSchema_ListsEveryProblemWithItsPlace()
    {
        var panel = Render<ProblemPanel>(set => set.Add(control => control.Exception,
            new SchemaInvalidException([new("entities[0].name", "c", "Too long."), new("entities[1].fields", "c", "None.")])));
        Assert.Equal(["entities[0].name", "entities[1].fields"], panel.FindAll("li code").Select(place => place.TextContent));
    }

    [Fact]
    public void ProblemPanel_FaultOfTheProgram_HidesItsText() =>
        Assert.DoesNotContain("hunter2", Render<ProblemPanel>(set => set.Add(control => control.Exception, new InvalidOperationException("hunter2"))).Markup, StringComparison.Ordinal);

    [Fact]
    public void PageBoundary_NotFound_ShowsTheNotFoundPageInPlace()
    {
        var page = Render<PageBoundary>(set => set.AddChildContent<Throws>());
        Assert.Contains("Not found", page.Markup, StringComparison.Ordinal);
        Assert.Empty(page.FindAll(".problem"));
    }

    [Theory]
    [InlineData(JobState.Pending, "Waiting")]
    [InlineData(JobState.Completed, "Done")]
    [InlineData(JobState.Failed, "Failed")]
    public void StateBadge_OfAJob_IsAPlainWord(JobState state, string expected) =>
        Assert.Equal(expected, Render<StateBadge>(set => set.Add(control => control.State, state)).Find(".badge").TextContent);

    [Fact]
    public void TimeText_ZoneBecomesKnown_IsDrawnAgain()
    {
        var time = Render<TimeText>(set => set.Add(control => control.Value, new DateTimeOffset(2026, 7, 1, 12, 0, 0, TimeSpan.Zero)));
        Assert.Equal("1 Jul 2026, 12:00 UTC", time.Find("time").TextContent);
        Services.GetRequiredService<UserClock>().SetZone("Asia/Kolkata");
        time.WaitForAssertion(() => Assert.Equal("1 Jul 2026, 17:30 UTC+05:30", time.Find("time").TextContent));
        Assert.Equal("2026-07-01T12:00:00Z", time.Find("time").GetAttribute("datetime"));
    }

    [Fact]
    public void ConfirmDialog_ThatMustBeTyped_ConfirmsOnlyThen()
    {
        var dialog = Render<ConfirmDialog>(set => set.Add(control => control.Text, "All versions go.").Add(control => control.Confirm, "Delete shop").Add(control => control.TypeToConfirm, "shop"));
        Assert.True(dialog.Find("button[type=submit]").HasAttribute("disabled"));
        dialog.Find("input").Input("sho");
        Assert.True(dialog.Find("button[type=submit]").HasAttribute("disabled"));
        dialog.Find("input").Input("shop");
        Assert.False(dialog.Find("button[type=submit]").HasAttribute("disabled"));
    }

    private sealed class Throws : Microsoft.AspNetCore.Components.ComponentBase
    {
        protected override void OnInitialized() => throw new NotFoundException("Dataset");
    }
}
