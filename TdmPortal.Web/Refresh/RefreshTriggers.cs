using System.Globalization;
using Npgsql;
using Quartz;
using TdmPortal.Data;
using TdmPortal.Data.Jobs;
using TdmPortal.Data.Refresh;
using TdmPortal.Web.Jobs;

namespace TdmPortal.Web.Refresh;

/// <summary>
/// Quartz' part in refreshes: one scheduler for the whole cluster, whose store is the database. It holds a trigger for the
/// next run of each schedule, derived from the portal's own rows: at start, after each change and now and then, what is
/// missing is added and what is left over is removed.
/// </summary>
public sealed class RefreshTriggers(ChangeFeed feed, RefreshQueue queue, [FromKeyedServices(RefreshTriggers.SchedulerName)] ISchedulerFactory schedulers, ILogger<RefreshTriggers> log) : BackgroundService
{
    /// <summary>Of the clustered scheduler.</summary>
    public const string SchedulerName = "TdmPortal";

    internal const string Group = "refresh";
    private static readonly JobKey Due = new("refresh-due", Group);
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    /// <summary>The scheduler, its store, and what keeps its triggers.</summary>
    public static void Add(IServiceCollection services, PortalDatabase database, TimeProvider time)
    {
        services.AddQuartz(SchedulerName, quartz =>
        {
            quartz.ConfigureScheduler(scheduler =>
            {
                scheduler.GenerateInstanceId = true;
                scheduler.ShutdownJobInterruption = ShutdownJobInterruption.Always;
            });
            quartz.UseTimeProvider(time);
            // It only says that something is due; the work itself is the job runner's.
            quartz.UseDefaultThreadPool(2);
            quartz.UsePersistentStore(store =>
            {
                store.UsePostgres(NpgsqlFactory.Instance, database.QuartzConnectionString);
                store.ConfigureStore(options => options.TablePrefix = "quartz.qrtz_");
                store.UseClustering(cluster => cluster.CheckinInterval = TimeSpan.FromSeconds(5));
            });
        });
        services.AddQuartzHostedService(SchedulerName, hosted => hosted.WaitForJobsToComplete = true);
        services.AddSingleton<RefreshTriggers>();
        services.AddHostedService(provider => provider.GetRequiredService<RefreshTriggers>());
    }

    /// <summary>Makes the triggers those of the schedules.</summary>
    /// <returns>How many were added and removed.</returns>
    public async Task<(int Added, int Removed)> ReconcileAsync(CancellationToken cancellation)
    {
        var scheduler = await schedulers.GetScheduler(cancellation);
        var wanted = (await queue.PlannedAsync(cancellation)).ToDictionary(planned => Key(planned.ScheduleId, planned.At), planned => planned.At);
        var there = new HashSet<TriggerKey>();
        foreach (var trigger in (await scheduler.QueryTriggers(new TriggerQuery { Group = GroupMatcher<TriggerKey>.GroupEquals(Group), Take = PagedQuery.All }, cancellation)).Items)
            there.Add(trigger.Key);
        var (missing, left) = (wanted.Where(pair => !there.Contains(pair.Key)).ToList(), there.Where(key => !wanted.ContainsKey(key)).ToList());
        if (missing.Count > 0)
            await scheduler.AddJob(JobBuilder.Create<RefreshDueJob>().WithIdentity(Due).StoreDurably().Build(), new AddJobOptions { Replace = true }, cancellation);
        foreach (var (key, at) in missing)
        {
            // Another node may add it at the same moment: they would be the same.
            await scheduler.ScheduleJob(TriggerBuilder.Create().WithIdentity(key).ForJob(Due).StartAt(at).WithSimpleSchedule(schedule => schedule.WithMisfireInstruction(SimpleTriggerMisfireInstruction.FireNow)).Build(), new ScheduleJobOptions { Replace = true }, cancellation);
        }

        if (left.Count > 0)
            await scheduler.UnscheduleJobs(left, cancellation);
        return (missing.Count, left.Count);
    }

    /// <summary>By schedule and time: a changed time is another trigger.</summary>
    internal static TriggerKey Key(Guid schedule, DateTimeOffset at) => new(string.Create(CultureInfo.InvariantCulture, $"{schedule:N}@{at.ToUnixTimeSeconds()}"), Group);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var changed = new FeedSignal(feed, id => id == RefreshQueue.SchedulesChanged);
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                try
                {
                    await ReconcileAsync(stoppingToken);
                }
                catch (Exception error) when (error is not OperationCanceledException)
                {
                    log.LogWarning(error, "The triggers of refreshes could not be brought to what the schedules say; tried again soon");
                }

                await changed.WaitAsync(Interval, stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The portal stops.
        }
    }
}
