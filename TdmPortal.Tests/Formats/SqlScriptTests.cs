using System.Text;
using System.Text.Json.Nodes;
using Npgsql;
using TdmPortal.Cli;
using TdmPortal.Core.Formats;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Schemas;
using TdmPortal.Tests.Generation;
using TdmPortal.Tests.Testing;
using Xunit;

namespace TdmPortal.Tests.Formats;

/// <summary>What is written loads into a real PostgreSQL by its own client, stopping at the first error.</summary>
public sealed class SqlScriptTests(DatabaseServer server)
{
    [Theory]
    [InlineData("chinook", "insert")]
    [InlineData("chinook", "copy")]
    [InlineData("contract-all", "insert")]
    [InlineData("contract-all", "copy")]
    [InlineData("web-shop", "copy")]
    [Trait("Requirement", "D7")]
    public async Task All_MadeByTheCommandLine_LoadsWithEveryKeyAndCheck(string sample, string rows)
    {
        var folder = TestFolder.Create();
        try
        {
            using var error = new StringWriter();
            Assert.Equal(0, await CommandLine.RunAsync(["generate", Repository.PathOf("samples", $"{sample}.schema.json"), "--out", folder, "--format", "sql", "--sql-rows", rows], TextWriter.Null, error));
            var connection = await server.CreateEmptyDatabaseAsync();
            await Psql.RunAsync(connection, input =>
            {
                using var script = File.OpenRead(Path.Combine(folder, "all.sql"));
                script.CopyTo(input);
            });
            await AssertLoadedAsync(connection, Plans.Compile(Plans.Sample(sample)));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData("chinook", 10, 1)]
    [InlineData("contract-all", 1, 2)]
    [InlineData("contract-all", 1, -3)]
    [InlineData("contract-all", 10, 4)]
    [InlineData("contract-all", 0.05, 5)]
    [Trait("Requirement", "D7")]
    [Trait("Requirement", "N10")]
    public async Task All_OfAnotherSizeAndSeed_LoadsWithEveryKeyAndCheck(string sample, double scale, long seed)
    {
        var plan = Plans.Compile(Plans.Sample(sample), new() { Scale = scale, Seed = seed });
        var connection = await server.CreateEmptyDatabaseAsync();
        await Psql.RunAsync(connection, input => SqlScript.Write(plan, SqlPart.All, RowFormat.SqlCopy, input, 2, null, TestContext.Current.CancellationToken));
        await AssertLoadedAsync(connection, plan);
    }

    [Theory]
    [InlineData(RowFormat.SqlInsert)]
    [InlineData(RowFormat.SqlCopy)]
    [Trait("Requirement", "D7")]
    public async Task All_NamesWithQuotesAndSql_AreNamesAndNothingElse(RowFormat rows)
    {
        // Names as an imported database may have them, and a type that would end the statement if it were not quoted.
        var plan = Plans.Compile(SchemaReader.Read(Encoding.UTF8.GetBytes("""
            { "name": "odd", "entities": [
              { "name": "customer", "rows": 20, "table": { "schema": "a\"b", "name": "x\"; DROP TABLE canary; --" }, "fields": [
                { "name": "id", "type": "integer", "generator": "sequence", "column": "it's; \\! exit :id" },
                { "name": "note", "type": "string", "generator": "constant", "args": { "value": "'); DROP TABLE canary; -- \\' :id $$ \\." }, "column": "Größe \"cm\"" },
                { "name": "mood", "type": "string", "generator": "lorem.word", "sqlType": "text); DROP TABLE canary; --" } ], "primaryKey": ["id"] },
              { "name": "order", "rows": 50, "table": { "name": "order; select 1" }, "fields": [
                { "name": "customer_id", "type": "integer", "column": "user" } ] } ],
              "relationships": [ { "name": "select", "from": { "entity": "order", "fields": ["customer_id"] }, "to": { "entity": "customer", "fields": ["id"] } } ] }
            """)).Document!);
        var connectionString = await server.CreateEmptyDatabaseAsync();
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await ExecuteAsync(connection, "CREATE TABLE canary (); CREATE DOMAIN \"text); DROP TABLE canary; --\" AS text");

        await Psql.RunAsync(connectionString, input => SqlScript.Write(plan, SqlPart.All, rows, input, 2, null, TestContext.Current.CancellationToken));

        await using var found = new NpgsqlCommand("SELECT count(*) FROM \"a\"\"b\".\"x\"\"; DROP TABLE canary; --\" JOIN \"order; select 1\" ON \"user\" = \"it's; \\! exit :id\" WHERE \"Größe \"\"cm\"\"\" = $1 AND to_regclass('canary') IS NOT NULL", connection)
        {
            Parameters = { new() { Value = "'); DROP TABLE canary; -- \\' :id $$ \\." } },
        };
        Assert.Equal(50L, await found.ExecuteScalarAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("chinook", RowFormat.SqlCopy)]
    [InlineData("contract-all", RowFormat.SqlInsert)]
    public async Task Data_IntoTablesWhoseConstraintsAreOn_LoadsInItsOrder(string sample, RowFormat rows)
    {
        var plan = Plans.Compile(Plans.Sample(sample), new() { Scale = 0.1 });
        var connection = await server.CreateEmptyDatabaseAsync();
        await Psql.RunAsync(connection, input => SqlScript.Write(plan, SqlPart.Schema, rows, input, 2, null, TestContext.Current.CancellationToken));
        await Psql.RunAsync(connection, input => SqlScript.Write(plan, SqlPart.Data, rows, input, 2, null, TestContext.Current.CancellationToken));
        await AssertLoadedAsync(connection, plan);
    }

    [Theory]
    [InlineData("chinook")]
    [InlineData("contract-all")]
    public async Task PostgresBinary_CopiedInAndOut_GivesTheFileOfGeneration(string sample)
    {
        var plan = Plans.Compile(Plans.Sample(sample), new() { Scale = 0.1 });
        await using var connection = new NpgsqlConnection(await server.CreateEmptyDatabaseAsync());
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        foreach (var statement in SqlSchema.CreateTables(plan, "public"))
            await ExecuteAsync(connection, statement);
        foreach (var entity in plan.Entities)
        {
            var table = SqlSchema.TableName(entity.Definition, "public");
            await using (var import = await connection.BeginRawBinaryCopyAsync($"COPY {table} FROM STDIN (FORMAT binary)", TestContext.Current.CancellationToken))
                plan.Write(entity, 0, entity.Rows, RowFormat.PostgresBinary, import, cancellation: TestContext.Current.CancellationToken);
            await using var export = await connection.BeginRawBinaryCopyAsync($"COPY {table} TO STDOUT (FORMAT binary)", TestContext.Current.CancellationToken);
            using var rows = new MemoryStream();
            RowTranscoder.Transcode(export, table, [.. entity.Columns.Select(column => column with { SqlType = SqlSchema.BaseType(column) })], RowFormat.Ndjson, rows, TestContext.Current.CancellationToken);
            Assert.Equal(Lines(Plans.Bytes(plan, entity.Name, RowFormat.Ndjson)), Lines(rows.ToArray()));
        }

        foreach (var statement in SqlSchema.AddKeys(plan, "public"))
            await ExecuteAsync(connection, statement);
    }

    /// <summary>Rows without what a table does not keep: their order, and that of the keys in a jsonb.</summary>
    private static IEnumerable<string> Lines(byte[] ndjson) =>
        Encoding.UTF8.GetString(ndjson).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => Sorted(JsonNode.Parse(line))!.ToJsonString()).Order(StringComparer.Ordinal);

    private static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject of => new JsonObject(of.OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => KeyValuePair.Create(one.Key, Sorted(one.Value)))),
        JsonArray of => new JsonArray([.. of.Select(Sorted)]),
        _ => node?.DeepClone(),
    };

    private static async Task AssertLoadedAsync(string connectionString, GenerationPlan plan)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        foreach (var entity in plan.Entities)
        {
            await using var count = new NpgsqlCommand($"SELECT count(*) FROM {SqlSchema.TableName(entity.Definition, null)}", connection);
            Assert.Equal(entity.Rows, await count.ExecuteScalarAsync(TestContext.Current.CancellationToken));
        }

        await AssertConstraintsAsync(connection, 'p', plan.Entities.Count(entity => entity.Definition.PrimaryKey.Count > 0));
        await AssertConstraintsAsync(connection, 'u', plan.Entities.Sum(entity => entity.Definition.Unique.Count + entity.Definition.Fields.Count(field => field.Unique)));
        await AssertConstraintsAsync(connection, 'f', plan.Document.Relationships.Count);
        await AssertConstraintsAsync(connection, 'c', plan.Document.Constraints.Count);
    }

    private static async Task AssertConstraintsAsync(NpgsqlConnection connection, char kind, long expected)
    {
        await using var count = new NpgsqlCommand("SELECT count(*) FROM pg_constraint c JOIN pg_namespace n ON n.oid = c.connamespace WHERE n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema' AND c.contype = $1 AND c.convalidated", connection)
        {
            Parameters = { new() { Value = kind } },
        };
        Assert.Equal(expected, await count.ExecuteScalarAsync(TestContext.Current.CancellationToken));
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string statement)
    {
        await using var command = new NpgsqlCommand(statement, connection);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
