using Npgsql;
using TdmPortal.Core.Environments;
using TdmPortal.Core.Errors;
using TdmPortal.Core.Jobs;
using TdmPortal.Data.Environments;
using TdmPortal.Data.Jobs;
using TdmPortal.Tests.Datasets;
using Xunit;

namespace TdmPortal.Tests.Environments;

/// <summary>How two versions differ, counted by the database.</summary>
[Trait("Requirement", "N8")]
public class VersionComparisonsTests(DatasetPortal portal) : IClassFixture<DatasetPortal>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private VersionComparisons Comparisons => portal.Get<VersionComparisons>();

    [Fact]
    public async Task Compare_RowsAddedRemovedAndChanged_CountsEachAndShowsTheCells()
    {
        var (one, other) = await VersionsAsync("counted_diff", DatasetPortal.Shop);
        await ChangeAsync("counted_diff", 2, """
            delete from {0}."order" where id between 1003 and 1007;
            update {0}."order" set note = null, status = 'sent' where id in (1500, 1501, 1502, 1503) ;
            update {0}."order" set total = total + 1 where id in (1503, 1600);
            insert into {0}."order" select 5000 + n, 1, 'new', 7.5, 'late', 2000 + n from generate_series(1, 12) n
            """);
        await ChangeAsync("counted_diff", 1, """update "checkout_counted_diff__v1"."order" set note = 'x', status = 'new' where id in (1500, 1501, 1502, 1503)""");
        var report = await CompareAsync(one, other);

        var order = report.Entities.Single(entity => entity.Name == "order");
        Assert.Equal((12, 5, 5), (order.Added, order.Removed, order.Changed));
        Assert.Equal((1000, 1007), (order.RowsBefore, order.RowsAfter));
        Assert.Equal(["id"], order.Key);
        Assert.Equal((4, 4, 2, 0), (Column(order, "note").ChangedCells, Column(order, "status").ChangedCells, Column(order, "total").ChangedCells, Column(order, "customer_id").ChangedCells));
        Assert.Equal("12 rows added, 5 rows removed, 5 rows changed; 990 rows the same.", order.Summary);
        Assert.Equal("The same 200 rows.", report.Entities.Single(entity => entity.Name == "customer").Summary);
        Assert.False(report.IsSame);

        var changed = await Comparisons.RowsAsync(portal.Tester, one, other, "order", RowDifference.Changed, null, null, 4, Cancellation);
        Assert.Equal("id", changed.Columns[0]);
        Assert.Equal(["1500", "1501", "1502", "1503"], changed.Rows.Select(row => row.After[0]));
        var status = changed.Columns.ToList().IndexOf("status");
        Assert.All(changed.Rows, row => Assert.Equal(("new", "sent"), (row.Before[status], row.After[status])));
        Assert.All(changed.Rows, row => Assert.Null(row.After[changed.Columns.ToList().IndexOf("note")]));
        var rest = await Comparisons.RowsAsync(portal.Tester, one, other, "order", RowDifference.Changed, null, changed.Next, 4, Cancellation);
        Assert.Equal(("1600", (long?)null), (Assert.Single(rest.Rows).After[0], rest.Next));
        Assert.Equal(["1503", "1600"], (await Comparisons.RowsAsync(portal.Tester, one, other, "order", RowDifference.Changed, "total", null, 10, Cancellation)).Rows.Select(row => row.After[0]));
        Assert.Equal(12, (await Comparisons.RowsAsync(portal.Tester, one, other, "order", RowDifference.Added, null, null, 50, Cancellation)).Rows.Count);
        Assert.Equal(["1003", "1004", "1005", "1006", "1007"], (await Comparisons.RowsAsync(portal.Tester, one, other, "order", RowDifference.Removed, null, null, 50, Cancellation)).Rows.Select(row => row.Before[0]));

        using var file = new MemoryStream();
        await Comparisons.ExportAsync(portal.Tester, one, other, "order", file, Cancellation);
        var lines = System.Text.Encoding.UTF8.GetString(file.ToArray()).TrimEnd('\n').Split('\n').Select(line => System.Text.Json.JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal((22, 5, 12, 5), (lines.Count, lines.Count(line => line.GetProperty("change").GetString() == "changed"), lines.Count(line => line.GetProperty("change").GetString() == "added"), lines.Count(line => line.GetProperty("change").GetString() == "removed")));
        Assert.Equal("""{"status":["new","sent"],"note":["x",null]}""", lines[0].GetProperty("cells").GetRawText().Replace(" ", "", StringComparison.Ordinal));
        Assert.Equal(1500, lines[0].GetProperty("key").GetProperty("id").GetInt64());
        Assert.Equal("late", lines[5].GetProperty("cells").GetProperty("note").GetString());
    }

    [Fact]
    public async Task Compare_SameRows_IsTheSame()
    {
        var (one, other) = await VersionsAsync("same_diff", DatasetPortal.Shop);
        var report = await CompareAsync(one, other);
        Assert.True(report.IsSame);
        Assert.Empty(report.SchemaChanges);
        Assert.All(report.Entities.SelectMany(entity => entity.Columns), column => Assert.Equal((0.0, 0L), (column.Surprise, column.ChangedCells)));
    }

    [Fact]
    public async Task Compare_OtherSchema_NamesColumnsTypesAndEntitiesAndPutsTheSurprisingFirst()
    {
        var (one, other) = await VersionsAsync("shaped_diff", DatasetPortal.Shop, DatasetPortal.Shop
            .Replace("""{ "name": "tier", "type": "string", "generator": "choice", "args": { "values": ["bronze", "Silver", "gold"] } },""", """{ "name": "grade", "type": "integer", "generator": "number.integer", "args": { "min": 1, "max": 3 } },""", StringComparison.Ordinal)
            .Replace("""{ "name": "score", "type": "integer", "generator": "number.integer", "args": { "min": 1, "max": 9 }, "nullPercent": 25 },""", """{ "name": "score", "type": "string", "generator": "choice", "args": { "values": ["low", "high"] } },""", StringComparison.Ordinal)
            .Replace("""{ "min": 5, "max": 2000 }""", """{ "min": 1500, "max": 2000 }""", StringComparison.Ordinal));
        var report = await CompareAsync(one, other);
        var customer = report.Entities.Single(entity => entity.Name == "customer");
        Assert.Equal(((string?)null, 1.0), (Column(customer, "grade").TypeBefore, Column(customer, "grade").Surprise));
        Assert.Equal(((string?)null, 1.0), (Column(customer, "tier").TypeAfter, Column(customer, "tier").Surprise));
        Assert.Equal(("bigint", "text"), (Column(customer, "score").TypeBefore, Column(customer, "score").TypeAfter));
        Assert.Equal(200, Column(customer, "score").ChangedCells);
        Assert.Contains("1 column added, 1 column dropped, 1 column of another type", customer.Summary, StringComparison.Ordinal);
        Assert.Contains(report.SchemaChanges, change => change.Contains("customer.tier was removed", StringComparison.Ordinal));

        var order = report.Entities.Single(entity => entity.Name == "order");
        Assert.Equal("total", order.Columns[0].Name);
        Assert.True(order.Columns[0].Surprise > 0.4);
        var chart = order.Columns[0].Chart!;
        Assert.Equal((ColumnChartKind.Numbers, 1000, 1000), (chart.Kind, chart.Before.Sum(), chart.After.Sum()));
        Assert.Equal(chart.Labels.Count, chart.Before.Count);
        var statuses = Column(order, "status").Chart!;
        Assert.Equal((ColumnChartKind.Values, 3, 1000), (statuses.Kind, statuses.Labels.Count, statuses.Before.Sum()));
        Assert.Equal(0, Column(order, "status").Surprise);
    }

    [Fact]
    public async Task Compare_ChangedKeyAndNewEntity_SaysSo()
    {
        var (one, other) = await VersionsAsync("keyed_diff", DatasetPortal.Shop, DatasetPortal.Shop
            .Replace(""" "primaryKey": ["id"], "unique": [["code"]] },""", """ "primaryKey": ["id"], "unique": [["code"]] }, { "name": "extra", "rows": 7, "fields": [ { "name": "n", "type": "integer", "generator": "sequence" } ] },""", StringComparison.Ordinal)
            .Replace(""" "primaryKey": ["id"] }""", """ "primaryKey": ["id", "customer_id"] }""", StringComparison.Ordinal));
        var report = await CompareAsync(one, other);
        var order = report.Entities.Single(entity => entity.Name == "order");
        Assert.Empty(order.Key);
        Assert.Equal("The key of order was (id) and is (id, customer_id): its rows are compared by their position.", order.KeyNote);
        Assert.Equal((0, 0, 0), (order.Added, order.Removed, order.Changed));
        Assert.Equal("extra", report.Entities[0].Name);
        Assert.Equal("New, with 7 rows.", report.Entities[0].Summary);
        var back = await CompareAsync(other, one);
        Assert.Equal("No longer there; it had 7 rows.", back.Entities[0].Summary);
    }

    [Fact]
    [Trait("Requirement", "D9")]
    public async Task Compare_OtherTeam_FindsNothing()
    {
        var (one, other) = await VersionsAsync("foreign_diff", DatasetPortal.Shop);
        await CompareAsync(one, other);
        Assert.Null(await Comparisons.FindAsync(portal.Stranger, one, other, Cancellation));
        await Assert.ThrowsAsync<NotFoundException>(() => Comparisons.StartAsync(portal.Stranger, one, other, Cancellation));
        await Assert.ThrowsAsync<NotFoundException>(() => Comparisons.RowsAsync(portal.Stranger, one, other, "order", RowDifference.Changed, null, null, 10, Cancellation));
        await Assert.ThrowsAsync<NotFoundException>(() => Comparisons.ExportAsync(portal.Stranger, one, other, "order", Stream.Null, Cancellation));
        // The reader role of the other team, with the application's check taken away: the database refuses.
        var refused = await Assert.ThrowsAsync<PostgresException>(() => portal.Database.ReadRowsAsync(portal.Stranger, async (connection, token) =>
        {
            await using var command = new NpgsqlCommand("""select count(*) from "checkout_foreign_diff__v1"."order" """, connection);
            return await command.ExecuteScalarAsync(token);
        }, Cancellation));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
    }

    [Fact]
    public async Task Start_KnownPairOrSameVersion_MakesNoSecondJob()
    {
        var (one, other) = await VersionsAsync("asked_diff", DatasetPortal.Shop);
        await Comparisons.StartAsync(portal.Tester, one, other, Cancellation);
        var first = (await Comparisons.FindAsync(portal.Tester, one, other, Cancellation))!.JobId;
        await Comparisons.StartAsync(portal.OtherTester, one, other, Cancellation);
        Assert.Equal(first, (await Comparisons.FindAsync(portal.Tester, one, other, Cancellation))!.JobId);

        // Cancelled before it began: asking again makes a new one.
        await portal.Jobs.CancelAsync(portal.Tester, first!.Value, Cancellation);
        await Comparisons.StartAsync(portal.Tester, one, other, Cancellation);
        Assert.NotEqual(first, (await Comparisons.FindAsync(portal.Tester, one, other, Cancellation))!.JobId);
        await CompareAsync(one, other);
        Assert.Equal("version.not_comparable", (await Assert.ThrowsAsync<PortalException>(() => Comparisons.StartAsync(portal.Tester, one, one, Cancellation))).Code);
        Assert.Equal(1L, await portal.ScalarAsync<long>($"select count(distinct object_id) from portal.audit_record where action = 'version.compared' and object_id = '{other}'"));
    }

    private static ColumnComparison Column(EntityComparison entity, string name) => entity.Columns.Single(column => column.Name == name);

    private async Task<ComparisonReport> CompareAsync(Guid one, Guid other)
    {
        await Comparisons.StartAsync(portal.Tester, one, other, Cancellation);
        await portal.Get<JobRunner>().RunPendingAsync(Cancellation);
        var found = (await Comparisons.FindAsync(portal.Tester, one, other, Cancellation))!;
        var job = await portal.Jobs.GetAsync(portal.Tester, found.JobId!.Value, Cancellation);
        Assert.True(job.State == JobState.Completed, job.Error?.Message);
        Assert.Equal(job.RowsTotal, job.RowsDone);
        return found.Report!;
    }

    private async Task ChangeAsync(string dataset, int version, string sql)
    {
        await using var connection = await portal.AdministratorAsync();
        await using var command = new NpgsqlCommand(sql.Replace("{0}", $"\"checkout_{dataset}__v{version}\"", StringComparison.Ordinal), connection);
        await command.ExecuteNonQueryAsync(Cancellation);
    }

    /// <summary>Two versions of a dataset, of one schema or of two.</summary>
    private async Task<(Guid One, Guid Other)> VersionsAsync(string name, string schema, string? second = null)
    {
        var first = await portal.SchemaAsync(portal.Tester, schema, name);
        var one = (await portal.GenerateAsync(portal.Tester, DatasetPortal.Request(name, first))).Current!.VersionId;
        var other = second is null ? first : await portal.SchemaAsync(portal.Tester, second, name + "_2");
        return (one, (await portal.GenerateAsync(portal.Tester, DatasetPortal.Request(name, other))).Current!.VersionId);
    }
}
