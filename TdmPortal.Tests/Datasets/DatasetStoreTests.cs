using Microsoft.EntityFrameworkCore;
using TdmPortal.Core.Errors;
using TdmPortal.Data.Datasets;
using Xunit;

namespace TdmPortal.Tests.Datasets;

/// <summary>Who sees and may do what with a team's datasets, and how lists page.</summary>
public class DatasetStoreTests(DatasetPortal portal) : IClassFixture<DatasetPortal>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task List_PagesByChange_AndFindsByText()
    {
        var schema = await portal.SchemaAsync(portal.Stranger, DatasetPortal.Shop, "listed");
        for (var number = 0; number < 5; number++)
            await portal.GenerateAsync(portal.Stranger, DatasetPortal.Request($"listed{number}", schema, 3, 4) with { Title = $"List 100% number {number}" });
        var names = new List<string>();
        for (string? after = null, more = ""; more is not null; after = more)
        {
            var page = await portal.Datasets.ListAsync(portal.Stranger, null, after, 2, Cancellation);
            Assert.Equal(5, page.Total);
            names.AddRange(page.Items.Select(item => item.Name));
            more = page.Next;
        }

        Assert.Equal(["listed4", "listed3", "listed2", "listed1", "listed0"], names);
        var found = Assert.Single((await portal.Datasets.ListAsync(portal.Stranger, "0% number 3", null, 10, Cancellation)).Items);
        Assert.Equal(("listed3", 1, "ready", 2, 7L, "bill"), (found.Name, found.Version, found.State, found.Entities, found.Rows, found.ChangedBy));
        Assert.Empty((await portal.Datasets.ListAsync(portal.Stranger, "listed%", null, 10, Cancellation)).Items);
    }

    [Fact]
    public async Task Totals_CountEveryDatasetOfTheTeam_AndNameTheOldest()
    {
        await using var own = new DatasetPortal(portal.EmptyDatabaseAsync);
        await own.InitializeAsync();
        var now = DateTimeOffset.UnixEpoch.AddYears(56);
        Assert.Equal((0L, 0L, 0L), await TotalsAsync(own.Tester));
        foreach (var (name, days) in new[] { ("a", 1), ("b", 10), ("c", 40), ("d", 50) })
        {
            await own.ShopAsync(name, 10, 20);
            await own.ScalarAsync<int>($"update portal.dataset set changed_at = '{now.AddDays(-days):O}' where name = '{name}'");
        }

        await own.Datasets.GenerateAsync(own.Tester, DatasetPortal.Request("waiting", (await own.Datasets.GetByNameAsync(own.Tester, "a", Cancellation)).Current!.SchemaId!.Value), Cancellation);
        var totals = await own.Datasets.TotalsAsync(own.Tester, now.AddDays(-7), now.AddDays(-30), 1, Cancellation);
        Assert.Equal((5, 4, 1, 120, 2), (totals.Count, totals.Ready, totals.Fresh, totals.Rows, totals.StaleCount));
        Assert.Equal("d", Assert.Single(totals.Stale).Name);
        Assert.Equal((0L, 0L, 0L), await TotalsAsync(own.Stranger));
        var today = new DateTimeOffset(await own.ScalarAsync<DateTime>("select min(finished_at) from portal.job"));
        Assert.Equal(120, (await own.Jobs.RowsByDayAsync(own.Tester, today.AddDays(-14), Cancellation)).Values.Sum());
        Assert.Empty(await own.Jobs.RowsByDayAsync(own.Stranger, today.AddDays(-14), Cancellation));

        async Task<(long, long, long)> TotalsAsync(Core.Teams.Actor actor)
        {
            var found = await own.Datasets.TotalsAsync(actor, now, now, 1, Cancellation);
            return (found.Count, found.Rows, found.StaleCount);
        }
    }

    [Fact]
    public async Task AnotherTeamsDataset_IsNotFound_AndTheDatabaseHoldsByItself()
    {
        var dataset = await portal.ShopAsync("mine");
        await Assert.ThrowsAsync<NotFoundException>(() => portal.Datasets.GetAsync(portal.Stranger, dataset.Id, Cancellation));
        await Assert.ThrowsAsync<NotFoundException>(() => portal.Datasets.GetByNameAsync(portal.Stranger, "mine", Cancellation));
        await Assert.ThrowsAsync<NotFoundException>(() => portal.Datasets.GetVersionAsync(portal.Stranger, dataset.Current!.VersionId, Cancellation));
        await Assert.ThrowsAsync<NotFoundException>(() => portal.Datasets.VersionsAsync(portal.Stranger, dataset.Id, Cancellation));
        await Assert.ThrowsAsync<NotFoundException>(() => portal.Datasets.DeleteAsync(portal.Stranger, dataset.Id, Cancellation));
        // No filter at all: row-level security alone.
        Assert.Equal(0, await portal.Database.ReadAsync(portal.Stranger, (context, token) => context.Database.SqlQuery<int>($"""
            SELECT (SELECT count(*) FROM portal.dataset WHERE name = 'mine') + (SELECT count(*) FROM portal.dataset_version WHERE database_schema LIKE 'checkout%') + (SELECT count(*) FROM portal.job WHERE dataset_name = 'mine') AS "Value"
            """).SingleAsync(token), Cancellation));
    }

    [Fact]
    public async Task Delete_OthersDataset_IsForTheLead()
    {
        var dataset = await portal.ShopAsync("kept");
        Assert.False((await portal.Datasets.GetAsync(portal.OtherTester, dataset.Id, Cancellation)).MayDelete);
        await Assert.ThrowsAsync<ForbiddenException>(() => portal.Datasets.DeleteAsync(portal.OtherTester, dataset.Id, Cancellation));
        await portal.Datasets.DeleteAsync(portal.Lead, dataset.Id, Cancellation);
        await Assert.ThrowsAsync<NotFoundException>(() => portal.Datasets.GetAsync(portal.Lead, dataset.Id, Cancellation));
    }

    [Fact]
    public async Task Delete_ThenTheSameNameAgain_TakesNoNumberThatStillStands()
    {
        var first = await portal.ShopAsync("reborn");
        await portal.Datasets.DeleteAsync(portal.Tester, first.Id, Cancellation);
        var second = await portal.GenerateAsync(portal.Tester, DatasetPortal.Request("reborn", first.Current!.SchemaId!.Value, 3, 4));
        Assert.Equal(2, second.Current!.Number);
        await portal.Sweeper.SweepAsync(Cancellation);
        Assert.Equal(["checkout_reborn__v2"], await portal.SchemasOfAsync("reborn"));
        Assert.Equal(1L, await portal.ScalarAsync<long>("SELECT count(*) FROM portal.dataset WHERE name = 'reborn'"));
    }

    [Fact]
    public async Task Sweep_WhileSomebodyReads_WaitsForThem()
    {
        var dataset = await portal.ShopAsync("read");
        var reader = await portal.AdministratorAsync();
        await using (reader)
        {
            await using var transaction = await reader.BeginTransactionAsync(Cancellation);
            await using (var read = new Npgsql.NpgsqlCommand("SELECT count(*) FROM checkout_read__v1.customer", reader))
                await read.ExecuteScalarAsync(Cancellation);
            await portal.Datasets.DeleteAsync(portal.Tester, dataset.Id, Cancellation);
            await portal.Sweeper.SweepAsync(Cancellation);
            Assert.Equal(["checkout_read__v1"], await portal.SchemasOfAsync("read"));
            await using var again = new Npgsql.NpgsqlCommand("SELECT count(*) FROM checkout_read__v1.customer", reader);
            Assert.Equal(200L, await again.ExecuteScalarAsync(Cancellation));
        }

        await portal.Sweeper.SweepAsync(Cancellation);
        Assert.Empty(await portal.SchemasOfAsync("read"));
        Assert.Equal(0L, await portal.ScalarAsync<long>("SELECT count(*) FROM portal.dataset WHERE name = 'read'"));
    }

    [Fact]
    public async Task Version_KeepsAllThatMadeIt()
    {
        var schema = await portal.SchemaAsync(portal.Tester, DatasetPortal.Shop, "recorded");
        var request = DatasetPortal.Request("recorded", schema, 30, 40) with { Seed = -7, QualityLevel = "premium", Title = "Recorded" };
        var version = (await portal.GenerateAsync(portal.Tester, request)).Current!;
        Assert.Equal((schema, 1, -7L, "premium", "tom", 70L), (version.SchemaId, version.SchemaVersion, version.Seed, version.QualityLevel, version.CreatedBy, version.Rows));
        Assert.Equal(request.AsOf, version.AsOf);
        Assert.Equal(30, version.Options.Rows["customer"]);
        var order = version.Entities.Single(entity => entity.Name == "order");
        Assert.Equal(("order_customer", "customer"), (Assert.Single(order.References).Relationship, order.References[0].ToEntity));
        Assert.Equal("order", Assert.Single(version.Entities.Single(entity => entity.Name == "customer").ReferencedBy).FromEntity);
        Assert.Equal("bronze", version.Document.Entities[0].Fields[2].Args["values"]!.Value[0].GetString());
        var last = await portal.Datasets.LastRequestAsync(portal.Lead, schema, Cancellation);
        Assert.Equal(("recorded", -7L, 30L), (last!.Name, last.Seed, last.Rows["customer"]));
        Assert.Null(await portal.Datasets.LastRequestAsync(portal.Stranger, schema, Cancellation));
    }

    [Fact]
    public void Names_AtTheirLongest_FitAnIdentifier() =>
        Assert.True(StoredTable.SchemaOf(new string('t', 20), new string('d', GenerateRules.MaxNameLength), 9999).Length <= 63);
}
