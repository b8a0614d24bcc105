using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using TdmPortal.Core.Schemas;
using TdmPortal.Core.Teams;
using TdmPortal.Data;
using TdmPortal.Data.Datasets;
using TdmPortal.Data.Environments;
using TdmPortal.Data.Jobs;
using TdmPortal.Data.Schemas;

namespace TdmPortal.Benchmarks;

/// <summary>How long it takes to compare two versions of a schema in the portal, made by two seeds, so that every row differs; and to read pages of what differs.</summary>
internal static class CompareMeasurement
{
    private const int Rounds = 3;

    public static async Task<int> RunAsync(string schemaFile)
    {
        var none = CancellationToken.None;
        using var folder = new MeasuredFolder();
        await using var database = await PortalDatabase.OpenAsync(new PortalDataOptions { DataFolder = folder.Path }, NullLoggerFactory.Instance, TimeProvider.System);
        await using var services = new ServiceCollection().AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance).AddSingleton(typeof(ILogger<>), typeof(NullLogger<>))
            .AddPortalData(database).AddDatasets().BuildServiceProvider();
        var actor = await StoreMeasurement.ActorAsync(database, services);
        var schema = await services.GetRequiredService<SchemaStore>().CreateAsync(actor, SchemaReader.Read(await File.ReadAllBytesAsync(schemaFile)).Document!, null, none);
        var versions = new[] { await VersionAsync(services, actor, schema, 1), await VersionAsync(services, actor, schema, 2) };
        for (var round = 0; round < Rounds; round++)
        {
            var progress = new JobProgress(TimeProvider.System);
            var started = Stopwatch.GetTimestamp();
            var report = await services.GetRequiredService<CompareWork>().CompareAsync(actor, versions[0].VersionId, versions[1].VersionId, progress, none);
            var load = (await File.ReadAllTextAsync("/proc/loadavg")).Split(' ')[0];
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{versions[0].Rows:N0} rows against {versions[1].Rows:N0}: {Stopwatch.GetElapsedTime(started).TotalSeconds:0.0} s, load average {load}"));
            if (round == 0)
            {
                foreach (var entity in report.Entities)
                    Console.WriteLine($"  {entity.Name}: {entity.Summary}");
            }
        }

        foreach (var entity in versions[1].Entities)
        {
            var started = Stopwatch.GetTimestamp();
            var page = await services.GetRequiredService<VersionComparisons>().RowsAsync(actor, versions[0].VersionId, versions[1].VersionId, entity.Name, RowDifference.Changed, null, entity.Rows / 2, 50, none);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{entity.Name}: {page.Rows.Count} changed rows from the middle in {Stopwatch.GetElapsedTime(started).TotalMilliseconds:0} ms"));
            started = Stopwatch.GetTimestamp();
            await services.GetRequiredService<VersionComparisons>().RowsAsync(actor, versions[0].VersionId, versions[1].VersionId, entity.Name, RowDifference.Added, null, null, 50, none);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{entity.Name}: added rows, of which there are none, in {Stopwatch.GetElapsedTime(started).TotalMilliseconds:0} ms"));
        }

        return 0;
    }

    private static async Task<DatasetVersionDetail> VersionAsync(ServiceProvider services, Actor actor, Guid schema, long seed)
    {
        var datasets = services.GetRequiredService<DatasetStore>();
        await datasets.GenerateAsync(actor, new("compared", "", schema, null, seed, new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), 1, new Dictionary<string, long>(), "standard", []), CancellationToken.None);
        await services.GetRequiredService<JobRunner>().RunPendingAsync(CancellationToken.None);
        return (await datasets.GetByNameAsync(actor, "compared", CancellationToken.None)).Current!;
    }
}
