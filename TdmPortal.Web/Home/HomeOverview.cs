using System.Globalization;
using TdmPortal.Core.Jobs;
using TdmPortal.Core.Teams;
using TdmPortal.Data.Datasets;
using TdmPortal.Data.Jobs;
using TdmPortal.Web.Controls;

namespace TdmPortal.Web.Home;

/// <summary>What the home page says about a team, worked out from what it has in all and from its latest datasets and jobs.</summary>
public sealed record HomeOverview(
    DatasetTotals Totals, string FreshText, IReadOnlyList<DatasetSummary> Datasets, IReadOnlyList<JobSummary> Running,
    IReadOnlyList<JobSummary> Finished, IReadOnlyList<AttentionItem> Attention, int AttentionCount, IReadOnlyList<DayOfRows> Days)
{
    /// <summary>How many of each the page reads.</summary>
    private const int LatestDatasets = 8, LatestJobs = 100, MostStale = 4;

    private const int DaysShown = 14;
    private static readonly TimeSpan Fresh = TimeSpan.FromDays(7), Stale = TimeSpan.FromDays(30);

    /// <summary>"3 jobs wait" or the first one's time left.</summary>
    public string RunningText
    {
        get
        {
            var waiting = Running.Count(job => job.State == JobState.Pending);
            if (waiting > 0)
                return waiting == 1 ? "1 waits" : string.Create(CultureInfo.InvariantCulture, $"{waiting} wait");
            return Running.Max(job => job.TimeLeft) is { } left ? $"{Figures.Duration(left)} left" : "Under way";
        }
    }

    /// <summary>The chart in words.</summary>
    public string ChartText => $"Rows generated per day in the last {DaysShown} days: {string.Join(", ", Days.Where(day => day.Rows > 0).Select(day => $"{day.Day} {Figures.Number(day.Rows)}"))}";

    /// <summary>Reads it all, one query each.</summary>
    public static async Task<HomeOverview> ReadAsync(Actor actor, DatasetStore datasets, JobStore jobs, DateTimeOffset now, CancellationToken cancellation)
    {
        var totals = await datasets.TotalsAsync(actor, now - Fresh, now - Stale, MostStale, cancellation);
        var latest = await datasets.ListAsync(actor, null, null, LatestDatasets, cancellation);
        var work = await jobs.ListAsync(actor, null, null, null, LatestJobs, cancellation);
        return Of(totals, latest.Items, work.Items, await jobs.RowsByDayAsync(actor, now.AddDays(-DaysShown), cancellation), now);
    }

    public static HomeOverview Of(DatasetTotals totals, IReadOnlyList<DatasetSummary> latest, IReadOnlyList<JobSummary> jobs, IReadOnlyDictionary<DateOnly, long> rows, DateTimeOffset now)
    {
        var running = jobs.Where(job => job.State is JobState.Running or JobState.Pending).ToList();
        var finished = jobs.Where(job => job.State is not (JobState.Running or JobState.Pending)).ToList();
        var failures = Failures(jobs).ToList();
        return new HomeOverview(totals, Freshness(totals), latest, running, finished, [.. failures, .. StaleOnes(totals, now)], failures.Count + (int)totals.StaleCount, DaysOf(rows, now));
    }

    private static string Freshness(DatasetTotals totals) => totals switch
    {
        { Ready: 0 } => "None is ready yet",
        _ when totals.Fresh == totals.Ready => "All from the last 7 days",
        _ => $"{Figures.Number(totals.Fresh)} from the last 7 days",
    };

    // A failure needs attention until a later run of the same work went well.
    private static IEnumerable<AttentionItem> Failures(IReadOnlyList<JobSummary> jobs) => jobs
        .Where(job => job.Kind is "generate" or "export")
        .GroupBy(job => (job.Kind, Work: job.DatasetName ?? job.Title))
        .Select(runs => runs.MaxBy(job => job.QueuedAt)!)
        .Where(job => job.State == JobState.Failed)
        .OrderByDescending(job => job.QueuedAt)
        .Select(job => new AttentionItem("", "error", job.Title + " failed", job.Error?.Message ?? "It ended without saying why.", "See why", PortalUrls.Job(job.Id)));

    private static IEnumerable<AttentionItem> StaleOnes(DatasetTotals totals, DateTimeOffset now) => totals.Stale
        .Select(dataset => new AttentionItem("warn", "schedule", $"{(dataset.Title.Length > 0 ? dataset.Title : dataset.Name)} is {Figures.Number((long)(now - dataset.ChangedAt).TotalDays)} days old",
            "Its dates may have gone stale. Generate it again to bring them up to today.", "Open", PortalUrls.Dataset(dataset.Id)));

    private static List<DayOfRows> DaysOf(IReadOnlyDictionary<DateOnly, long> rows, DateTimeOffset now)
    {
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        return [.. Enumerable.Range(0, DaysShown).Select(index => today.AddDays(index - DaysShown + 1))
            .Select(day => new DayOfRows(day.ToString("d MMM", CultureInfo.InvariantCulture), rows.GetValueOrDefault(day)))];
    }
}
