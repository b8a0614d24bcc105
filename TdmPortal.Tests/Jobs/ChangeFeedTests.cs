using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using TdmPortal.Data.Jobs;
using TdmPortal.Tests.Datasets;
using Xunit;

namespace TdmPortal.Tests.Jobs;

/// <summary>News reaches the pages of every node, and after a broken connection they are told to read again.</summary>
public class ChangeFeedTests(DatasetPortal portal) : IClassFixture<DatasetPortal>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Changes_ReachOtherNodes_AndABrokenConnectionIsMended()
    {
        await using var other = portal.Node(new JobOptions());
        var feed = other.GetRequiredService<ChangeFeed>();
        var heard = new ConcurrentQueue<Guid>();
        using var news = new SemaphoreSlim(0);
        feed.Changed += _ => throw new InvalidOperationException("A page with a fault.");
        feed.Changed += id =>
        {
            heard.Enqueue(id);
            news.Release();
        };
        await feed.StartAsync(Cancellation);
        await feed.Listening;

        var job = await portal.Datasets.GenerateAsync(portal.Tester, DatasetPortal.Request("told", await portal.SchemaAsync(portal.Tester, DatasetPortal.Shop, "told")), Cancellation);
        await HearAsync(job);
        Assert.True(await portal.ScalarAsync<bool>("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query = 'LISTEN tdm_change' AND datname = current_database()"));
        await HearAsync(Guid.Empty);
        await portal.Jobs.CancelAsync(portal.Tester, job, Cancellation);
        await HearAsync(job);
        await feed.StopAsync(Cancellation);

        async Task HearAsync(Guid expected)
        {
            do
            {
                Assert.True(await news.WaitAsync(TimeSpan.FromSeconds(30), Cancellation), $"{expected} was never heard.");
            }
            while (!(heard.TryDequeue(out var id) && id == expected));
        }
    }
}
