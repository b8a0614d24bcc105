using System.Globalization;
using Npgsql;
using TdmPortal.Core.Formats;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Benchmarks;

/// <summary>
/// A schema's rows into PostgreSQL, all told: made, loaded by binary COPY over two connections, and every key, foreign key
/// and check added in bulk. Against psql, which copies binary files that are there already into tables with their primary
/// keys only, and CSV files into the same.
/// </summary>
internal static class LoadMeasurement
{
    private const int Rounds = 3;

    public static async Task<int> RunAsync(string schemaFile)
    {
        var document = SchemaReader.Read(await File.ReadAllBytesAsync(schemaFile)).Document ?? throw new InvalidOperationException($"{schemaFile} is no schema document.");
        var plan = GenerationPlan.Compile(document, new()).Plan!;
        await using var server = await MeasuredServer.StartAsync(durable: true);
        var files = Directory.CreateDirectory(Path.Combine(server.Folder, "files")).FullName;
        var (binary, text, direct) = (new Measured("psql \\copy of ready binary files, primary keys only"), new Measured("psql \\copy of ready CSV files, primary keys only"), new Measured("made, loaded, all keys and checks added"));
        MakeFiles(plan, files);
        await Measured.RoundsAsync(Rounds,
            (binary, () => CopyFilesAsync(server, plan, files, "binary_file", "bin", "format binary")),
            (text, () => CopyFilesAsync(server, plan, files, "csv_file", "csv", "format csv, header true")),
            (direct, () => LoadAsync(server, plan, "direct")));
        var rows = plan.Entities.Sum(entity => entity.Rows);
        var load = (await File.ReadAllTextAsync("/proc/loadavg")).Split(' ')[0];
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{rows:N0} rows, median of {Rounds} rounds in turns; load average {load}"));
        foreach (var one in new[] { binary, text, direct })
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{one.Name,-50} {one.Seconds,6:0.00} s ({one.Spread}), {rows / one.Seconds,9:N0} rows/s, {binary.Seconds / one.Seconds:0.00} of psql's binary \\copy"));
        await CheckAsync(server, plan, "direct");
        return 0;
    }

    private static void MakeFiles(GenerationPlan plan, string folder)
    {
        foreach (var (format, ending) in new[] { (RowFormat.Csv, "csv"), (RowFormat.PostgresBinary, "bin") })
        {
            foreach (var entity in plan.Entities)
            {
                using var output = File.Create(Path.Combine(folder, $"{entity.Name}.{ending}"));
                plan.Write(entity, 0, entity.Rows, format, output, Environment.ProcessorCount);
            }
        }
    }

    /// <summary>The tables anew, with primary keys from the start, then the files into them.</summary>
    private static async Task CopyFilesAsync(MeasuredServer server, GenerationPlan plan, string folder, string schema, string ending, string options)
    {
        await using var connection = await TablesAsync(server, plan, schema);
        foreach (var key in SqlSchema.AddKeys(plan, schema).Where(key => key.Contains(" PRIMARY KEY ", StringComparison.Ordinal)))
            await ExecuteAsync(connection, key);
        foreach (var entity in plan.Entities)
            await server.PsqlAsync(["-c", $"\\copy {SqlSchema.TableName(entity.Definition, schema)} from '{Path.Combine(folder, entity.Name)}.{ending}' ({options})"]);
    }

    /// <summary>The tables anew, each entity by one connection for each half of its rows; the keys of its own while the next one's rows go in, foreign keys and checks at the end.</summary>
    private static async Task LoadAsync(MeasuredServer server, GenerationPlan plan, string schema)
    {
        await using var connection = await TablesAsync(server, plan, schema);
        var keys = SqlSchema.AddKeys(plan, schema).ToLookup(key => plan.Entities.FirstOrDefault(entity => IsOwn(key) && key.StartsWith($"ALTER TABLE {SqlSchema.TableName(entity.Definition, schema)} ", StringComparison.Ordinal)));
        var adding = Task.CompletedTask;
        foreach (var entity in plan.Entities)
        {
            var half = entity.Rows / 2;
            await Task.WhenAll(LoadRangeAsync(0, half), LoadRangeAsync(half, entity.Rows - half));
            await adding;
            adding = ExecuteAllAsync(connection, keys[entity]);

            async Task LoadRangeAsync(long first, long count)
            {
                await using var target = await server.ConnectAsync();
                await using var stream = await target.BeginRawBinaryCopyAsync($"COPY {SqlSchema.TableName(entity.Definition, schema)} FROM STDIN (FORMAT binary)");
                await Task.Run(() => plan.Write(entity, first, count, RowFormat.PostgresBinary, stream));
            }
        }

        await adding;
        await ExecuteAllAsync(connection, keys[null]);

        static bool IsOwn(string key) => key.Contains(" PRIMARY KEY ", StringComparison.Ordinal) || key.Contains(" UNIQUE ", StringComparison.Ordinal);
    }

    private static async Task<NpgsqlConnection> TablesAsync(MeasuredServer server, GenerationPlan plan, string schema)
    {
        var connection = await server.ConnectAsync();
        await ExecuteAsync(connection, $"DROP SCHEMA IF EXISTS {schema} CASCADE; CREATE SCHEMA {schema}");
        foreach (var statement in SqlSchema.CreateTables(plan, schema))
            await ExecuteAsync(connection, statement);
        return connection;
    }

    private static async Task CheckAsync(MeasuredServer server, GenerationPlan plan, string schema)
    {
        await using var connection = await server.ConnectAsync();
        foreach (var entity in plan.Entities)
        {
            await using var count = new NpgsqlCommand($"SELECT count(*) FROM {SqlSchema.TableName(entity.Definition, schema)}", connection);
            if ((long)(await count.ExecuteScalarAsync())! != entity.Rows)
                throw new InvalidOperationException($"{schema}.{entity.Name} has not {entity.Rows} rows.");
        }

        await using var constraints = new NpgsqlCommand($"SELECT count(*) FROM pg_constraint WHERE connamespace = '{schema}'::regnamespace AND convalidated AND contype <> 'n'", connection);
        var held = await constraints.ExecuteScalarAsync();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"all rows are there; {held} keys, foreign keys and checks hold"));
    }

    private static async Task ExecuteAllAsync(NpgsqlConnection connection, IEnumerable<string> statements)
    {
        foreach (var statement in statements)
            await ExecuteAsync(connection, statement);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string statement)
    {
        await using var command = new NpgsqlCommand(statement, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync();
    }
}
