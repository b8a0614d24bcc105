using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using TdmPortal.Core.Formats;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Schemas;
using TdmPortal.Data.Server;

namespace TdmPortal.Benchmarks;

/// <summary>
/// A schema's rows into PostgreSQL: made and loaded at once, made as CSV and then copied by psql, and the ready files copied
/// by psql alone, which is the floor. Afterwards every key, foreign key and check is added to the rows of each way.
/// </summary>
internal static class LoadMeasurement
{
    private const int Rounds = 3;

    public static async Task<int> RunAsync(string schemaFile)
    {
        var document = SchemaReader.Read(await File.ReadAllBytesAsync(schemaFile)).Document ?? throw new InvalidOperationException($"{schemaFile} is no schema document.");
        var plan = GenerationPlan.Compile(document, new()).Plan!;
        var folder = Directory.CreateTempSubdirectory("tdm-measure-").FullName;
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(folder, File.GetUnixFileMode(folder) | UnixFileMode.OtherExecute);
        try
        {
            await using var server = await EmbeddedPostgres.StartAsync(new() { DataFolder = folder, ProgramFolder = Environment.GetEnvironmentVariable("PORTAL_POSTGRES_BIN") }, NullLogger.Instance, TimeProvider.System);
            var files = Directory.CreateDirectory(Path.Combine(folder, "files")).FullName;
            var (copy, file, direct) = (new Measured("psql \\copy of ready CSV files"), new Measured("CSV files made, then psql \\copy"), new Measured("made and loaded at once, binary COPY"));
            MakeFiles(plan, files);
            await Measured.RoundsAsync(Rounds,
                (copy, () => CopyFilesAsync(server, plan, files, "copied")),
                (file, () =>
                {
                    MakeFiles(plan, files);
                    return CopyFilesAsync(server, plan, files, "filed");
                }),
                (direct, () => LoadAsync(server, plan, "direct")));
            var rows = plan.Entities.Sum(entity => entity.Rows);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{rows:N0} rows, median of {Rounds} rounds"));
            foreach (var one in new[] { copy, file, direct })
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{one.Name,-37} {one.Seconds,6:0.00} s ({one.Spread}), {rows / one.Seconds,9:N0} rows/s, {one.Seconds / copy.Seconds:0.00} times psql's \\copy"));
            foreach (var schema in new[] { "copied", "filed", "direct" })
                await AddKeysAsync(server, plan, schema);
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void MakeFiles(GenerationPlan plan, string folder)
    {
        foreach (var entity in plan.Entities)
        {
            using var output = File.Create(Path.Combine(folder, $"{entity.Name}.csv"));
            plan.Write(entity, 0, entity.Rows, RowFormat.Csv, output, Environment.ProcessorCount);
        }
    }

    /// <summary>The tables anew, then the files into them.</summary>
    private static async Task CopyFilesAsync(EmbeddedPostgres server, GenerationPlan plan, string folder, string schema)
    {
        await using var connection = await TablesAsync(server, plan, schema);
        foreach (var entity in plan.Entities)
        {
            await PsqlAsync(server, $"\\copy {SqlSchema.TableName(entity.Definition, schema)} from '{Path.Combine(folder, entity.Name)}.csv' (format csv, header true)");
        }
    }

    /// <summary>The tables anew, then each entity by one connection for each half of its rows, as the portal does it.</summary>
    private static async Task LoadAsync(EmbeddedPostgres server, GenerationPlan plan, string schema)
    {
        await using var connection = await TablesAsync(server, plan, schema);
        foreach (var entity in plan.Entities)
        {
            var half = entity.Rows / 2;
            await Task.WhenAll(LoadRangeAsync(0, half), LoadRangeAsync(half, entity.Rows - half));

            async Task LoadRangeAsync(long first, long count)
            {
                await using var target = new NpgsqlConnection(server.ConnectionString("postgres"));
                await target.OpenAsync();
                await using var stream = await target.BeginRawBinaryCopyAsync($"COPY {SqlSchema.TableName(entity.Definition, schema)} FROM STDIN (FORMAT binary)");
                await Task.Run(() => plan.Write(entity, first, count, RowFormat.PostgresBinary, stream));
            }
        }
    }

    private static async Task<NpgsqlConnection> TablesAsync(EmbeddedPostgres server, GenerationPlan plan, string schema)
    {
        var connection = new NpgsqlConnection(server.ConnectionString("postgres"));
        await connection.OpenAsync();
        await ExecuteAsync(connection, $"DROP SCHEMA IF EXISTS {schema} CASCADE; CREATE SCHEMA {schema}");
        foreach (var statement in SqlSchema.CreateTables(plan, schema))
            await ExecuteAsync(connection, statement);
        return connection;
    }

    private static async Task AddKeysAsync(EmbeddedPostgres server, GenerationPlan plan, string schema)
    {
        await using var connection = new NpgsqlConnection(server.ConnectionString("postgres"));
        await connection.OpenAsync();
        var started = Stopwatch.GetTimestamp();
        var keys = SqlSchema.AddKeys(plan, schema);
        foreach (var key in keys)
            await ExecuteAsync(connection, key);
        var taken = Stopwatch.GetElapsedTime(started).TotalSeconds;
        foreach (var entity in plan.Entities)
        {
            await using var count = new NpgsqlCommand($"SELECT count(*) FROM {SqlSchema.TableName(entity.Definition, schema)}", connection);
            if ((long)(await count.ExecuteScalarAsync())! != entity.Rows)
                throw new InvalidOperationException($"{schema}.{entity.Name} has not {entity.Rows} rows.");
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{schema}: all rows there; {keys.Count} keys, foreign keys and checks hold and were added in {taken:0.00} s"));
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string statement)
    {
        await using var command = new NpgsqlCommand(statement, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync();
    }

    private static async Task PsqlAsync(EmbeddedPostgres server, string command)
    {
        var target = new NpgsqlConnectionStringBuilder(server.ConnectionString("postgres"));
        var program = Environment.GetEnvironmentVariable("PORTAL_POSTGRES_BIN") is { Length: > 0 } folder ? Path.Combine(folder, "psql") : "psql";
        using var psql = Process.Start(new ProcessStartInfo(program, ["-X", "-q", "-v", "ON_ERROR_STOP=1", "-h", target.Host!, "-p", target.Port.ToString(CultureInfo.InvariantCulture), "-U", target.Username!, "-d", target.Database!, "-c", command])
        {
            Environment = { ["PGPASSWORD"] = target.Password },
        })!;
        await psql.WaitForExitAsync();
        if (psql.ExitCode != 0)
            throw new InvalidOperationException("psql failed; it said why above.");
    }
}
