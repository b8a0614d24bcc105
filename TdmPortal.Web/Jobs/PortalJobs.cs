using Quartz;
using TdmPortal.Data;
using TdmPortal.Data.Jobs;
using TdmPortal.Web.Audit;
using TdmPortal.Web.Refresh;

namespace TdmPortal.Web.Jobs;

/// <summary>
/// Quartz' part in long work: each node has a scheduler in memory that looks after the job rows. The rows are the truth
/// and carry the leases, so nothing is lost with a node and a cluster needs no more than the database. What happens at a
/// time of its own is a second scheduler's, shared by all nodes (<see cref="RefreshTriggers"/>).
/// </summary>
public static class PortalJobs
{
    internal static readonly JobKey RunPending = new("run-pending", "portal");
    private static readonly JobKey Sweep = new("sweep", "portal");
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(5);
    private static readonly JobKey Scratch = new("scratch", "portal");
    private static readonly JobKey Settle = new("settle-refreshes", "portal");
    private static readonly TimeSpan SettleInterval = TimeSpan.FromSeconds(10);
    private static readonly JobKey Anchor = new("anchor-audit", "portal");
    private static readonly TimeSpan AnchorInterval = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan ScratchInterval = TimeSpan.FromSeconds(10);

    public static IServiceCollection AddPortalJobs(this IServiceCollection services, PortalDatabase database, JobOptions? options = null, TimeProvider? time = null)
    {
        options ??= new JobOptions();
        services.AddQuartz(quartz =>
        {
            quartz.ConfigureScheduler(scheduler => scheduler.ShutdownJobInterruption = ShutdownJobInterruption.Always);
            quartz.UseInMemoryStore();
            quartz.AddJob<RunPendingJob>(job => job.WithIdentity(RunPending).StoreDurably());
            quartz.AddJob<SweepJob>(job => job.WithIdentity(Sweep).StoreDurably());
            quartz.AddJob<ScratchJob>(job => job.WithIdentity(Scratch).StoreDurably());
            quartz.AddTrigger(trigger => trigger.ForJob(Scratch).WithIdentity("scratch", "portal").StartNow().WithSimpleSchedule(schedule => schedule.WithInterval(ScratchInterval).RepeatForever()));
            quartz.AddJob<RefreshSettleJob>(job => job.WithIdentity(Settle).StoreDurably());
            quartz.AddTrigger(trigger => trigger.ForJob(Settle).WithIdentity("settle-refreshes", "portal").StartNow().WithSimpleSchedule(schedule => schedule.WithInterval(SettleInterval).RepeatForever()));
            quartz.AddJob<AnchorJob>(job => job.WithIdentity(Anchor).StoreDurably());
            quartz.AddTrigger(trigger => trigger.ForJob(RunPending).WithIdentity("poll", "portal").StartNow().WithSimpleSchedule(schedule => schedule.WithInterval(Poll).RepeatForever()));
            quartz.AddTrigger(trigger => trigger.ForJob(Sweep).WithIdentity("sweep", "portal").StartNow().WithSimpleSchedule(schedule => schedule.WithInterval(options.Sweep).RepeatForever()));
            quartz.AddTrigger(trigger => trigger.ForJob(Anchor).WithIdentity("anchor-audit", "portal").StartNow().WithSimpleSchedule(schedule => schedule.WithInterval(AnchorInterval).RepeatForever()));
        });
        services.AddQuartzHostedService(hosted => hosted.WaitForJobsToComplete = true);
        services.AddHostedService<JobWaker>();
        RefreshTriggers.Add(services, database, time ?? TimeProvider.System);
        return services;
    }
}
