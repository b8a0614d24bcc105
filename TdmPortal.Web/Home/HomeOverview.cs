using System.Globalization;
using TdmPortal.Core;
using TdmPortal.Core.Jobs;
using TdmPortal.Data.Datasets;
using TdmPortal.Data.Jobs;
using TdmPortal.Web.Controls;

namespace TdmPortal.Web.Home;

/// <summary>What the home page says about a team, worked out from its latest datasets and jobs.</summary>
public sealed record HomeOverview(
    long DatasetCount, long Rows, long Bytes, string FreshText, IReadOnlyList<DatasetSummary> Datasets, IReadOnlyList<JobSummary> Running,
    IReadOnlyList<JobSummary> Finished, IReadOnlyList<AttentionItem> Attention, IReadOnlyList<DayOfRows> Days)
{
    /// <summary>How many of each the page reads: enough for its figures, one query each.</summary>
    public const int MostDatasets = 100, MostJobs = 200;

    private const int DaysShown = 14;
    private static readonly TimeSpan Stale = TimeSpan.FromDays(30);

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

    public static HomeOverview Of(Page<DatasetSummary> datasets, IReadOnlyList<JobSummary> jobs, DateTimeOffset now)
    {
        var ready = datasets.Items.Where(dataset => dataset.Version > 0).ToList();
        var running = jobs.Where(job => job.State is JobState.Running or JobState.Pending && job.Kind != "drop").ToList();
        var finished = jobs.Where(job => job.State is JobState.Completed or JobState.Failed or JobState.Cancelled && job.Kind is "generate" or "export").ToList();
        return new HomeOverview(datasets.Total ?? datasets.Items.Count, ready.Sum(dataset => dataset.Rows), ready.Sum(dataset => dataset.Bytes), Freshness(ready, now),
            datasets.Items, running, finished, [.. Failures(jobs), .. StaleOnes(ready, now)], DaysOf(jobs, now));
    }

    private static string Freshness(List<DatasetSummary> ready, DateTimeOffset now)
    {
        if (ready.Count == 0)
            return "None is ready yet";
        var fresh = ready.Count(dataset => now - dataset.ChangedAt <= TimeSpan.FromDays(7));
        return fresh == ready.Count ? "All from the last 7 days" : string.Create(CultureInfo.InvariantCulture, $"{fresh} from the last 7 days");
    }

    // A failure needs attention until a later run of the same work went well.
    private static IEnumerable<AttentionItem> Failures(IReadOnlyList<JobSummary> jobs) => jobs
        .Where(job => job.Kind is "generate" or "export")
        .GroupBy(job => (job.Kind, Work: job.DatasetName ?? job.Title))
        .Select(runs => runs.MaxBy(job => job.QueuedAt)!)
        .Where(job => job.State == JobState.Failed)
        .OrderByDescending(job => job.QueuedAt)
        .Select(job => new AttentionItem("", "error", job.Title + " failed", job.Error?.Message ?? "It ended without saying why.", "See why", PortalUrls.Job(job.Id)));

    private static IEnumerable<AttentionItem> StaleOnes(List<DatasetSummary> ready, DateTimeOffset now) => ready
        .Where(dataset => now - dataset.ChangedAt > Stale)
        .OrderBy(dataset => dataset.ChangedAt)
        .Select(dataset => new AttentionItem("warn", "schedule", $"{(dataset.Title.Length > 0 ? dataset.Title : dataset.Name)} is {Figures.Number((long)(now - dataset.ChangedAt).TotalDays)} days old",
            "Its dates may have gone stale. Generate it again to bring them up to today.", "Open", PortalUrls.Dataset(dataset.Id)));

    private static List<DayOfRows> DaysOf(IReadOnlyList<JobSummary> jobs, DateTimeOffset now)
    {
        var rows = jobs.Where(job => job is { State: JobState.Completed, Kind: "generate", FinishedAt: not null })
            .GroupBy(job => DateOnly.FromDateTime(job.FinishedAt!.Value.UtcDateTime))
            .ToDictionary(day => day.Key, day => day.Sum(job => job.RowsDone));
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        return [.. Enumerable.Range(0, DaysShown).Select(index => today.AddDays(index - DaysShown + 1))
            .Select(day => new DayOfRows(day.ToString("d MMM", CultureInfo.InvariantCulture), rows.GetValueOrDefault(day)))];
    }
}
