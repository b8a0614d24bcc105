using TdmPortal.Core;
using TdmPortal.Core.Jobs;
using TdmPortal.Data.Datasets;
using TdmPortal.Data.Jobs;
using TdmPortal.Web.Home;
using Xunit;

namespace TdmPortal.Tests.Web.Home;

/// <summary>The home page says what needs attention, and stops saying it when it was dealt with.</summary>
public class HomeOverviewTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Of_FailedRun_NeedsAttentionUntilALaterOneGoesWell()
    {
        var failed = Job("shop", JobState.Failed, hoursAgo: 2);
        Assert.Single(Of([], failed).Attention);
        Assert.Empty(Of([], Job("shop", JobState.Completed, hoursAgo: 1), failed).Attention);
        Assert.Single(Of([], Job("other", JobState.Completed, hoursAgo: 1), failed).Attention);
    }

    [Fact]
    public void Of_OldDataset_NeedsAttention() =>
        Assert.Equal("schedule", Assert.Single(Of([Dataset("shop", daysAgo: 45), Dataset("fresh", daysAgo: 2)]).Attention).Icon);

    [Fact]
    public void Of_RowsOfSeveralRuns_AreSummedPerDay()
    {
        var days = Of([], Job("a", JobState.Completed, hoursAgo: 1), Job("b", JobState.Completed, hoursAgo: 2), Job("c", JobState.Completed, hoursAgo: 30), Job("d", JobState.Failed, hoursAgo: 1)).Days;
        Assert.Equal(14, days.Count);
        Assert.Equal(("21 Nov", 2_000), (days[^1].Day, days[^1].Rows));
        Assert.Equal(("20 Nov", 1_000), (days[^2].Day, days[^2].Rows));
    }

    [Fact]
    public void Of_DatasetsBeingBuilt_AreNotCountedAsRowsReadyToUse() =>
        Assert.Equal(500, Of([Dataset("ready", daysAgo: 1), Dataset("building", daysAgo: 0, version: 0)]).Rows);

    private static HomeOverview Of(IReadOnlyList<DatasetSummary> datasets, params JobSummary[] jobs) => HomeOverview.Of(new Page<DatasetSummary>(datasets, null, datasets.Count), jobs, Now);

    private static DatasetSummary Dataset(string name, int daysAgo, int version = 1) =>
        new(Guid.CreateVersion7(), name, name, "schema", version, version == 0 ? "building" : "ready", 2, 500, 1_000, "someone", Now.AddDays(-daysAgo), null);

    private static JobSummary Job(string dataset, JobState state, int hoursAgo) =>
        new(Guid.CreateVersion7(), Guid.CreateVersion7(), "generate", "Generate " + dataset, state, null, 1_000, 1_000, 0, null, Guid.CreateVersion7(), dataset, "someone",
            Now.AddHours(-hoursAgo), Now.AddHours(-hoursAgo), Now.AddHours(-hoursAgo), null, MayCancel: false, MayRetry: false);
}
