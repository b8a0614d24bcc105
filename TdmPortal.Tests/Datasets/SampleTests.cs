using TdmPortal.Core.Formats;
using TdmPortal.Tests.Testing;
using Xunit;

namespace TdmPortal.Tests.Datasets;

/// <summary>Every schema that comes with the portal can be generated, stored with all its keys, and taken away as a script that loads.</summary>
public class SampleTests(DatasetPortal portal) : IClassFixture<DatasetPortal>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static IEnumerable<TheoryDataRow<string>> Samples => Directory.EnumerateFiles(Repository.PathOf("samples"), "*.schema.json").Order(StringComparer.Ordinal)
        .Select(file => new TheoryDataRow<string>(Path.GetFileName(file)));

    [Theory]
    [MemberData(nameof(Samples))]
    [Trait("Requirement", "D2")]
    public async Task Sample_Generates_AndItsScriptLoads(string file)
    {
        var name = file[..file.IndexOf('.', StringComparison.Ordinal)].Replace("-", "_", StringComparison.Ordinal);
        var schema = await portal.SchemaAsync(portal.Tester, await File.ReadAllTextAsync(Repository.PathOf("samples", file), Cancellation), name);
        // customers-orders is for measuring: a hundredth of it shows the same.
        var dataset = await portal.GenerateAsync(portal.Tester, DatasetPortal.Request(name, schema) with { Scale = name == "customers_orders" ? 0.01 : 1, Prepare = [RowFormat.SqlInsert] });
        var version = dataset.Current!;
        foreach (var entity in version.Entities)
            Assert.Equal(entity.Rows, await portal.ScalarAsync<long>($"SELECT count(*) FROM checkout_{name}__v1.\"{entity.Name}\""));
        Assert.Equal(version.Document.Relationships.Count, await portal.ScalarAsync<long>($"SELECT count(*) FROM pg_constraint WHERE contype = 'f' AND convalidated AND connamespace = 'checkout_{name}__v1'::regnamespace"));
        Assert.Equal(version.Document.Entities.Count(entity => entity.PrimaryKey.Count > 0), await portal.ScalarAsync<long>($"SELECT count(*) FROM pg_constraint WHERE contype = 'p' AND connamespace = 'checkout_{name}__v1'::regnamespace"));

        await using var script = await portal.Datasets.OpenPreparedAsync(portal.Tester, version.VersionId, $"{name}-v1.sql", Cancellation);
        using var reader = new StreamReader(script);
        await using var connection = new Npgsql.NpgsqlConnection(await portal.EmptyDatabaseAsync());
        await connection.OpenAsync(Cancellation);
        await using var load = new Npgsql.NpgsqlCommand(await reader.ReadToEndAsync(Cancellation), connection);
        await load.ExecuteNonQueryAsync(Cancellation);
        await using var keys = new Npgsql.NpgsqlCommand("SELECT count(*) FROM pg_constraint WHERE contype = 'f' AND convalidated", connection);
        Assert.Equal((long)version.Document.Relationships.Count, await keys.ExecuteScalarAsync(Cancellation));
    }
}
