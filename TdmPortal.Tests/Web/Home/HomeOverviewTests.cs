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
    public void Of_OldDatasets_NeedAttentionTheOldestByName()
    {
        var overview = Of([Dataset("shop", daysAgo: 45)], staleCount: 3);
        Assert.Equal("shop is 45 days old", Assert.Single(overview.Attention).Title);
        Assert.Equal(3, overview.AttentionCount);
    }

    [Fact]
    public void Of_Days_AreTheLastFortnightWithGaps()
    {
        var days = HomeOverview.Of(Totals([], 0), [], [], new Dictionary<DateOnly, long> { [new(2026, 11, 21)] = 2_000, [new(2026, 11, 19)] = 1_000 }, Now).Days;
        Assert.Equal(14, days.Count);
        Assert.Equal([("19 Nov", 1_000L), ("20 Nov", 0L), ("21 Nov", 2_000L)], days.TakeLast(3).Select(day => (day.Day, day.Rows)));
    }

    private static HomeOverview Of(IReadOnlyList<StaleDataset> stale, params JobSummary[] jobs) => HomeOverview.Of(Totals(stale, stale.Count), [], jobs, new Dictionary<DateOnly, long>(), Now);

    private static HomeOverview Of(IReadOnlyList<StaleDataset> stale, int staleCount) => HomeOverview.Of(Totals(stale, staleCount), [], [], new Dictionary<DateOnly, long>(), Now);

    private static DatasetTotals Totals(IReadOnlyList<StaleDataset> stale, int staleCount) => new(10, 9, 8, 4_500, 9_000, staleCount, stale);

    private static StaleDataset Dataset(string name, int daysAgo) => new(Guid.CreateVersion7(), name, "", Now.AddDays(-daysAgo));

    private static JobSummary Job(string dataset, JobState state, int hoursAgo) =>
        new(Guid.CreateVersion7(), Guid.CreateVersion7(), "generate", "Generate " + dataset, state, null, 1_000, 1_000, 0, null, Guid.CreateVersion7(), dataset, "someone",
            Now.AddHours(-hoursAgo), Now.AddHours(-hoursAgo), Now.AddHours(-hoursAgo), null, MayCancel: false, MayRetry: false);
}
