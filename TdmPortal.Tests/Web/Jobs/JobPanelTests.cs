using Bunit;
using TdmPortal.Core.Jobs;
using TdmPortal.Data.Jobs;
using TdmPortal.Web.Jobs;
using Xunit;

namespace TdmPortal.Tests.Web.Jobs;

[Trait("Requirement", "D2")]
public sealed class JobPanelTests : BunitContext
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly JobSummary Running = new(Guid.NewGuid(), Guid.NewGuid(), "generate", "Generate shop (60,000 rows)", JobState.Running, "Loading order", 15_000, 60_000, 123_456.7,
        TimeSpan.FromSeconds(42), Guid.NewGuid(), "shop", "ada", Start, Start, null, null, MayCancel: true, MayRetry: false);

    [Fact]
    public void Render_Running_ShowsRowsSpeedTimeLeftAndStep()
    {
        var panel = Render<JobPanel>(parameters => parameters.Add(p => p.Job, Running));

        var bar = panel.Find("[role=progressbar]");
        Assert.Equal("25", bar.GetAttribute("aria-valuenow"));
        Assert.Equal("25 percent, 15,000 of 60,000 rows", bar.GetAttribute("aria-valuetext"));
        Assert.Equal("width: 25%", bar.QuerySelector("span")!.GetAttribute("style"));
        Assert.Equal("Loading order", panel.Find(".job-step").TextContent);
        Assert.Equal(["15,000 of 60,000", "123,456 rows/s", "42 seconds", "ada"], panel.FindAll(".job-figures dd").Select(figure => figure.TextContent.Trim()));
    }

    [Fact]
    public void Render_EveryRowIsInButItStillRuns_ClaimsNoPercentage()
    {
        var panel = Render<JobPanel>(parameters => parameters.Add(p => p.Job, Running with { RowsDone = 60_000, Step = "Adding keys", TimeLeft = null }));

        Assert.Equal("unknown", panel.Find("[role=progressbar] > span").ClassName);
        Assert.Equal("Adding keys", panel.Find(".job-step").TextContent);
    }

    [Fact]
    public void Render_Pending_SaysThatItWaits()
    {
        var panel = Render<JobPanel>(parameters => parameters.Add(p => p.Job, Running with { State = JobState.Pending, Step = null, RowsDone = 0, RowsPerSecond = 0, TimeLeft = null }));

        Assert.Equal("Waiting for a free place", panel.Find(".job-step").TextContent);
        Assert.Equal(["0 of 60,000", "–", "–"], panel.FindAll(".job-figures dd").Take(3).Select(figure => figure.TextContent.Trim()));
    }

    [Fact]
    public void Click_Cancel_AsksThePage()
    {
        var asked = 0;
        var panel = Render<JobPanel>(parameters => parameters.Add(p => p.Job, Running).Add(p => p.OnCancel, () => asked++));

        panel.Find("button.danger").Click();

        Assert.Equal(1, asked);
    }

    [Fact]
    public void Render_MayNotCancel_OffersNone()
    {
        var panel = Render<JobPanel>(parameters => parameters.Add(p => p.Job, Running with { MayCancel = false }).Add(p => p.OnCancel, () => { }));

        Assert.Empty(panel.FindAll("button"));
    }

    [Fact]
    public void Render_Failed_SaysWhyAndWhatToDoAndOffersARetry()
    {
        var retried = 0;
        var failed = Running with { State = JobState.Failed, FinishedAt = Start.AddSeconds(9), MayCancel = false, MayRetry = true, Error = new JobError("platform.disk_full", "The disk is full.", ["Free some space."], "abc123") };

        var panel = Render<JobPanel>(parameters => parameters.Add(p => p.Job, failed).Add(p => p.OnRetry, () => retried++));
        panel.Find("button").Click();

        Assert.Equal(1, retried);
        Assert.Empty(panel.FindAll("[role=progressbar]"));
        var error = panel.Find("[role=alert]").TextContent;
        Assert.Contains("The disk is full.", error, StringComparison.Ordinal);
        Assert.Contains("Free some space.", error, StringComparison.Ordinal);
        Assert.Contains("platform.disk_full", error, StringComparison.Ordinal);
        Assert.Contains("abc123", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_Completed_SaysHowMuchInWhatTime()
    {
        var panel = Render<JobPanel>(parameters => parameters.Add(p => p.Job, Running with { State = JobState.Completed, RowsDone = 60_000, FinishedAt = Start.AddSeconds(75), MayCancel = false }));

        Assert.Contains("60,000 rows in 1 minute 15 seconds.", panel.Markup, StringComparison.Ordinal);
    }
}
