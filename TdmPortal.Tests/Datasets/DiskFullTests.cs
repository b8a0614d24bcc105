using System.Globalization;
using TdmPortal.Core.Jobs;
using TdmPortal.Data.Datasets;
using TdmPortal.Data.Jobs;
using TdmPortal.Data.Server;
using TdmPortal.Tests.Server;
using TdmPortal.Tests.Testing;
using Xunit;

namespace TdmPortal.Tests.Datasets;

/// <summary>The server's disk ends in the middle of a COPY: on a server of the class's own.</summary>
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
            await AssertFailsCleanlyAsync(portal, before);
        }
    }

    /// <summary>The file system's own answer, on a disk of 16 MB; where root may not mount one, the test above stands alone.</summary>
    [Fact]
    public async Task Generate_SmallDiskFull_FailsWithThatReason_AndItsSpaceIsFreeAgain()
    {
        var disk = TestFolder.Create();
        var owner = await ServiceUser.ForAsync(server.Postgres.Folder, Cancellation);
        Assert.SkipUnless(owner is not null && await RunAsync("mount", "-t", "tmpfs", "-o", $"size=16m,mode=0700,uid={owner.Uid},gid={owner.Gid}", "tmpfs", disk), "Mounting a disk needs root.");
        try
        {
            var portal = new DatasetPortal(() => Task.FromResult(server.NewDatabase()));
            await using (portal)
            {
                await portal.InitializeAsync();
                var before = await portal.ShopAsync("disk");
                var database = await portal.ScalarAsync<string>("SELECT current_database()::text");
                await portal.ScalarAsync<object>($"CREATE TABLESPACE small LOCATION '{disk}'");
                await portal.ScalarAsync<object>($"ALTER DATABASE {database} SET default_tablespace = small");
                await portal.ReopenAsync();
                await AssertFailsCleanlyAsync(portal, before);

                // What fits on the disk is made all the same: nothing of the first attempt takes its place.
                Assert.Equal(21_000, (await portal.ShopAsync("fits", 1000, 20_000)).Current!.Rows);
            }
        }
        finally
        {
            await RunAsync("umount", "-l", disk);
            Directory.Delete(disk);
        }

        static async Task<bool> RunAsync(string program, params string[] arguments) => (await ProgramRunner.RunAsync(program, arguments, null, Cancellation)).ExitCode == 0;
    }

    private static async Task AssertFailsCleanlyAsync(DatasetPortal portal, DatasetDetail before)
    {
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
