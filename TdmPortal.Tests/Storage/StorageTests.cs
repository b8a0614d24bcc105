using TdmPortal.Core.Errors;
using TdmPortal.Core.Jobs;
using TdmPortal.Core.Teams;
using TdmPortal.Data.Datasets;
using TdmPortal.Data.Environments;
using TdmPortal.Data.Jobs;
using TdmPortal.Data.Retention;
using TdmPortal.Data.Storage;
using TdmPortal.Tests.Datasets;
using Xunit;

namespace TdmPortal.Tests.Storage;

/// <summary>What administrators see of what is stored, and what they do about it.</summary>
[Trait("Requirement", "D4")]
public sealed class StorageTests(DatasetPortal portal) : IClassFixture<DatasetPortal>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private Actor Admin => portal.Lead with { IsAdmin = true };

    private StorageStore Storage => portal.Get<StorageStore>();

    [Fact]
    public async Task List_AddsUpOnEveryLevel_AndFreesWhatTheDryRunSays()
    {
        var large = await portal.ShopAsync("large", 200, 2000);
        await portal.GenerateAsync(portal.Tester, DatasetPortal.Request("large", large.Current!.SchemaId!.Value, 200, 2000));
        await portal.GenerateAsync(portal.Tester, DatasetPortal.Request("large", large.Current.SchemaId.Value, 20, 20));
        await portal.ShopAsync("small", 3, 3);
        await portal.Get<RetentionStore>().SetAsync(portal.Lead, large.Id, new RetentionRule(2, true, 0), Cancellation);

        var teams = (await Storage.ListAsync(Admin, StorageLevel.Team, StorageOrder.Name, null, 100, Cancellation)).Items;
        var datasets = await AllAsync(StorageLevel.Dataset, StorageOrder.Size, 1);
        var versions = await AllAsync(StorageLevel.Version, StorageOrder.Freed, 2);

        Assert.Equal(["billing", "checkout"], teams.Select(team => team.Name));
        Assert.Equal(teams[1].Bytes, datasets.Sum(dataset => dataset.Bytes));
        Assert.Equal(teams[1].VersionBytes, versions.Sum(version => version.VersionBytes));
        Assert.True(datasets.Select(dataset => dataset.Bytes).SequenceEqual(datasets.Select(dataset => dataset.Bytes).OrderDescending()));
        var going = (await portal.Get<RetentionStore>().PreviewAsync(portal.Tester, large.Id, new RetentionRule(2, true, 0), Cancellation)).Where(verdict => verdict.Goes).ToList();
        Assert.Equal((going.Sum(verdict => verdict.Bytes), "large v1"), (datasets.Single(dataset => dataset.Name == "large").FreedBytes, versions[0].Name));
        var summary = await Storage.SummaryAsync(Admin, Cancellation);
        Assert.Equal((going.Sum(verdict => verdict.Bytes), 1L), (summary.FreedBytes, summary.FreedVersions));
        await Assert.ThrowsAsync<ForbiddenException>(() => Storage.ListAsync(portal.Lead, StorageLevel.Team, StorageOrder.Size, null, 10, Cancellation));
    }

    [Fact]
    public async Task Sample_IsTakenOnceADay()
    {
        await Storage.SampleAsync(Cancellation);
        await portal.ScalarAsync<int>("update portal.storage_sample set day = day - 3, version_bytes = 42 where day = current_date");
        Assert.Equal(2, await Storage.SampleAsync(Cancellation));
        Assert.Equal(0, await Storage.SampleAsync(Cancellation));

        var days = (await Storage.SummaryAsync(Admin, Cancellation)).Days;

        Assert.Equal((2, 84L, 3), (days.Count, days[0].VersionBytes, days[1].Day.DayNumber - days[0].Day.DayNumber));
    }

    [Fact]
    public async Task Orphans_OfEveryKind_AreFoundAndRemoved_AndNothingElse()
    {
        var kept = await portal.ShopAsync("whole", 5, 10);
        await portal.LoginAsync(portal.Lead);
        var broken = await portal.ShopAsync("broken", 5, 10);
        await portal.GenerateAsync(portal.Tester, DatasetPortal.Request("broken", broken.Current!.SchemaId!.Value, 5, 10));
        await portal.Sweeper.SweepAsync(Cancellation);
        await portal.Get<ViewSweeper>().SweepAsync(Cancellation);
        var orphans = portal.Get<Orphans>();
        Assert.Empty(await orphans.FindAsync(Admin, Cancellation));

        var prefix = await portal.ScalarAsync<string>("select role_prefix from portal.installation");
        await portal.ScalarAsync<int>($"""
            create schema checkout_lost__v7; create table checkout_lost__v7.a (id int primary key); create table checkout_lost__v7.b (id int references checkout_lost__v7.a);
            create schema checkout_left; create view checkout_left.v as select 1 as n; create role checkout_s9z_{prefix}; create schema reports; create schema checkout_own; create table checkout_own.t ();
            drop schema checkout_broken__v1 cascade
            """);
        var folder = Guid.NewGuid();
        await portal.Get<IArchiveFiles>().BeginAsync(folder, Cancellation);

        var found = await orphans.FindAsync(Admin, Cancellation);
        Assert.Equal([(OrphanKind.Role, $"checkout_s9z_{prefix}"), (OrphanKind.Schema, "checkout_left"), (OrphanKind.Schema, "checkout_lost__v7"), (OrphanKind.Version, broken.Current.VersionId.ToString()), (OrphanKind.ArchiveFiles, folder.ToString())],
            found.Select(orphan => (orphan.Kind, orphan.Name)));

        Assert.Empty(await orphans.CleanUpAsync(Admin, Cancellation));

        Assert.Equal(0L, await portal.ScalarAsync<long>($"select (select count(*) from pg_namespace where nspname in ('checkout_lost__v7', 'checkout_left')) + (select count(*) from pg_roles where rolname = 'checkout_s9z_{prefix}')"));
        Assert.Equal(2L, await portal.ScalarAsync<long>("select count(*) from pg_namespace where nspname in ('reports', 'checkout_own')"));
        Assert.Equal(5L, await portal.ScalarAsync<long>("select count(*) from portal.audit_record where action = 'storage.orphan_removed'"));
        Assert.Equal(10, (await portal.Rows.ReadAsync(portal.Tester, kept.Current!.VersionId, "order", new RowQuery { Take = 1 }, Cancellation)).Matching);
        await Assert.ThrowsAsync<ForbiddenException>(() => orphans.CleanUpAsync(portal.Lead, Cancellation));
        await portal.ScalarAsync<int>("drop schema reports; drop schema checkout_own cascade");
    }

    [Fact]
    public async Task Pause_HoldsNewWorkBack_UntilItGoesOn()
    {
        var pauses = portal.Get<WorkPauses>();
        await Assert.ThrowsAsync<ForbiddenException>(() => pauses.PauseAsync(portal.Lead, null, Cancellation));
        await pauses.PauseAsync(Admin, " Backup ", Cancellation);
        var job = await portal.Datasets.GenerateAsync(portal.Tester, DatasetPortal.Request("held", await portal.SchemaAsync(portal.Tester, DatasetPortal.Shop, "held"), 3, 3), Cancellation);

        Assert.Equal(0, await portal.Get<JobRunner>().RunPendingAsync(Cancellation));
        Assert.Equal((JobState.Pending, "Backup"), ((await portal.Jobs.GetAsync(portal.Tester, job, Cancellation)).State, (await pauses.FindAsync(Cancellation))!.Reason));

        await pauses.ResumeAsync(Admin, Cancellation);
        Assert.Equal(1, await portal.Get<JobRunner>().RunPendingAsync(Cancellation));
        Assert.Null(await pauses.FindAsync(Cancellation));
    }

    private async Task<List<StorageLine>> AllAsync(StorageLevel level, StorageOrder order, int take)
    {
        var lines = new List<StorageLine>();
        for (string? after = null, next = ""; next is not null; after = next)
        {
            var page = await Storage.ListAsync(Admin, level, order, after, take, Cancellation);
            lines.AddRange(page.Items);
            next = page.Next;
        }

        return lines;
    }
}
