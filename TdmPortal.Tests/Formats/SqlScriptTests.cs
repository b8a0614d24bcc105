using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using Npgsql;
using TdmPortal.Core.Formats;
using TdmPortal.Core.Generation;
using TdmPortal.Tests.Generation;
using TdmPortal.Tests.Testing;
using Xunit;

namespace TdmPortal.Tests.Formats;

/// <summary>What is written loads into a real PostgreSQL by its own client, stopping at the first error.</summary>
public sealed class SqlScriptTests(DatabaseServer server)
{
    [Theory]
    [InlineData("chinook", RowFormat.SqlInsert)]
    [InlineData("contract-all", RowFormat.SqlInsert)]
    [InlineData("contract-all", RowFormat.SqlCopy)]
    [InlineData("web-shop", RowFormat.SqlCopy)]
    [Trait("Requirement", "D7")]
    public async Task All_Sample_LoadsWithEveryKeyAndCheck(string sample, RowFormat rows)
    {
        var plan = Plans.Compile(Plans.Sample(sample), new() { Scale = sample == "chinook" ? 1 : 0.5 });
        var connection = await server.CreateEmptyDatabaseAsync();
        await PsqlAsync(connection, plan, SqlPart.All, rows);
        await AssertLoadedAsync(connection, plan);
    }

    [Theory]
    [InlineData("chinook", RowFormat.SqlCopy)]
    [InlineData("contract-all", RowFormat.SqlInsert)]
    public async Task Data_IntoTablesWhoseConstraintsAreOn_LoadsInItsOrder(string sample, RowFormat rows)
    {
        var plan = Plans.Compile(Plans.Sample(sample), new() { Scale = 0.1 });
        var connection = await server.CreateEmptyDatabaseAsync();
        await PsqlAsync(connection, plan, SqlPart.Schema, rows);
        await PsqlAsync(connection, plan, SqlPart.Data, rows);
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

        await using var constraints = new NpgsqlCommand("SELECT count(*) FROM pg_constraint c JOIN pg_namespace n ON n.oid = c.connamespace WHERE n.nspname = 'public' AND c.contype IN ('f', 'c') AND c.convalidated", connection);
        Assert.Equal((long)plan.Document.Relationships.Count + plan.Document.Constraints.Count, await constraints.ExecuteScalarAsync(TestContext.Current.CancellationToken));
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string statement)
    {
        await using var command = new NpgsqlCommand(statement, connection);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    private static async Task PsqlAsync(string connectionString, GenerationPlan plan, SqlPart part, RowFormat rows)
    {
        var target = new NpgsqlConnectionStringBuilder(connectionString);
        var start = new ProcessStartInfo("psql", ["-X", "-q", "-v", "ON_ERROR_STOP=1", "-h", target.Host!, "-p", $"{target.Port}", "-U", target.Username!, "-d", target.Database!])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            Environment = { ["PGPASSWORD"] = target.Password },
        };
        using var psql = Process.Start(start)!;
        var errors = psql.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = psql.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        try
        {
            SqlScript.Write(plan, part, rows, psql.StandardInput.BaseStream, 2, null, TestContext.Current.CancellationToken);
            psql.StandardInput.Close();
        }
        catch (IOException)
        {
            // psql stopped at an error, which is told below.
        }

        await psql.WaitForExitAsync(TestContext.Current.CancellationToken);
        await output;
        Assert.True(psql.ExitCode == 0, await errors);
    }
}
