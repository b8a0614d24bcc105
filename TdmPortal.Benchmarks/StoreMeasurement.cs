using System.Diagnostics;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using TdmPortal.Core.Formats;
using TdmPortal.Core.Schemas;
using TdmPortal.Core.Teams;
using TdmPortal.Data;
using TdmPortal.Data.Datasets;
using TdmPortal.Data.Jobs;
using TdmPortal.Data.Schemas;
using TdmPortal.Data.Teams;

namespace TdmPortal.Benchmarks;

/// <summary>How long a tester waits: a schema generated into an embedded server of its own, then browsed and taken away. Prints one line a step.</summary>
internal static class StoreMeasurement
{
    private const string Entity = "order";

    public static async Task<int> RunAsync(string schemaFile)
    {
        using var folder = new MeasuredFolder();
        await using var database = await PortalDatabase.OpenAsync(new PortalDataOptions { DataFolder = folder.Path }, NullLoggerFactory.Instance, TimeProvider.System);
        await using var services = new ServiceCollection().AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance).AddSingleton(typeof(ILogger<>), typeof(NullLogger<>))
            .AddPortalData(database).AddDatasets().BuildServiceProvider();
        await MeasureAsync(database, services, await File.ReadAllBytesAsync(schemaFile));
        return 0;
    }

    private static async Task MeasureAsync(PortalDatabase database, ServiceProvider services, byte[] document)
    {
        var (datasets, jobs, rows, none) = (services.GetRequiredService<DatasetStore>(), services.GetRequiredService<JobStore>(), services.GetRequiredService<RowBrowser>(), CancellationToken.None);
        var actor = await ActorAsync(database, services);
        var schema = await services.GetRequiredService<SchemaStore>().CreateAsync(actor, SchemaReader.Read(document).Document!, null, none);
        var request = new GenerateRequest("measured", "", schema, null, 1, new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), 1, new Dictionary<string, long>(), "standard", []);
        var job = await TimeAsync("compile, check, queue", () => datasets.GenerateAsync(actor, request, none));
        await TimeAsync("generate, load, keys, statistics", () => WatchAsync(services.GetRequiredService<JobRunner>().RunPendingAsync(none), jobs, actor, job));
        var end = await jobs.GetAsync(actor, job, none);
        if (end.Error is not null)
            throw new InvalidOperationException(end.Error.Message);
        var version = (await datasets.GetByNameAsync(actor, "measured", none)).Current!;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{version.Rows:N0} rows, {version.Bytes / 1048576.0:N0} MiB with keys"));

        var entity = version.Entities.Single(candidate => candidate.Name == Entity);
        Task<RowPage> ReadAsync(RowQuery query) => rows.ReadAsync(actor, version.VersionId, Entity, query, none);
        await ReadAsync(new RowQuery());
        await TimeAsync("page by row number, first", () => ReadAsync(new RowQuery()));
        await TimeAsync("page by row number, middle", () => ReadAsync(new RowQuery { FirstRow = entity.Rows / 2 }));
        await TimeAsync("page by row number, last", () => ReadAsync(new RowQuery { FirstRow = entity.Rows - 100 }));
        var sample = await ReadAsync(new RowQuery { FirstRow = entity.Rows / 3 });
        foreach (var (place, column) in entity.Columns.Select(column => column.Name).Index())
        {
            // The first that is not null of some rows in the middle.
            var value = sample.Cells.Select(row => row[place]).First(cell => cell is not null)!;
            Task<RowPage> FilterAsync() => ReadAsync(new RowQuery { Filters = [new(column, RowOperator.Equal, value)] });
            await TimeAsync($"filter {column} by a value, no index", FilterAsync);
            await TimeAsync($"sort by {column}, no index", () => ReadAsync(new RowQuery { SortBy = column }));
            await TimeAsync($"index on {column}", async () => { await rows.EnsureIndexAsync(actor, version.VersionId, Entity, column, null, none); return true; });
            var first = await TimeAsync($"sort by {column}, first page", () => ReadAsync(new RowQuery { SortBy = column }));
            await TimeAsync($"sort by {column}, next page", () => ReadAsync(new RowQuery { SortBy = column, Cursor = first.Next }));
            await TimeAsync($"sort by {column}, last page", () => ReadAsync(new RowQuery { SortBy = column, Cursor = RowQuery.LastPage }));
            await TimeAsync($"filter {column} by a value", FilterAsync);
        }

        await TimeAsync("filter status = paid and total > 1990", () => ReadAsync(new RowQuery { Filters = [new("status", RowOperator.Equal, "paid"), new("total", RowOperator.Greater, "1990")] }));
        await TimeAsync("filter note contains", () => ReadAsync(new RowQuery { Filters = [new("note", RowOperator.Contains, "zzz")] }));
        await TimeAsync("filter by expression", () => ReadAsync(new RowQuery { Expression = "status = 'paid' and total * 2 > 3990 and note is not null" }));
        await TimeAsync("follow a foreign key to its children", () => ReadAsync(new RowQuery { Filters = [new("customer_id", RowOperator.Equal, "4711")] }));
        await TimeAsync("find a value in all columns", () => rows.FindAsync(actor, version.VersionId, "1999.99", 5, none));
        await TimeAsync("what uses a row", () => rows.UsesAsync(actor, version.VersionId, "customer", 4711, none));
        foreach (var format in new[] { RowFormat.Csv, RowFormat.Json, RowFormat.SqlInsert })
            await TimeAsync($"download {Entity} as {format}", async () => { await datasets.ExportAsync(actor, version.VersionId, Entity, null, format, Stream.Null, none); return true; });
        await TimeAsync("download all as zip of CSV", async () => { await datasets.ExportAsync(actor, version.VersionId, null, null, RowFormat.Csv, Stream.Null, none); return true; });
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"peak memory of the process {Process.GetCurrentProcess().PeakWorkingSet64 / 1048576:N0} MiB"));
    }

    /// <summary>Prints each step of the job with the time at which it was first seen.</summary>
    private static async Task<bool> WatchAsync(Task<int> running, JobStore jobs, Actor actor, Guid job)
    {
        var (started, seen) = (Stopwatch.GetTimestamp(), "");
        while (await Task.WhenAny(running, Task.Delay(100)) != running)
        {
            var step = (await jobs.GetAsync(actor, job, CancellationToken.None)).Step ?? "";
            if (step != seen)
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"    {Stopwatch.GetElapsedTime(started).TotalSeconds,6:0.0} s  {step}"));
            seen = step;
        }

        await running;
        return true;
    }

    private static async Task<T> TimeAsync<T>(string what, Func<Task<T>> work)
    {
        var started = Stopwatch.GetTimestamp();
        var result = await work();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Stopwatch.GetElapsedTime(started).TotalMilliseconds,9:N1} ms  {what}"));
        return result;
    }

    internal static async Task<Actor> ActorAsync(PortalDatabase database, ServiceProvider services)
    {
        var user = Guid.NewGuid();
        await database.MaintainAsync((context, _) => Task.FromResult(context.Users.Add(new() { Id = user, UserName = "measure", NormalizedUserName = "MEASURE", DisplayName = "measure", CreatedAt = TimeProvider.System.GetUtcNow() })), CancellationToken.None);
        // An administrator in the database's eyes, too: row-level security of the audit looks there.
        await database.MaintainAsync((context, token) => context.Database.ExecuteSqlAsync($"insert into portal.app_user_role (user_id, role_id) select {user}, id from portal.app_role where name = 'Admin'", token), CancellationToken.None);
        var team = await services.GetRequiredService<TeamStore>().CreateAsync(new Actor(user, "measure", true, Guid.Empty, "", TeamRole.Lead), "measure", "Measure", "Etc/UTC", CancellationToken.None);
        return new Actor(user, "measure", true, team, "measure", TeamRole.Lead);
    }
}
