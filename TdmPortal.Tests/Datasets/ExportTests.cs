using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using Npgsql;
using TdmPortal.Core.Errors;
using TdmPortal.Core.Formats;
using TdmPortal.Core.Generation;
using TdmPortal.Data.Datasets;
using Xunit;

namespace TdmPortal.Tests.Datasets;

/// <summary>What is taken away is read again by somebody else's parser and counted.</summary>
public class ExportTests(DatasetPortal portal) : IClassFixture<DatasetPortal>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Export_OneEntity_HasAllRowsInEveryFormat()
    {
        var version = (await portal.ShopAsync("formats")).Current!.VersionId;
        var csv = await TextAsync(version, "order", null, RowFormat.Csv);
        Assert.Equal(1001, csv.TrimEnd('\n').Split('\n').Length);
        Assert.StartsWith("id,customer_id,status,total,note\n1000,", csv, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(await TextAsync(version, "order", null, RowFormat.Json));
        Assert.Equal(1000, json.RootElement.GetArrayLength());
        Assert.Equal(1000, (await TextAsync(version, "order", null, RowFormat.Ndjson)).TrimEnd('\n').Split('\n').Count(line => JsonDocument.Parse(line).RootElement.GetProperty("total").GetDecimal() > 0));
        Assert.Equal(1000, XDocument.Parse(await TextAsync(version, "order", null, RowFormat.Xml)).Root!.Elements("row").Count());
    }

    [Theory]
    [InlineData(RowFormat.Csv)]
    [InlineData(RowFormat.Ndjson)]
    [InlineData(RowFormat.Xml)]
    [Trait("Requirement", "N9")]
    public async Task Version_MadeAgainFromItsRecord_IsTheSameByteForByte(RowFormat format)
    {
        var schema = await portal.SchemaAsync(portal.Tester, DatasetPortal.Shop, "again_" + format.ToString().ToLowerInvariant());
        var request = DatasetPortal.Request("again_" + format.ToString().ToLowerInvariant(), schema, 300, 700) with { Seed = 77, AsOf = null };
        var version = (await portal.GenerateAsync(portal.Tester, request)).Current!;
        var record = await portal.Datasets.GetVersionAsync(portal.Tester, version.VersionId, Cancellation);
        var plan = GenerationPlan.Compile(record.Document, record.Options).Plan!;
        foreach (var entity in plan.Entities)
        {
            using var made = new MemoryStream();
            plan.Write(entity, 0, entity.Rows, format, made, cancellation: Cancellation);
            Assert.Equal(Encoding.UTF8.GetString(made.ToArray()), await TextAsync(version.VersionId, entity.Name, null, format));
        }
    }

    [Fact]
    public async Task Export_FilteredSortedColumns_AreThoseOfTheGrid()
    {
        var version = (await portal.ShopAsync("filtered")).Current!.VersionId;
        var query = new RowQuery { Columns = ["total", "id"], Filters = [new("status", RowOperator.Equal, "paid"), new("note", RowOperator.Contains, "-")], SortBy = "total", Descending = true, Take = 1000 };
        var grid = await portal.Rows.ReadAsync(portal.Tester, version, "order", query, Cancellation);
        var lines = (await TextAsync(version, "order", query, RowFormat.Csv)).TrimEnd('\n').Split('\n');
        Assert.NotEmpty(grid.Cells);
        Assert.Equal(grid.Cells.Select(row => string.Join(',', row)).Prepend("total,id"), lines);
        var expression = await TextAsync(version, "order", new RowQuery { Expression = "status = 'paid' and total < 1000", Columns = ["status"] }, RowFormat.Csv);
        Assert.All(expression.TrimEnd('\n').Split('\n').Skip(1), line => Assert.Equal("paid", line));
    }

    [Fact]
    public async Task Export_AllEntities_IsAnArchiveWithAFileEach()
    {
        var version = (await portal.ShopAsync("archive")).Current!.VersionId;
        using var archive = new ZipArchive(new MemoryStream(await BytesAsync(version, null, null, RowFormat.Csv)));
        Assert.Equal(["customer.csv", "order.csv"], archive.Entries.Select(entry => entry.FullName).Order(StringComparer.Ordinal));
        using var reader = new StreamReader(archive.GetEntry("order.csv")!.Open());
        Assert.Equal(1001, (await reader.ReadToEndAsync(Cancellation)).TrimEnd('\n').Split('\n').Length);
    }

    [Fact]
    public async Task Export_AllAsSql_LoadsIntoAnEmptyDatabaseWithKeysOn()
    {
        var version = (await portal.ShopAsync("script")).Current!.VersionId;
        var script = await TextAsync(version, null, null, RowFormat.SqlInsert);
        await using var connection = new NpgsqlConnection(await portal.EmptyDatabaseAsync());
        await connection.OpenAsync(Cancellation);
        await using (var load = new NpgsqlCommand(script, connection))
            await load.ExecuteNonQueryAsync(Cancellation);
        await using var count = new NpgsqlCommand("SELECT concat_ws(' ', (SELECT count(*) FROM customer), (SELECT count(*) FROM \"order\"), (SELECT string_agg(contype::text, '' ORDER BY contype) FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND convalidated))", connection);
        Assert.Equal("200 1000 cfppu", await count.ExecuteScalarAsync(Cancellation));
    }

    [Fact]
    public async Task Export_ReceiverGoesAway_EndsTheReadingToo()
    {
        var version = (await portal.ShopAsync("broken", customers: 100_000, orders: 1)).Current!.VersionId;
        await Assert.ThrowsAsync<IOException>(() => portal.Datasets.ExportAsync(portal.Tester, version, "customer", null, RowFormat.Json, new BrokenStream(), Cancellation));
        Assert.Equal(0L, await portal.ScalarAsync<long>("SELECT count(*) FROM pg_stat_activity WHERE state <> 'idle' AND query LIKE 'COPY%broken%' AND datname = current_database() AND pid <> pg_backend_pid()"));
    }

    [Fact]
    public async Task Export_AnotherTeam_FindsNothing()
    {
        var version = (await portal.ShopAsync("secret")).Current!.VersionId;
        using var output = new MemoryStream();
        await Assert.ThrowsAsync<NotFoundException>(() => portal.Datasets.ExportAsync(portal.Stranger, version, "order", null, RowFormat.Csv, output, Cancellation));
        await Assert.ThrowsAsync<NotFoundException>(() => portal.Datasets.ExportAsync(portal.Stranger, version, null, null, RowFormat.SqlInsert, output, Cancellation));
        await Assert.ThrowsAsync<NotFoundException>(() => portal.Datasets.PreparedFilesAsync(portal.Stranger, version, Cancellation));
        Assert.Equal(0, output.Length);
    }

    [Fact]
    public async Task Prepared_Files_AreTheExportsAndGoWithTheDataset()
    {
        var dataset = await portal.ShopAsync("prepared", 200, 1000, RowFormat.Csv, RowFormat.SqlInsert);
        var version = dataset.Current!.VersionId;
        var files = await portal.Datasets.PreparedFilesAsync(portal.Tester, version, Cancellation);
        Assert.Equal(["prepared-v1-csv.zip", "prepared-v1.sql"], files.Select(file => file.Name));
        await using (var stream = await portal.Datasets.OpenPreparedAsync(portal.Tester, version, "prepared-v1.sql", Cancellation))
        {
            Assert.Equal(files[1].Bytes, stream.Length);
            using var reader = new StreamReader(stream);
            Assert.Equal(await TextAsync(version, null, null, RowFormat.SqlInsert), await reader.ReadToEndAsync(Cancellation));
        }

        await Assert.ThrowsAsync<NotFoundException>(() => portal.Datasets.OpenPreparedAsync(portal.Tester, version, "../../portal.key", Cancellation));
        await portal.Datasets.DeleteAsync(portal.Tester, dataset.Id, Cancellation);
        await Assert.ThrowsAsync<NotFoundException>(() => portal.Datasets.OpenPreparedAsync(portal.Tester, version, "prepared-v1.sql", Cancellation));
        await portal.Sweeper.SweepAsync(Cancellation);
        Assert.False(Directory.Exists(Path.Combine(portal.Database.DataFolder, "files", version.ToString("N"))));
    }

    private async Task<string> TextAsync(Guid version, string? entity, RowQuery? query, RowFormat format) => Encoding.UTF8.GetString(await BytesAsync(version, entity, query, format));

    private async Task<byte[]> BytesAsync(Guid version, string? entity, RowQuery? query, RowFormat format)
    {
        using var output = new MemoryStream();
        await portal.Datasets.ExportAsync(portal.Tester, version, entity, query, format, output, Cancellation);
        return output.ToArray();
    }

    private sealed class BrokenStream : MemoryStream
    {
        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => throw new IOException("The receiver is gone.");

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => throw new IOException("The receiver is gone.");
    }
}
