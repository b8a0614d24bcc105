using System.Globalization;
using Npgsql;
using TdmPortal.Core.Refresh;
using TdmPortal.Data.Audit;
using TdmPortal.Data.Refresh;
using TdmPortal.Tests.Browser;
using TdmPortal.Tests.Datasets;
using TdmPortal.Tests.Testing;
using Xunit;

namespace TdmPortal.Tests.Refresh;

/// <summary>Two portals on one database; the one that works on a refresh ends as by kill -9.</summary>
public sealed class RefreshKilledTests(DatabaseServer databases)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>
    /// The other takes the run up within a minute, and who reads the live dataset sees one whole version in each statement
    /// all the time. TDM_KILLS=20 does it twenty times, TDM_ROWS=1000000 with so many rows.
    /// </summary>
    [Fact(Timeout = 3_600_000)]
    [Trait("Requirement", "D10")]
    [Trait("Requirement", "N2")]
    public async Task Run_WhoseNodeIsKilled_IsTakenUpByTheOther_AndReadersSeeWholeVersionsOnly()
    {
        var kills = Number("TDM_KILLS", 1);
        var orders = Number("TDM_ROWS", 100_000);
        await using var portal = new DatasetPortal(databases);
        await portal.InitializeAsync();
        var dataset = await portal.ShopAsync("cluster", 1000, orders);
        var schedules = portal.Get<RefreshStore>();
        var settings = await schedules.ProposeAsync(portal.Lead, dataset.Id, Cancellation) with { KeepVersions = 2 };
        var schedule = (await schedules.SaveAsync(portal.Lead, dataset.Id, RefreshPortal.Weekly(new DateOnly(2026, 1, 1)), settings, null, null, Cancellation)).Schedule;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var login = await portal.LoginAsync(portal.Lead);
        var reading = Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(() => ReadAsync(login, orders, stop.Token), Cancellation)));
        var nodes = new List<PortalProcess> { await PortalProcess.StartAsync(portal.Settings, Cancellation), await PortalProcess.StartAsync(portal.Settings, Cancellation) };
        var killed = 0;
        try
        {
            for (var kill = 0; kill < kills; kill++)
            {
                var id = await schedules.RunNowAsync(portal.Tester, schedule, Cancellation);
                // Somewhere in the middle, another place each time; the first as soon as it is building.
                var share = kill % 10 / 10.0;
                string? node = null;
                await Until.HoldsAsync(async () => (node = await portal.ScalarAsync<string>(string.Create(CultureInfo.InvariantCulture, $"select node from portal.job job join portal.refresh_run run on run.job_id = job.id where run.id = '{id}' and job.state = 'running' and run.steps::text like '%build%' and rows_done >= {share * orders}"))) is not null
                    || await portal.ScalarAsync<string>($"select state from portal.refresh_run where id = '{id}'") == "succeeded");
                if (node is not null)
                {
                    var victim = nodes.Single(one => node.EndsWith(string.Create(CultureInfo.InvariantCulture, $":{one.Id}"), StringComparison.Ordinal));
                    await victim.KillAsync();
                    await victim.DisposeAsync();
                    nodes.Remove(victim);
                    killed++;
                }

                await Until.HoldsAsync(async () => (await schedules.RunAsync(portal.Tester, id, Cancellation)).HasEnded);
                var run = await schedules.RunAsync(portal.Tester, id, Cancellation);
                Assert.True(run.State == RefreshState.Succeeded, run.Error?.Message);
                Assert.Equal((orders + 1000L, true), (run.Rows, run.Report!.Passed));
                Assert.Equal(run.VersionId, (await portal.Datasets.GetAsync(portal.Tester, dataset.Id, Cancellation)).Current!.VersionId);
                if (nodes.Count < 2 && kill + 1 < kills)
                    nodes.Add(await PortalProcess.StartAsync(portal.Settings, Cancellation));
            }

            // Nothing half made stays: schemas are those of kept versions, and two of these are kept.
            await Until.HoldsAsync(async () => await portal.ScalarAsync<long>("select count(*) from portal.job where state in ('pending', 'running')") == 0
                && (await portal.SchemasOfAsync("cluster")).Length == 2 && await portal.ScalarAsync<long>("select count(*) from portal.dataset_version where state <> 'ready'") == 0);
        }
        finally
        {
            await stop.CancelAsync();
            foreach (var node in nodes)
                await node.DisposeAsync();
        }

        // A run that ends before it is come to is left alone; the first of them is not.
        Assert.True(killed > 0, "No node was killed in its work.");
        Assert.All(await reading, count => Assert.True(count > 0));
        Assert.Empty((await portal.Get<AuditCheck>().RunAsync([], null, Cancellation)).Breaks);
    }

    /// <summary>Reads all the time: each statement sees as many orders as a version has, all with their customers.</summary>
    private static async Task<int> ReadAsync(string login, int orders, CancellationToken stop)
    {
        await using var client = new NpgsqlConnection(login + ";Pooling=false");
        await client.OpenAsync(Cancellation);
        var answered = 0;
        for (; !stop.IsCancellationRequested; answered++)
        {
            await using var command = new NpgsqlCommand("select count(*), count(distinct o.customer_id) filter (where c.id is null) from checkout_cluster.\"order\" o left join checkout_cluster.customer c on c.id = o.customer_id", client);
            await using (var reader = await command.ExecuteReaderAsync(Cancellation))
            {
                Assert.True(await reader.ReadAsync(Cancellation));
                Assert.Equal(((long)orders, 0L), (reader.GetInt64(0), reader.GetInt64(1)));
            }

            await Task.Delay(100, Cancellation);
        }

        return answered;
    }

    private static int Number(string name, int usual) => int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var asked) ? asked : usual;
}
