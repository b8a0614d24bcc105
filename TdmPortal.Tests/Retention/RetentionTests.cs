using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using TdmPortal.Core.Errors;
using TdmPortal.Core.Jobs;
using TdmPortal.Data.Datasets;
using TdmPortal.Data.Environments;
using TdmPortal.Data.Jobs;
using TdmPortal.Data.Retention;
using TdmPortal.Tests.Datasets;
using Xunit;

namespace TdmPortal.Tests.Retention;

/// <summary>Versions go by their dataset's rule, into archives that give them back exactly.</summary>
[Trait("Requirement", "N15")]
public sealed class RetentionTests(DatasetPortal portal) : IClassFixture<DatasetPortal>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private RetentionStore Retention => portal.Get<RetentionStore>();

    [Fact]
    public async Task Preview_SaysWhatKeepsEachVersion_AndChangesNothing()
    {
        var (dataset, ids) = await VersionsAsync("judged", 7);
        await portal.Get<VersionStore>().DescribeAsync(portal.Tester, ids[1], null, ["release-1"], Cancellation);
        await portal.Get<VersionStore>().PinAsync(portal.Tester, ids[2], TimeProvider.System.GetUtcNow().AddDays(1), null, Cancellation);
        await portal.Publisher.PublishAsync(portal.Tester, ids[3], null, Cancellation);
        await portal.ScalarAsync<int>($"update portal.dataset_version set created_at = now() - interval '40 days' where dataset_id = '{dataset}' and number <= 5");

        var rule = new RetentionRule(1, true, 30);
        var verdicts = await Retention.PreviewAsync(portal.Tester, dataset, rule, Cancellation);
        Assert.Equal(["among the newest 1", "younger than 30 days", null, "live", "pinned", "tagged", null], verdicts.Select(verdict => verdict.Why));
        Assert.Equal([5, 1], verdicts.Where(verdict => verdict.Goes).Select(verdict => verdict.Number));
        Assert.Equal([5, 2, 1], (await Retention.PreviewAsync(portal.Tester, dataset, rule with { KeepTagged = false }, Cancellation)).Where(verdict => verdict.Goes).Select(verdict => verdict.Number));
        Assert.Equal(7, (await portal.Datasets.VersionsAsync(portal.Tester, dataset, Cancellation)).Count);
    }

    [Fact]
    public async Task Archive_ThenRestore_GivesTheSameRowsKeysAndRights()
    {
        var (dataset, _) = await VersionsAsync("rounded", 3, 200, 1000);
        var before = await ContentAsync("checkout_rounded__v1");
        await SetAsync(dataset, new RetentionRule(1, false, 0));

        await CompleteAsync(await Retention.RunAsync(portal.Lead, dataset, Cancellation));

        Assert.Equal(["checkout_rounded__v3"], await portal.SchemasOfAsync("rounded"));
        var archives = await Retention.ArchivesAsync(portal.Tester, dataset, null, 10, Cancellation);
        Assert.Equal([2, 1], archives.Items.Select(archive => archive.Number));
        Assert.All(archives.Items, archive => Assert.True(archive.ArchiveBytes > 0 && archive.ArchiveBytes < archive.VersionBytes));

        await CompleteAsync(await Retention.RestoreAsync(portal.Tester, archives.Items[1].Id, Cancellation));

        Assert.Equal(["checkout_rounded__v3", "checkout_rounded__v4"], await portal.SchemasOfAsync("rounded"));
        Assert.Equal(before, await ContentAsync("checkout_rounded__v4"));
        var restored = (await portal.Get<VersionStore>().ListAsync(portal.Tester, dataset, "4", null, 10, Cancellation)).Items.Single(version => version.Number == 4);
        Assert.StartsWith("Version 1 of ", restored.Note, StringComparison.Ordinal);
        Assert.Equal("restored", await portal.ScalarAsync<string>($"select origin from portal.dataset_version where id = '{restored.Id}'"));
        Assert.Equal(1000, (await portal.Rows.ReadAsync(portal.Tester, restored.Id, "order", new RowQuery { Take = 1 }, Cancellation)).Matching);
        await using (var login = new NpgsqlConnection(await portal.LoginAsync(portal.Lead)))
        {
            await login.OpenAsync(Cancellation);
            await using var count = new NpgsqlCommand("select count(*) from checkout_rounded__v4.\"order\"", login);
            Assert.Equal(1000L, await count.ExecuteScalarAsync(Cancellation));
        }
    }

    [Fact]
    public async Task Restore_OfADamagedArchive_SaysSoAndLeavesNothing()
    {
        var (dataset, _) = await VersionsAsync("damaged", 2);
        await SetAsync(dataset, new RetentionRule(1, false, 0));
        await CompleteAsync(await Retention.RunAsync(portal.Lead, dataset, Cancellation));
        var archive = Assert.Single((await Retention.ArchivesAsync(portal.Tester, dataset, null, 10, Cancellation)).Items);
        var folder = Path.Combine(portal.Database.DataFolder, "archives", archive.Id.ToString("N"));
        var file = Directory.GetFiles(folder, "*.gz")[0];
        var whole = await File.ReadAllBytesAsync(file, Cancellation);

        whole[^9] ^= 1;
        await File.WriteAllBytesAsync(file, whole, Cancellation);
        Assert.Equal("archive.damaged", (await EndAsync(await Retention.RestoreAsync(portal.Tester, archive.Id, Cancellation))).Error!.Code);
        whole[^9] ^= 1;
        await File.WriteAllBytesAsync(file, whole, Cancellation);
        await File.AppendAllTextAsync(Path.Combine(folder, "manifest.json"), " ", Cancellation);
        Assert.Equal("archive.damaged", (await EndAsync(await Retention.RestoreAsync(portal.Tester, archive.Id, Cancellation))).Error!.Code);
        File.Delete(file);
        Assert.Equal("archive.damaged", (await EndAsync(await Retention.RestoreAsync(portal.Tester, archive.Id, Cancellation))).Error!.Code);

        Assert.Equal(["checkout_damaged__v2"], await portal.SchemasOfAsync("damaged"));
    }

    [Fact]
    [Trait("Requirement", "N2")]
    public async Task Archive_CutOffAtAnyStep_LosesNothingAndGoesOn()
    {
        var (dataset, ids) = await VersionsAsync("cut_off", 2);
        await SetAsync(dataset, new RetentionRule(1, false, 0));
        var steps = 0;
        for (var finished = false; !finished; steps++)
        {
            var files = new CutOff(portal.Get<IArchiveFiles>(), steps);
            var job = await Retention.RunAsync(portal.Lead, dataset, Cancellation);
            using var runner = new JobRunner(portal.Get<JobQueue>(), [new ArchiveWork(portal.Database, portal.Get<JobQueue>(), files, portal.Sweeper, TimeProvider.System)], new JobOptions(), TimeProvider.System, NullLogger<JobRunner>.Instance);
            await runner.RunPendingAsync(Cancellation);
            finished = (await portal.Jobs.GetAsync(portal.Lead, job, Cancellation)).State == JobState.Completed;
            // Either there or put away, whole.
            var archived = (await Retention.ArchivesAsync(portal.Lead, dataset, null, 10, Cancellation)).Items;
            Assert.Equal(archived.Count == 0, (await portal.Datasets.VersionsAsync(portal.Lead, dataset, Cancellation)).Any(version => version.VersionId == ids[0]));
        }

        Assert.InRange(steps, 5, 10);
        await CompleteAsync(await Retention.RestoreAsync(portal.Tester, ids[0], Cancellation));
    }

    [Fact]
    public async Task Delete_OfTheDataset_TakesItsArchives()
    {
        var (dataset, ids) = await VersionsAsync("given_up", 2);
        await SetAsync(dataset, new RetentionRule(1, false, 0));
        await CompleteAsync(await Retention.RunAsync(portal.Lead, dataset, Cancellation));
        var folder = Path.Combine(portal.Database.DataFolder, "archives", ids[0].ToString("N"));
        Assert.True(Directory.Exists(folder));

        await portal.Datasets.DeleteAsync(portal.Lead, dataset, Cancellation);

        Assert.Equal(1, await Retention.ForgetDeletedAsync(Cancellation));
        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public async Task Rule_IsForLeads_AndWithinBounds()
    {
        var (dataset, _) = await VersionsAsync("ruled", 1);

        await Assert.ThrowsAsync<ForbiddenException>(() => Retention.SetAsync(portal.Tester, dataset, new RetentionRule(1, true, 0), Cancellation));
        await Assert.ThrowsAsync<NotFoundException>(() => Retention.SetAsync(portal.Stranger, dataset, new RetentionRule(1, true, 0), Cancellation));
        Assert.Equal("retention.bad_rule", (await Assert.ThrowsAsync<PortalException>(() => Retention.SetAsync(portal.Lead, dataset, new RetentionRule(0, true, 0), Cancellation))).Code);
        Assert.Equal("retention.no_rule", (await Assert.ThrowsAsync<ConflictException>(() => Retention.RunAsync(portal.Lead, dataset, Cancellation))).Code);
    }

    [Fact]
    public async Task Schedule_AppliesARuleOnceADay()
    {
        var (dataset, _) = await VersionsAsync("scheduled", 2);
        await SetAsync(dataset, new RetentionRule(1, false, 0));

        Assert.True(await Retention.RunDueAsync(Cancellation) >= 1);
        Assert.Equal(0, await Retention.RunDueAsync(Cancellation));
        await portal.Get<JobRunner>().RunPendingAsync(Cancellation);

        Assert.Single((await Retention.ArchivesAsync(portal.Tester, dataset, null, 10, Cancellation)).Items);
        Assert.Equal("TdmPortal", await portal.ScalarAsync<string>($"select archived_by from portal.version_archive where dataset_id = '{dataset}'"));
    }

    private Task SetAsync(Guid dataset, RetentionRule rule) => Retention.SetAsync(portal.Lead, dataset, rule, Cancellation);

    private async Task CompleteAsync(Guid job)
    {
        var end = await EndAsync(job);
        Assert.True(end.State == JobState.Completed, $"{end.State}: {end.Error?.Message}");
    }

    private async Task<JobSummary> EndAsync(Guid job)
    {
        await portal.Get<JobRunner>().RunPendingAsync(Cancellation);
        // Tables that combined views still stand on are dropped later.
        await portal.Sweeper.SweepAsync(Cancellation);
        return await portal.Jobs.GetAsync(portal.Lead, job, Cancellation);
    }

    /// <summary>All rows in order, and all keys, checks and indexes.</summary>
    private async Task<string?> ContentAsync(string schema) => await portal.ScalarAsync<string>($"""
        select (select md5(string_agg(c::text, E'\n' order by __row)) from {schema}.customer c) || (select md5(string_agg(o::text, E'\n' order by __row)) from {schema}."order" o)
            || (select string_agg(replace(pg_get_constraintdef(oid), '{schema}.', ''), E'\n' order by conname) from pg_constraint where connamespace = '{schema}'::regnamespace)
            || (select string_agg(replace(pg_get_indexdef(indexrelid), '{schema}.', ''), E'\n' order by indexrelid::regclass::text) from pg_index join pg_class on pg_class.oid = indrelid where relnamespace = '{schema}'::regnamespace)
        """);

    private async Task<(Guid Dataset, List<Guid> Versions)> VersionsAsync(string name, int count, long customers = 3, long orders = 5)
    {
        var dataset = await portal.ShopAsync(name, customers, orders);
        var ids = new List<Guid> { dataset.Current!.VersionId };
        while (ids.Count < count)
            ids.Add((await portal.GenerateAsync(portal.Tester, DatasetPortal.Request(name, dataset.Current.SchemaId!.Value, customers, orders))).Current!.VersionId);
        return (dataset.Id, ids);
    }

    /// <summary>Fails at a step, and from then on does nothing at all, as when the portal was killed there.</summary>
    private sealed class CutOff(IArchiveFiles files, int steps) : IArchiveFiles
    {
        private int left = steps;

        public Task BeginAsync(Guid archive, CancellationToken cancellation) => Do(() => files.BeginAsync(archive, cancellation));
        public Task WriteAsync(Guid archive, string name, Func<Stream, Task> write, CancellationToken cancellation) => Do(() => files.WriteAsync(archive, name, write, cancellation));
        public Task CompleteAsync(Guid archive, CancellationToken cancellation) => Do(() => files.CompleteAsync(archive, cancellation));
        public Task<Stream> OpenAsync(Guid archive, string name, CancellationToken cancellation) => files.OpenAsync(archive, name, cancellation);
        public Task DeleteAsync(Guid archive, CancellationToken cancellation) => Do(() => files.DeleteAsync(archive, cancellation));
        public Task<IReadOnlyList<(Guid Archive, long Bytes, DateTimeOffset WrittenAt)>> ListAsync(CancellationToken cancellation) => files.ListAsync(cancellation);

        private Task Do(Func<Task> step) => left-- > 0 ? step() : throw new IOException("Cut off.");
    }
}
