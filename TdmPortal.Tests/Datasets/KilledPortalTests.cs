using System.Globalization;
using System.Security.Cryptography;
using Npgsql;
using TdmPortal.Core.Errors;
using TdmPortal.Core.Jobs;
using TdmPortal.Data.Audit;
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
            await Until.HoldsAsync(async () => await portal.Jobs.GetAsync(portal.Tester, job, Cancellation) is { RowsDone: > 50_000 });
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
            await Until.HoldsAsync(async () => (await portal.Jobs.GetAsync(portal.Tester, job, Cancellation)).State is not (JobState.Pending or JobState.Running));
            Assert.Equal(JobState.Completed, (await portal.Jobs.GetAsync(portal.Tester, job, Cancellation)).State);
            var after = (await portal.Datasets.GetByNameAsync(portal.Tester, "killed", Cancellation)).Current!;
            // Its number is free again where the sweeper was quicker than the second attempt.
            Assert.Contains(after.Number, new[] { 2, 3 });
            Assert.Equal(1_001_000L, after.Rows);
            Assert.Equal(1_000_000L, await portal.ScalarAsync<long>($"SELECT count(*) FROM checkout_killed__v{after.Number}.\"order\""));
            // The sweeper takes what the killed process left.
            await Until.HoldsAsync(async () => (await portal.SchemasOfAsync("killed")).SequenceEqual(["checkout_killed__v1", $"checkout_killed__v{after.Number}"]));
        }
    }

    /// <summary>
    /// Killed again and again while datasets are loaded and go live: who reads gets one whole version in each statement all
    /// the time, and when all is done every schema belongs to a kept version and every change stands in the audit.
    /// TDM_KILLS=50 does it fifty times.
    /// </summary>
    [Fact(Timeout = 900_000)]
    [Trait("Requirement", "N2")]
    public async Task Portal_KilledAtRandomMoments_LeavesNoHalfVersionNoOrphanAndNoGapInTheAudit()
    {
        var kills = int.TryParse(Environment.GetEnvironmentVariable("TDM_KILLS"), CultureInfo.InvariantCulture, out var asked) ? asked : 2;
        await using var portal = new DatasetPortal(databases);
        await portal.InitializeAsync();
        string[] names = ["ka", "kb", "kc", "kd", "ke", "kf"];
        var schema = (await portal.ShopAsync(names[0], 10, 20)).Current!.SchemaId!.Value;
        foreach (var name in names[1..])
            await portal.GenerateAsync(portal.Tester, DatasetPortal.Request(name, schema, 10, 20));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var login = await portal.LoginAsync(portal.Lead);
        var reading = Task.Run(() => ReadAsync(login, names, stop.Token), Cancellation);

        for (var kill = 0; kill < kills; kill++)
        {
            foreach (var name in names)
                await TryQueueAsync(portal, schema, name, customers: RandomNumberGenerator.GetInt32(2) == 0 ? 100 : 20_000);
            await using var process = await PortalProcess.StartAsync(portal.Settings, Cancellation);
            await Task.Delay(RandomNumberGenerator.GetInt32(1500), Cancellation);
            await process.KillAsync();
        }

        await using (await PortalProcess.StartAsync(portal.Settings, Cancellation))
        {
            await Until.HoldsAsync(async () => await portal.ScalarAsync<long>("select count(*) from portal.job where state in ('pending', 'running')") == 0);
            // Schemas are those of kept versions, of live datasets, and none else; what is live shows one version alone.
            await Until.HoldsAsync(async () => await portal.ScalarAsync<long>("""
                select (select count(*) from portal.dataset_version where state <> 'ready') + (select count(*) from portal.live_dataset where cardinality(numbers) > 1)
                    + (select count(*) from pg_namespace where nspname like 'checkout\_%' and nspname not in (select database_schema from portal.dataset_version) and nspname not in (select schema_name from portal.live_dataset))
                """) == 0);
        }

        await stop.CancelAsync();
        Assert.True(await reading > kills, "Nothing was read.");
        foreach (var name in names)
        {
            var dataset = await portal.Datasets.GetByNameAsync(portal.Tester, name, Cancellation);
            foreach (var version in await portal.Datasets.VersionsAsync(portal.Tester, dataset.Id, Cancellation))
                Assert.Equal(version.Rows, await portal.ScalarAsync<long>($"select (select count(*) from checkout_{name}__v{version.Number}.customer) + (select count(*) from checkout_{name}__v{version.Number}.\"order\")"));
        }

        Assert.Empty((await portal.Get<AuditCheck>().RunAsync([], null, Cancellation)).Breaks);
        // What is there was recorded, and what was recorded is there.
        foreach (var (things, action) in new[]
        {
            ("select id::text from portal.dataset_version", "version.made"), ("select version_id::text from portal.publication", "version.published"),
            ("select id::text from portal.job", "job.queued"), ("select id::text from portal.job where state = 'completed'", "job.completed"),
        })
            Assert.Equal(0L, await portal.ScalarAsync<long>($"select count(*) from (({things}) except (select object_id from portal.audit_record where action = '{action}')) missing"));
        Assert.Equal(0L, await portal.ScalarAsync<long>("select count(*) from portal.audit_record where action = 'version.made' and object_id not in (select id::text from portal.dataset_version)"));
    }

    /// <summary>Queues the next version where no other job works on the dataset.</summary>
    private static async Task TryQueueAsync(DatasetPortal portal, Guid schema, string name, int customers)
    {
        try
        {
            await portal.Datasets.GenerateAsync(portal.Tester, DatasetPortal.Request(name, schema, customers, customers * 2), Cancellation);
        }
        catch (ConflictException busy) when (busy.Code == "dataset.busy")
        {
            // What was killed waits for its lease to end.
        }
    }

    /// <summary>Reads all the time: each dataset has twice as many orders as customers in every version.</summary>
    /// <returns>How many statements were answered.</returns>
    private static async Task<int> ReadAsync(string login, string[] names, CancellationToken stop)
    {
        await using var client = new NpgsqlConnection(login + ";Pooling=false");
        await client.OpenAsync(Cancellation);
        var answered = 0;
        for (; !stop.IsCancellationRequested; answered++)
        {
            var name = names[answered % names.Length];
            await using var command = new NpgsqlCommand($"select (select count(*) from checkout_{name}.\"order\") - 2 * (select count(*) from checkout_{name}.customer), (select count(*) from checkout_{name}.customer)", client);
            await using (var reader = await command.ExecuteReaderAsync(Cancellation))
            {
                Assert.True(await reader.ReadAsync(Cancellation));
                Assert.Equal(0L, reader.GetInt64(0));
                Assert.Contains(reader.GetInt64(1), new[] { 10L, 100, 20_000 });
            }

            await Task.Delay(20, Cancellation);
        }

        return answered;
    }
}
