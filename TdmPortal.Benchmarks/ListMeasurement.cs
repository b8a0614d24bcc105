using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using TdmPortal.Core.Schemas;
using TdmPortal.Core.Teams;
using TdmPortal.Data;
using TdmPortal.Data.Audit;
using TdmPortal.Data.Datasets;
using TdmPortal.Data.Environments;
using TdmPortal.Data.Jobs;
using TdmPortal.Data.Schemas;

namespace TdmPortal.Benchmarks;

/// <summary>
/// What the lists and pages read of a team with 1,000 datasets and 20,000 versions (one of them real, the others rows of
/// the portal's own tables), as many jobs and publications and 200,000 audit records. Prints the median and the slowest.
/// </summary>
internal static class ListMeasurement
{
    private const int Rounds = 15;

    public static async Task<int> RunAsync()
    {
        await using var server = await MeasuredServer.StartAsync(durable: true);
        await using var database = await PortalDatabase.OpenAsync(new PortalDataOptions { ConnectionString = server.ConnectionString, DataFolder = server.Folder }, NullLoggerFactory.Instance, TimeProvider.System);
        await using var services = new ServiceCollection().AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance).AddSingleton(typeof(ILogger<>), typeof(NullLogger<>)).AddPortalData(database).AddDatasets().BuildServiceProvider();
        var actor = await StoreMeasurement.ActorAsync(database, services);
        var (datasets, jobs, versions) = (services.GetRequiredService<DatasetStore>(), services.GetRequiredService<JobStore>(), services.GetRequiredService<VersionStore>());
        await FillAsync(server, services, actor);
        var first = await datasets.ListAsync(actor, null, null, 30, CancellationToken.None);
        var dataset = (await datasets.GetByNameAsync(actor, "d500", CancellationToken.None)).Id;
        foreach (var table in new[] { "dataset", "dataset_version", "publication", "job", "audit_record" })
        {
            var count = await CountAsync(server, table);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count,9:N0} rows in {table}"));
        }


        var now = TimeProvider.System.GetUtcNow();
        await MeasureAsync("home, all its figures", async () =>
        {
            await datasets.TotalsAsync(actor, now.AddDays(-7), now.AddDays(-30), 4, CancellationToken.None);
            await datasets.ListAsync(actor, null, null, 8, CancellationToken.None);
            await jobs.ListAsync(actor, null, null, null, 100, CancellationToken.None);
            return await jobs.RowsByDayAsync(actor, now.AddDays(-14), CancellationToken.None);
        });
        await MeasureAsync("datasets, first page", () => datasets.ListAsync(actor, null, null, 30, CancellationToken.None));
        await MeasureAsync("datasets, next page", () => datasets.ListAsync(actor, null, first.Next, 30, CancellationToken.None));
        await MeasureAsync("datasets, search", () => datasets.ListAsync(actor, "d99", null, 30, CancellationToken.None));
        await MeasureAsync("a dataset's page", () => datasets.GetAsync(actor, dataset, CancellationToken.None));
        await MeasureAsync("versions of a dataset", () => versions.ListAsync(actor, dataset, null, null, 30, CancellationToken.None));
        await MeasureAsync("versions, search by tag", () => versions.ListAsync(actor, dataset, "release-7", null, 30, CancellationToken.None));
        await MeasureAsync("what was live when", () => services.GetRequiredService<Publisher>().HistoryAsync(actor, dataset, 30, CancellationToken.None));
        await MeasureAsync("scratch copies", () => services.GetRequiredService<ScratchCopies>().ListAsync(actor, CancellationToken.None));
        await MeasureAsync("jobs, first page", () => jobs.ListAsync(actor, null, null, null, 30, CancellationToken.None));
        await MeasureAsync("jobs, search", () => jobs.ListAsync(actor, null, "d99", null, 30, CancellationToken.None));
        var audit = services.GetRequiredService<AuditStore>();
        await MeasureAsync("audit, first page", () => audit.ListAsync(actor, new AuditQuery(), null, 50, CancellationToken.None));
        await MeasureAsync("audit, by text", () => audit.ListAsync(actor, new AuditQuery(Text: "d500"), null, 50, CancellationToken.None));
        return 0;
    }

    private static async Task FillAsync(MeasuredServer server, ServiceProvider services, Actor actor)
    {
        var document = SchemaReader.Read(await File.ReadAllBytesAsync("samples/customers-orders.schema.json")).Document!;
        var schema = await services.GetRequiredService<SchemaStore>().CreateAsync(actor, document, null, CancellationToken.None);
        await services.GetRequiredService<DatasetStore>().GenerateAsync(actor, new GenerateRequest("real", "", schema, null, 1, new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), 0.001, new Dictionary<string, long>(), "standard", []), CancellationToken.None);
        await services.GetRequiredService<JobRunner>().RunPendingAsync(CancellationToken.None);
        await using var connection = await server.ConnectAsync();
        await using var command = new NpgsqlCommand("""
            insert into portal.dataset (id, team_id, team_key, name, title, schema_id, schema_name, created_by_id, created_by, created_at, changed_by, changed_at)
                select gen_random_uuid(), team_id, team_key, 'd' || i, 'Dataset ' || i, schema_id, schema_name, created_by_id, created_by, now() - i * interval '1 hour', changed_by, now() - i * interval '1 hour'
                from portal.dataset, generate_series(1, 999) i;
            insert into portal.dataset_version (id, dataset_id, team_id, number, state, database_schema, attempt, schema_id, schema_version, document, seed, as_of, scale, rows_asked, quality_level, engine_version, entities, row_count, bytes, took_seconds, created_by, created_at, note, tags)
                select gen_random_uuid(), dataset.id, dataset.team_id, i, 'ready', 'none_' || dataset.name || '__v' || i, 1, made.schema_id, schema_version, document, seed + i, as_of, scale, rows_asked, quality_level, engine_version, entities, row_count, bytes, took_seconds, made.created_by,
                    dataset.changed_at - (20 - i) * interval '1 day', 'Note of ' || i, array['release-' || i]
                from portal.dataset, portal.dataset_version made, generate_series(1, 20) i where dataset.name <> 'real';
            update portal.dataset set current_version_id = (select id from portal.dataset_version where dataset_id = dataset.id order by number desc limit 1) where name <> 'real';
            insert into portal.publication (team_id, dataset_id, version_id, number, published_by, published_at, ended_at)
                select team_id, dataset_id, id, number, created_by, created_at, case when number < 20 then created_at + interval '1 day' end from portal.dataset_version where database_schema like 'none%';
            insert into portal.job (id, team_id, kind, title, state, rows_done, rows_total, dataset_id, dataset_name, schema_id, input, started_by_id, started_by, queued_at, started_at, finished_at, attempt)
                select gen_random_uuid(), version.team_id, 'generate', 'Generate ' || dataset.name, 'completed', row_count, row_count, dataset.id, dataset.name, version.schema_id, '{}', dataset.created_by_id, version.created_by, version.created_at, version.created_at, version.created_at + interval '3 seconds', 1
                from portal.dataset_version version join portal.dataset on dataset.id = dataset_id where database_schema like 'none%';
            select portal.append_audit((select jsonb_agg(jsonb_build_object('user_name', created_by, 'action', 'version.published', 'team_id', team_id, 'object_kind', 'version', 'object_id', id, 'object_name', database_schema, 'channel', 'page'))
                from portal.dataset_version)) from generate_series(1, 10);
            analyze
            """, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<long> CountAsync(MeasuredServer server, string table)
    {
        await using var connection = await server.ConnectAsync();
        await using var command = new NpgsqlCommand($"select count(*) from portal.{table}", connection);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private static async Task MeasureAsync<T>(string what, Func<Task<T>> work)
    {
        var taken = new List<double>();
        for (var round = 0; round <= Rounds; round++)
        {
            var started = Stopwatch.GetTimestamp();
            await work();
            // The first compiles the query.
            if (round > 0)
                taken.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what,-28} {taken.Order().ElementAt(Rounds / 2),7:0.0} ms, at most {taken.Max():0.0} ms"));
    }
}
