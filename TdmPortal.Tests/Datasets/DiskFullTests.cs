using System.Globalization;
using TdmPortal.Core.Jobs;
using TdmPortal.Data.Jobs;
using TdmPortal.Data.Server;
using TdmPortal.Tests.Server;
using Xunit;

namespace TdmPortal.Tests.Datasets;

/// <summary>The server's disk ends in the middle of a COPY, and the server itself is killed: on a server of the class's own.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public class DiskFullTests(OwnServer server) : IClassFixture<OwnServer>
{
    // No multiple of a page, so that the server meets a short write, as it does when a disk is full.
    private const string LargestFile = "20000000";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Generate_DiskFull_FailsWithThatReason_AndNothingElseIsTouched()
    {
        var portal = new DatasetPortal(() => Task.FromResult(server.NewDatabase()));
        await using (portal)
        {
            await portal.InitializeAsync();
            var before = await portal.ShopAsync("disk");
            await LimitFilesAsync(portal);
            var job = await portal.Datasets.GenerateAsync(portal.Tester, DatasetPortal.Request("disk", before.Current!.SchemaId!.Value, 400_000, 10), Cancellation);
            await portal.Get<JobRunner>().RunPendingAsync(Cancellation);

            var end = await portal.Jobs.GetAsync(portal.Tester, job, Cancellation);
            Assert.Equal((JobState.Failed, "dataset.disk_full"), (end.State, end.Error?.Code));
            Assert.Contains("disk", end.Error!.Message, StringComparison.Ordinal);
            Assert.NotEmpty(end.Error.SuggestedActions);
            Assert.Equal(["checkout_disk__v1"], await portal.SchemasOfAsync("disk"));
            Assert.Equal(before.Current.VersionId, (await portal.Datasets.GetAsync(portal.Tester, before.Id, Cancellation)).Current!.VersionId);
            Assert.Equal(1000, (await portal.Rows.ReadAsync(portal.Tester, before.Current.VersionId, "order", new() { Take = 1000 }, Cancellation)).Cells.Count);
        }
    }

    /// <summary>For the server's main process, which hands it on to new ones, and for the connections that the portal keeps open.</summary>
    private async Task LimitFilesAsync(DatasetPortal portal)
    {
        var owner = await ServiceUser.ForAsync(server.Postgres.Folder, Cancellation);
        foreach (var process in (await portal.ScalarAsync<int[]>("SELECT array_agg(pid) FROM pg_stat_activity WHERE backend_type = 'client backend'"))!.Append(server.Postgres.ProcessId!.Value))
        {
            var (exitCode, output) = await ProgramRunner.RunAsync("prlimit", ["--pid", process.ToString(CultureInfo.InvariantCulture), $"--fsize={LargestFile}:{LargestFile}"], owner, Cancellation);
            Assert.True(exitCode == 0, output);
        }
    }
}
