using Quartz;
using TdmPortal.Data.Jobs;

namespace TdmPortal.Web.Jobs;

/// <summary>Fires the runner soon after something changed, so that a queued job starts at once and not at the next poll.</summary>
public sealed class JobWaker(ChangeFeed feed, ISchedulerFactory schedulers, TimeProvider time, ILogger<JobWaker> log) : BackgroundService
{
    // Progress of running jobs comes over the same feed: many changes are one look at the queue.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var changed = new FeedSignal(feed, _ => true);
        try
        {
            var scheduler = await schedulers.GetScheduler(stoppingToken);
            while (!stoppingToken.IsCancellationRequested)
            {
                await changed.WaitAsync(stoppingToken);
                await scheduler.TriggerJob(PortalJobs.RunPending, stoppingToken);
                await Task.Delay(Pause, time, stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The portal stops.
        }
        catch (SchedulerException error)
        {
            log.LogError(error, "Jobs start at the next poll only: the scheduler takes no triggers");
        }
    }
}
