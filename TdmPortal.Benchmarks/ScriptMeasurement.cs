using System.Diagnostics;
using System.Globalization;
using Npgsql;
using TdmPortal.Core.Formats;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Benchmarks;

/// <summary>A schema many times its size, as one SQL script that goes straight into psql, which stops at the first error: tables, rows, keys, foreign keys and checks.</summary>
internal static class ScriptMeasurement
{
    public static async Task<int> RunAsync(string schemaFile, double scale)
    {
        var document = SchemaReader.Read(await File.ReadAllBytesAsync(schemaFile)).Document ?? throw new InvalidOperationException($"{schemaFile} is no schema document.");
        var plan = GenerationPlan.Compile(document, new() { Scale = scale }).Plan ?? throw new InvalidOperationException($"{schemaFile} cannot be generated at {scale} times its size.");
        await using var server = await MeasuredServer.StartAsync(durable: false);
        var started = Stopwatch.GetTimestamp();
        await server.PsqlAsync([], input => SqlScript.Write(plan, SqlPart.All, RowFormat.SqlCopy, input, Environment.ProcessorCount, null, CancellationToken.None));
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var rows = plan.Entities.Sum(entity => entity.Rows);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{document.Name} at {scale} times its size: {rows:N0} rows by psql in {seconds:0.0} s, {rows / seconds:N0} rows/s; peak memory {Process.GetCurrentProcess().PeakWorkingSet64 >> 20} MB"));
        await AssertThereAsync(server, plan);
        return 0;
    }

    /// <summary>All rows, and every key, foreign key and check, proved by PostgreSQL.</summary>
    private static async Task AssertThereAsync(MeasuredServer server, GenerationPlan plan)
    {
        await using var connection = await server.ConnectAsync();
        foreach (var entity in plan.Entities)
        {
            if (await ScalarAsync(connection, $"SELECT count(*) FROM {SqlSchema.TableName(entity.Definition, null)}") != entity.Rows)
                throw new InvalidOperationException($"{entity.Name} has not {entity.Rows} rows.");
        }

        var foreign = await ScalarAsync(connection, "SELECT count(*) FROM pg_constraint WHERE contype = 'f' AND convalidated");
        var keys = await ScalarAsync(connection, "SELECT count(*) FROM pg_constraint c JOIN pg_namespace n ON n.oid = c.connamespace WHERE contype IN ('p', 'u') AND n.nspname NOT LIKE 'pg\\_%'");
        if (foreign != plan.Document.Relationships.Count)
            throw new InvalidOperationException($"{foreign} of {plan.Document.Relationships.Count} foreign keys are there.");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"all rows there; {keys} keys and {foreign} foreign keys hold"));
    }

    private static async Task<long> ScalarAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
