using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TdmPortal.Core.Refresh;
using TdmPortal.Data;
using TdmPortal.Data.Datasets;
using TdmPortal.Data.Jobs;
using TdmPortal.Data.Notifications;
using TdmPortal.Tests.Testing;
using TdmPortal.Web.Refresh;
using Xunit;

namespace TdmPortal.Tests.Refresh;

/// <summary>The cluster's scheduler: its triggers are those of the schedules, and fire at their times.</summary>
[Trait("Requirement", "D6")]
public sealed class RefreshTriggersTests(RefreshPortal refresh) : IClassFixture<RefreshPortal>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = 120_000)]
    [Trait("Requirement", "D10")]
    public async Task Triggers_FollowSchedules_ComeBackWhenDeleted_AndFireAtTheirTimeOnTwoNodesOnce()
    {
        var (dataset, schedule) = await refresh.ScheduledAsync("triggered");
        var (other, paused) = await refresh.ScheduledAsync("not_triggered");
        var next = (await refresh.Schedules.GetAsync(refresh.Lead, dataset.Id, Cancellation))!.NextAt!.Value;
        using var one = Node();
        using var two = Node();
        await one.StartAsync(Cancellation);
        await two.StartAsync(Cancellation);
        await Until.HoldsAsync(async () => await TriggersAsync() is [var first, var second] && new[] { first, second }.Contains(Name(schedule, next)));

        await refresh.Schedules.PauseAsync(refresh.Lead, paused, Cancellation);
        await Until.HoldsAsync(async () => await TriggersAsync() is [var only] && only == Name(schedule, next));
        // Under Quartz' own lock, and in its order: the schedulers are at work.
        await refresh.Portal.ScalarAsync<int>("select from quartz.qrtz_locks where lock_name = 'TRIGGER_ACCESS' for update; delete from quartz.qrtz_simple_triggers; delete from quartz.qrtz_triggers");
        Assert.Empty(await TriggersAsync());
        Assert.Equal((1, 0), await one.Services.GetRequiredService<RefreshTriggers>().ReconcileAsync(Cancellation));
        Assert.Equal([Name(schedule, next)], await TriggersAsync());

        // Nothing but the trigger starts runs here: no other part of the portal's jobs is there.
        for (var week = 0; week < 2; week++)
        {
            refresh.Time.SetUtcNow(next.AddSeconds(-2));
            await refresh.Schedules.ResumeAsync(refresh.Lead, schedule, Cancellation); // Wakes both nodes, as any change does.
            await Until.HoldsAsync(async () => (await refresh.Schedules.RunsAsync(refresh.Lead, dataset.Id, null, 1, Cancellation)).Items is [{ State: RefreshState.Queued, PlannedFor: var planned }] && planned == next);
            await refresh.WorkAsync();
            var run = await refresh.LastRunAsync(dataset.Id);
            Assert.Equal((RefreshState.Succeeded, RefreshCause.Planned, 0), (run.State, run.Cause, run.Missed));
            next = next.AddDays(7);
            await Until.HoldsAsync(async () => await TriggersAsync() is [var only] && only == Name(schedule, next));
        }

        Assert.Equal(2, (await refresh.Schedules.RunsAsync(refresh.Lead, dataset.Id, null, 10, Cancellation)).Items.Count);
        Assert.Equal(3, await refresh.LiveAsync(dataset.Id));
        Assert.Equal(1, await refresh.LiveAsync(other.Id));
        await one.StopAsync(Cancellation);
        await two.StopAsync(Cancellation);
    }

    private IHost Node()
    {
        var builder = new HostApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<TimeProvider>(refresh.Time).AddPortalData(refresh.Portal.Database).AddDatasets(new JobOptions()).AddNotifications();
        RefreshTriggers.Add(builder.Services, refresh.Portal.Database, refresh.Time);
        return builder.Build();
    }

    private static string Name(Guid schedule, DateTimeOffset at) => RefreshTriggers.Key(schedule, at).Name;

    private async Task<string[]> TriggersAsync() => await refresh.Portal.ScalarAsync<string[]>("select coalesce(array_agg(trigger_name order by trigger_name), '{}') from quartz.qrtz_triggers where trigger_group = 'refresh'") ?? [];
}
