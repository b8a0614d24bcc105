using TdmPortal.Core.Jobs;
using TdmPortal.Tests.Browser;
using TdmPortal.Tests.Testing;
using Xunit;

namespace TdmPortal.Tests.Datasets;

/// <summary>The portal's process ends in the middle of a generation, as by kill -9 or a power cut.</summary>
public sealed class KilledPortalTests(DatabaseServer databases)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = 180_000)]
    public async Task Portal_KilledWhileLoading_ShowsNothingHalfMadeAndFinishesAfterTheNextStart()
    {
        await using var portal = new DatasetPortal(databases);
        await portal.InitializeAsync();
        var before = (await portal.ShopAsync("killed")).Current!;
        var job = await portal.Datasets.GenerateAsync(portal.Tester, DatasetPortal.Request("killed", before.SchemaId!.Value, 1000, 1_000_000), Cancellation);

        await using (var process = await PortalProcess.StartAsync(portal.Settings, Cancellation))
        {
            await UntilAsync(async () => await portal.Jobs.GetAsync(portal.Tester, job, Cancellation) is { RowsDone: > 50_000 });
            await process.KillAsync();
        }

        // The second version's tables are there; nobody is shown or may read them.
        Assert.Equal(["checkout_killed__v1", "checkout_killed__v2"], await portal.SchemasOfAsync("killed"));
        Assert.False(await portal.ScalarAsync<bool>($"SELECT has_schema_privilege('{portal.Database.ReaderRole("checkout")}', 'checkout_killed__v2', 'USAGE')"));
        var dataset = await portal.Datasets.GetByNameAsync(portal.Tester, "killed", Cancellation);
        Assert.Equal(before.VersionId, dataset.Current!.VersionId);
        Assert.Single(await portal.Datasets.VersionsAsync(portal.Tester, dataset.Id, Cancellation), version => version.State == "ready");
        Assert.Equal(100, (await portal.Rows.ReadAsync(portal.Tester, before.VersionId, "order", new() { Take = 100 }, Cancellation)).Cells.Count);

        await using (await PortalProcess.StartAsync(portal.Settings, Cancellation))
        {
            await UntilAsync(async () => (await portal.Jobs.GetAsync(portal.Tester, job, Cancellation)).State is not (JobState.Pending or JobState.Running));
            Assert.Equal(JobState.Completed, (await portal.Jobs.GetAsync(portal.Tester, job, Cancellation)).State);
            var after = (await portal.Datasets.GetByNameAsync(portal.Tester, "killed", Cancellation)).Current!;
            Assert.Equal((3, 1_001_000L), (after.Number, after.Rows));
            Assert.Equal(1_000_000L, await portal.ScalarAsync<long>("SELECT count(*) FROM checkout_killed__v3.\"order\""));
            // The sweeper takes what the killed process left.
            await UntilAsync(async () => await portal.SchemasOfAsync("killed") is ["checkout_killed__v1", "checkout_killed__v3"]);
        }
    }

    /// <summary>Ends when the condition holds; the test's own limit ends it when it never does.</summary>
    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        while (!await condition())
            await Task.Delay(50, Cancellation);
    }
}
