using Microsoft.Extensions.DependencyInjection;
using TdmPortal.Core.Errors;
using TdmPortal.Core.Jobs;
using TdmPortal.Data.Datasets;
using TdmPortal.Data.Jobs;
using Xunit;

namespace TdmPortal.Tests.Datasets;

/// <summary>From the request to a version with real keys, and what is left when it does not get there: nothing.</summary>
public class GenerateTests(DatasetPortal portal) : IClassFixture<DatasetPortal>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Generate_Shop_StoresTypedTablesWithAllKeys()
    {
        var dataset = await portal.ShopAsync("typed");
        Assert.Equal([200, 1000], dataset.Current!.Entities.OrderBy(entity => entity.Name, StringComparer.Ordinal).Select(entity => entity.Rows));
        Assert.Equal(1000L, await portal.ScalarAsync<long>("SELECT count(*) FROM checkout_typed__v1.\"order\" o JOIN checkout_typed__v1.customer c ON c.id = o.customer_id"));
        Assert.Equal("c,f,p,p,u", await portal.ScalarAsync<string>("SELECT string_agg(contype::text, ',' ORDER BY contype) FROM pg_constraint WHERE connamespace = 'checkout_typed__v1'::regnamespace AND convalidated"));
        Assert.Equal("active boolean,born date,code uuid,id bigint,limit numeric(18,2),ratio double precision,score bigint,seen_at timestamp with time zone,tags text[],tier text",
            await portal.ScalarAsync<string>("SELECT string_agg(attname || ' ' || format_type(atttypid, atttypmod), ',' ORDER BY attname) FROM pg_attribute WHERE attrelid = 'checkout_typed__v1.customer'::regclass AND attnum > 0 AND attname <> '__row'"));
        Assert.True(await portal.ScalarAsync<bool>("SELECT bool_and(c.collname = 'C') FROM pg_attribute a JOIN pg_collation c ON c.oid = a.attcollation WHERE a.attrelid IN ('checkout_typed__v1.customer'::regclass, 'checkout_typed__v1.\"order\"'::regclass) AND a.attnum > 0"));
        Assert.True(dataset.Current.Bytes > 0);
    }

    [Fact]
    public async Task Generate_RowNumbers_AreThoseOfTheEngine()
    {
        await portal.ShopAsync("numbered", customers: 250_123, orders: 5);
        Assert.Equal("250123 0 250122 0", await portal.ScalarAsync<string>("SELECT concat_ws(' ', count(*), min(__row), max(__row), count(*) FILTER (WHERE id <> __row + 1)) FROM checkout_numbered__v1.customer"));
    }

    [Fact]
    public async Task Generate_Again_MakesTheNextVersionAndKeepsTheOneBefore()
    {
        var first = await portal.ShopAsync("again");
        var second = await portal.GenerateAsync(portal.Tester, DatasetPortal.Request("again", first.Current!.SchemaId!.Value, 10, 20));
        Assert.Equal((first.Id, 2), (second.Id, second.Current!.Number));
        Assert.Equal([2, 1], (await portal.Datasets.VersionsAsync(portal.Tester, first.Id, Cancellation)).Select(version => version.Number));
        Assert.Equal(["checkout_again__v1", "checkout_again__v2"], await portal.SchemasOfAsync("again"));
    }

    [Theory]
    [InlineData("Shop")]
    [InlineData("two__underscores")]
    [InlineData("quote\"; drop")]
    [InlineData("a_name_that_is_far_too_long_for_the_database")]
    [InlineData("")]
    public async Task Generate_BadName_IsRefused(string name)
    {
        var refused = await Assert.ThrowsAsync<PortalException>(() => portal.Datasets.GenerateAsync(portal.Tester, DatasetPortal.Request(name, Guid.NewGuid()), Cancellation));
        Assert.Equal("dataset.bad_name", refused.Code);
    }

    [Fact]
    public async Task Generate_RowsThatCannotBe_AreRefusedWithAllProblemsAndNothingIsStored()
    {
        var schema = await portal.SchemaAsync(portal.Tester, DatasetPortal.Shop.Replace("[a-z]{4,8}(-[0-9]{2})?\" }, \"nullPercent\": 30", "[ab]{2}\" }, \"unique\": true", StringComparison.Ordinal), "impossible");
        var refused = await Assert.ThrowsAsync<SchemaInvalidException>(() => portal.Datasets.GenerateAsync(portal.Tester, DatasetPortal.Request("impossible", schema), Cancellation));
        Assert.Contains(refused.Problems, problem => problem.Code == "generation.unique_exhausted" && problem.Message.Contains("note", StringComparison.Ordinal));
        Assert.Equal(0L, await portal.ScalarAsync<long>("SELECT (SELECT count(*) FROM portal.dataset WHERE name = 'impossible') + (SELECT count(*) FROM portal.job WHERE dataset_name = 'impossible')"));
    }

    [Fact]
    public async Task Generate_WhileAJobWaits_IsAConflict()
    {
        var schema = await portal.SchemaAsync(portal.Tester, DatasetPortal.Shop, "busy");
        var job = await portal.Datasets.GenerateAsync(portal.Tester, DatasetPortal.Request("busy", schema), Cancellation);
        var refused = await Assert.ThrowsAsync<ConflictException>(() => portal.Datasets.GenerateAsync(portal.Lead, DatasetPortal.Request("busy", schema), Cancellation));
        Assert.Equal("dataset.busy", refused.Code);
        await portal.Jobs.CancelAsync(portal.Tester, job, Cancellation);
    }

    [Fact]
    public async Task Generate_Cancelled_LeavesNothing()
    {
        var schema = await portal.SchemaAsync(portal.Tester, DatasetPortal.Shop, "stopped");
        await using var node = portal.Node(new JobOptions { Heartbeat = TimeSpan.FromMilliseconds(20) });
        var job = await portal.Datasets.GenerateAsync(portal.Tester, DatasetPortal.Request("stopped", schema, 1000, 5_000_000), Cancellation);
        var running = node.GetRequiredService<JobRunner>().RunPendingAsync(Cancellation);
        while ((await portal.Jobs.GetAsync(portal.Tester, job, Cancellation)) is { RowsDone: 0, State: JobState.Pending or JobState.Running })
            await Task.Yield();
        Assert.NotEmpty(await portal.SchemasOfAsync("stopped"));
        await portal.Jobs.CancelAsync(portal.Tester, job, Cancellation);
        await running;
        var end = await portal.Jobs.GetAsync(portal.Tester, job, Cancellation);
        Assert.Equal((JobState.Cancelled, true, false), (end.State, end.MayRetry, end.MayCancel));
        Assert.Empty(await portal.SchemasOfAsync("stopped"));
        Assert.Equal(0L, await portal.ScalarAsync<long>("SELECT count(*) FROM portal.dataset_version WHERE database_schema LIKE 'checkout\\_stopped%'"));
        Assert.Null((await portal.Datasets.GetByNameAsync(portal.Tester, "stopped", Cancellation)).Current);
    }

    [Fact]
    public async Task Generate_FailsWhileLoading_KeepsTheVersionBeforeAndSaysWhy()
    {
        var before = await portal.ShopAsync("failing");
        await using (var administrator = await portal.AdministratorAsync())
        {
            // Somebody else's object stands where the second version's tables are to go.
            await using var command = new Npgsql.NpgsqlCommand("CREATE SCHEMA checkout_failing__v2; CREATE TABLE checkout_failing__v2.customer (id int)", administrator);
            await command.ExecuteNonQueryAsync(Cancellation);
        }

        var job = await portal.Datasets.GenerateAsync(portal.Tester, DatasetPortal.Request("failing", before.Current!.SchemaId!.Value), Cancellation);
        await portal.Get<JobRunner>().RunPendingAsync(Cancellation);
        var end = await portal.Jobs.GetAsync(portal.Tester, job, Cancellation);
        Assert.Equal((JobState.Failed, "platform.unexpected"), (end.State, end.Error!.Code));
        Assert.NotEmpty(end.Error.SuggestedActions);
        Assert.Equal(["checkout_failing__v1"], await portal.SchemasOfAsync("failing"));
        Assert.Equal(before.Current.VersionId, (await portal.Datasets.GetAsync(portal.Tester, before.Id, Cancellation)).Current!.VersionId);

        var again = await portal.Jobs.RetryAsync(portal.Tester, job, Cancellation);
        await portal.Get<JobRunner>().RunPendingAsync(Cancellation);
        Assert.Equal(JobState.Completed, (await portal.Jobs.GetAsync(portal.Tester, again, Cancellation)).State);
    }

    [Fact]
    public async Task Generate_NodeDiesWhileLoading_AnotherTakesItUpAndTheHalfIsDropped()
    {
        var schema = await portal.SchemaAsync(portal.Tester, DatasetPortal.Shop, "orphan");
        var job = await portal.Datasets.GenerateAsync(portal.Tester, DatasetPortal.Request("orphan", schema), Cancellation);
        // A lease that ends at once is what a killed node leaves, with a version half-built.
        await using (var dying = portal.Node(new JobOptions { Node = "dying", Lease = TimeSpan.Zero }))
        {
            var claimed = await dying.GetRequiredService<JobQueue>().ClaimAsync(Cancellation);
            Assert.Equal(job, claimed!.Id);
            await HalfBuildAsync(claimed);
        }

        await portal.Get<JobRunner>().RunPendingAsync(Cancellation);
        Assert.Equal(JobState.Completed, (await portal.Jobs.GetAsync(portal.Tester, job, Cancellation)).State);
        await portal.Sweeper.SweepAsync(Cancellation);
        Assert.Equal(["checkout_orphan__v2"], await portal.SchemasOfAsync("orphan"));
        Assert.Equal(1000L, await portal.ScalarAsync<long>("SELECT count(*) FROM checkout_orphan__v2.\"order\""));
    }

    [Fact]
    public async Task Generate_NodeStallsBeyondItsLease_OnlyTheOtherOnesVersionCounts()
    {
        var schema = await portal.SchemaAsync(portal.Tester, DatasetPortal.Shop, "stalled");
        var job = await portal.Datasets.GenerateAsync(portal.Tester, DatasetPortal.Request("stalled", schema, 1000, 300_000), Cancellation);
        // Its heartbeat never comes, and its lease is over before it begins; it works on all the same.
        await using var stalling = portal.Node(new JobOptions { Node = "stalling", Lease = TimeSpan.Zero, Heartbeat = TimeSpan.FromHours(1), Slots = 1 });
        var stalled = stalling.GetRequiredService<JobRunner>().RunPendingAsync(Cancellation);
        while ((await portal.SchemasOfAsync("stalled")).Length == 0)
            await Task.Yield();
        await portal.Get<JobRunner>().RunPendingAsync(Cancellation);
        await stalled;
        await portal.Sweeper.SweepAsync(Cancellation);
        Assert.Equal(JobState.Completed, (await portal.Jobs.GetAsync(portal.Tester, job, Cancellation)).State);
        var dataset = await portal.Datasets.GetByNameAsync(portal.Tester, "stalled", Cancellation);
        Assert.Equal([$"checkout_stalled__v{dataset.Current!.Number}"], await portal.SchemasOfAsync("stalled"));
        Assert.Single(await portal.Datasets.VersionsAsync(portal.Tester, dataset.Id, Cancellation));
    }

    [Fact]
    public async Task Generate_TakenUpTooOften_FailsCleanly()
    {
        var schema = await portal.SchemaAsync(portal.Tester, DatasetPortal.Shop, "hopeless");
        var job = await portal.Datasets.GenerateAsync(portal.Tester, DatasetPortal.Request("hopeless", schema), Cancellation);
        await using (var dying = portal.Node(new JobOptions { Lease = TimeSpan.Zero }))
        {
            for (var attempt = 1; attempt <= 3; attempt++)
                await HalfBuildAsync((await dying.GetRequiredService<JobQueue>().ClaimAsync(Cancellation))!);
        }

        Assert.Equal(0, await portal.Get<JobRunner>().RunPendingAsync(Cancellation));
        await portal.Get<JobQueue>().EndAbandonedAsync(Cancellation);
        await portal.Sweeper.SweepAsync(Cancellation);
        var end = await portal.Jobs.GetAsync(portal.Tester, job, Cancellation);
        Assert.Equal((JobState.Failed, "job.interrupted"), (end.State, end.Error!.Code));
        Assert.Empty(await portal.SchemasOfAsync("hopeless"));
    }

    /// <summary>What <see cref="GenerateWork"/> has done when its process is killed in the middle: a row that says building, and some tables.</summary>
    private async Task HalfBuildAsync(JobExecution job)
    {
        await using var administrator = await portal.AdministratorAsync();
        await using var command = new Npgsql.NpgsqlCommand("""
            INSERT INTO portal.dataset_version (id, dataset_id, team_id, number, state, database_schema, job_id, attempt, schema_version, document, seed, as_of, scale, rows_asked, quality_level, engine_version, entities, created_by, created_at)
            SELECT gen_random_uuid(), d.id, d.team_id, $3, 'building', 'checkout_' || d.name || '__v' || $3, $1, $2, 1, '{}', 1, now(), 1, '{}', 'basic', 1, '[]', 'tom', now() FROM portal.dataset d WHERE d.id = $4
            """, administrator);
        foreach (var value in new object[] { job.Id, job.Attempt, job.Attempt, job.DatasetId! })
            command.Parameters.Add(new Npgsql.NpgsqlParameter { Value = value });
        await command.ExecuteNonQueryAsync(Cancellation);
        var name = await portal.ScalarAsync<string>($"SELECT name FROM portal.dataset WHERE id = '{job.DatasetId}'");
        await using var tables = new Npgsql.NpgsqlCommand($"""
            CREATE SCHEMA checkout_{name}__v{job.Attempt};
            CREATE TABLE checkout_{name}__v{job.Attempt}.customer (id bigint PRIMARY KEY, friend bigint REFERENCES checkout_{name}__v{job.Attempt}.customer);
            CREATE TABLE checkout_{name}__v{job.Attempt}."order" (id bigint, customer_id bigint REFERENCES checkout_{name}__v{job.Attempt}.customer)
            """, administrator);
        await tables.ExecuteNonQueryAsync(Cancellation);
    }
}
