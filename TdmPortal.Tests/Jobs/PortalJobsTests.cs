using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TdmPortal.Core.Jobs;
using TdmPortal.Data;
using TdmPortal.Data.Datasets;
using TdmPortal.Data.Jobs;
using TdmPortal.Tests.Datasets;
using TdmPortal.Web.Jobs;
using Xunit;

namespace TdmPortal.Tests.Jobs;

/// <summary>The schedule that Quartz keeps: what is queued runs by itself, and stopping the host gives it back.</summary>
public class PortalJobsTests(DatasetPortal portal) : IClassFixture<DatasetPortal>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Queued_Job_RunsByItself_AndSoDoesTheSweep()
    {
        using var host = Host();
        await host.StartAsync(Cancellation);
        var dataset = await RunAsync(host, "byitself");
        await portal.Datasets.DeleteAsync(portal.Tester, dataset, Cancellation);
        await host.StopAsync(Cancellation);

        using var next = Host();
        await next.StartAsync(Cancellation);
        while ((await portal.SchemasOfAsync("byitself")).Length > 0)
            await Task.Delay(TimeSpan.FromMilliseconds(50), Cancellation);
        await next.StopAsync(Cancellation);
    }

    [Fact]
    public async Task Stopping_TheHost_GivesTheRunningJobBack()
    {
        using var host = Host();
        await host.StartAsync(Cancellation);
        var schema = await portal.SchemaAsync(portal.Tester, DatasetPortal.Shop, "halted");
        var job = await portal.Datasets.GenerateAsync(portal.Tester, DatasetPortal.Request("halted", schema, 1000, 5_000_000), Cancellation);
        while ((await portal.Jobs.GetAsync(portal.Tester, job, Cancellation)).RowsDone == 0)
            await Task.Yield();
        await host.StopAsync(Cancellation);
        Assert.Equal(JobState.Pending, (await portal.Jobs.GetAsync(portal.Tester, job, Cancellation)).State);
        Assert.Empty(await portal.SchemasOfAsync("halted"));
        await portal.Jobs.CancelAsync(portal.Tester, job, Cancellation);
    }

    private async Task<Guid> RunAsync(IHost host, string name)
    {
        using var news = new SemaphoreSlim(0);
        var feed = host.Services.GetRequiredService<ChangeFeed>();
        await feed.Listening;
        feed.Changed += _ => news.Release();
        var job = await portal.Datasets.GenerateAsync(portal.Tester, DatasetPortal.Request(name, await portal.SchemaAsync(portal.Tester, DatasetPortal.Shop, name)), Cancellation);
        while (true)
        {
            Assert.True(await news.WaitAsync(TimeSpan.FromSeconds(60), Cancellation), "Nothing happened for a minute.");
            var now = await portal.Jobs.GetAsync(portal.Tester, job, Cancellation);
            Assert.NotEqual(JobState.Failed, now.State);
            if (now.State == JobState.Completed)
                return now.DatasetId!.Value;
        }
    }

    private IHost Host()
    {
        var builder = new HostApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddPortalData(portal.Database).AddDatasets().AddPortalJobs(portal.Database);
        return builder.Build();
    }
}
