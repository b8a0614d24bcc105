using Microsoft.Extensions.DependencyInjection;
using TdmPortal.Core.Errors;
using TdmPortal.Core.Jobs;
using TdmPortal.Data.Jobs;
using TdmPortal.Tests.Datasets;
using Xunit;

namespace TdmPortal.Tests.Jobs;

/// <summary>The rows of long work: who may see, cancel and retry them, and in which order nodes take them.</summary>
public class JobStoreTests(DatasetPortal portal) : IClassFixture<DatasetPortal>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Claim_OneTeamQueuesMuch_TheOtherIsNotLeftWaiting()
    {
        var (checkout, billing) = (await portal.SchemaAsync(portal.Tester, DatasetPortal.Shop, "fair"), await portal.SchemaAsync(portal.Stranger, DatasetPortal.Shop, "fair"));
        var first = await portal.Datasets.GenerateAsync(portal.Tester, DatasetPortal.Request("fair1", checkout), Cancellation);
        var second = await portal.Datasets.GenerateAsync(portal.Tester, DatasetPortal.Request("fair2", checkout), Cancellation);
        var third = await portal.Datasets.GenerateAsync(portal.Stranger, DatasetPortal.Request("fair", billing), Cancellation);
        var queue = portal.Get<JobQueue>();
        Assert.Equal([first, third, second], [(await queue.ClaimAsync(Cancellation))!.Id, (await queue.ClaimAsync(Cancellation))!.Id, (await queue.ClaimAsync(Cancellation))!.Id]);
        Assert.Null(await queue.ClaimAsync(Cancellation));
        foreach (var (actor, job) in new[] { (portal.Tester, first), (portal.Tester, second), (portal.Stranger, third) })
            await portal.Jobs.CancelAsync(actor, job, Cancellation);
    }

    [Fact]
    public async Task Job_OfAnotherTeam_IsNotFound()
    {
        var job = await QueueAsync("hidden");
        await Assert.ThrowsAsync<NotFoundException>(() => portal.Jobs.GetAsync(portal.Stranger, job, Cancellation));
        await Assert.ThrowsAsync<NotFoundException>(() => portal.Jobs.CancelAsync(portal.Stranger, job, Cancellation));
        await Assert.ThrowsAsync<NotFoundException>(() => portal.Jobs.RetryAsync(portal.Stranger, job, Cancellation));
        await portal.Jobs.CancelAsync(portal.Tester, job, Cancellation);
    }

    [Fact]
    public async Task Cancel_WhileItWaits_EndsItAtOnce_AndRetryQueuesTheSame()
    {
        var job = await QueueAsync("waits");
        Assert.False((await portal.Jobs.GetAsync(portal.OtherTester, job, Cancellation)).MayCancel);
        await Assert.ThrowsAsync<ForbiddenException>(() => portal.Jobs.CancelAsync(portal.OtherTester, job, Cancellation));
        await portal.Jobs.CancelAsync(portal.Lead, job, Cancellation);
        Assert.Equal(JobState.Cancelled, (await portal.Jobs.GetAsync(portal.Tester, job, Cancellation)).State);
        Assert.Equal(0, await portal.Get<JobRunner>().RunPendingAsync(Cancellation));

        var again = await portal.Jobs.RetryAsync(portal.Tester, job, Cancellation);
        Assert.Equal("dataset.busy", (await Assert.ThrowsAsync<ConflictException>(() => portal.Jobs.RetryAsync(portal.Tester, job, Cancellation))).Code);
        await portal.Get<JobRunner>().RunPendingAsync(Cancellation);
        var end = await portal.Jobs.GetAsync(portal.Tester, again, Cancellation);
        Assert.Equal((JobState.Completed, 1200L, 1200L), (end.State, end.RowsDone, end.RowsTotal));
        Assert.Equal("job.not_retriable", (await Assert.ThrowsAsync<ConflictException>(() => portal.Jobs.RetryAsync(portal.Tester, again, Cancellation))).Code);
    }

    [Fact]
    public async Task List_FiltersByStateAndText_NewestFirst()
    {
        var (one, two) = (await QueueAsync("listed1"), await QueueAsync("listed2"));
        await portal.Jobs.CancelAsync(portal.Tester, one, Cancellation);
        await portal.Jobs.CancelAsync(portal.Tester, two, Cancellation);
        var first = await portal.Jobs.ListAsync(portal.Tester, JobState.Cancelled, "listed", null, 1, Cancellation);
        Assert.Equal((two, 2L), (Assert.Single(first.Items).Id, first.Total));
        var second = await portal.Jobs.ListAsync(portal.Tester, JobState.Cancelled, "listed", first.Next, 1, Cancellation);
        Assert.Equal((one, null), (Assert.Single(second.Items).Id, second.Next));
        Assert.Empty((await portal.Jobs.ListAsync(portal.Tester, JobState.Failed, "listed", null, 10, Cancellation)).Items);
        Assert.DoesNotContain((await portal.Jobs.ListAsync(portal.Stranger, null, null, null, 100, Cancellation)).Items, job => job.Id == one);
    }

    [Fact]
    public async Task Stopping_ThePortal_GivesTheJobBackAndTheNextNodeFinishesIt()
    {
        var job = await QueueAsync("paused", orders: 3_000_000);
        using var stop = new CancellationTokenSource();
        await using var node = portal.Node(new JobOptions { Heartbeat = TimeSpan.FromMilliseconds(20) });
        var running = node.GetRequiredService<JobRunner>().RunPendingAsync(stop.Token);
        while ((await portal.Jobs.GetAsync(portal.Tester, job, Cancellation)).RowsDone == 0)
            await Task.Yield();
        await stop.CancelAsync();
        await running;
        Assert.Equal(JobState.Pending, (await portal.Jobs.GetAsync(portal.Tester, job, Cancellation)).State);
        Assert.Empty(await portal.SchemasOfAsync("paused"));
        var next = await portal.Get<JobQueue>().ClaimAsync(Cancellation);
        Assert.Equal(job, next!.Id);
        // Given back before it is cancelled: a job that seems to run counts against its team in other tests.
        await portal.Get<JobQueue>().ReleaseAsync(next, Cancellation);
        await portal.Jobs.CancelAsync(portal.Tester, job, Cancellation);
    }

    private async Task<Guid> QueueAsync(string name, long orders = 1000) =>
        await portal.Datasets.GenerateAsync(portal.Tester, DatasetPortal.Request(name, await portal.SchemaAsync(portal.Tester, DatasetPortal.Shop, name), 200, orders), Cancellation);
}
