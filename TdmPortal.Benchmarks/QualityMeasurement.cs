using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Quality;
using TdmPortal.Core.Quality.Profiling;
using TdmPortal.Core.Quality.Sources;
using TdmPortal.Core.Schemas;
using TdmPortal.Data;
using TdmPortal.Data.Datasets;
using TdmPortal.Data.Jobs;
using TdmPortal.Data.Quality;

namespace TdmPortal.Benchmarks;

/// <summary>
/// What a quality report costs: the pass over rows that are made only to be looked at, against making them; loading with
/// the pass against loading without; what it takes in memory, and which columns cost how much.
/// </summary>
internal static class QualityMeasurement
{
    private const int Rounds = 5;

    public static async Task<int> RunAsync(string schemaFile)
    {
        var document = SchemaReader.Read(await File.ReadAllBytesAsync(schemaFile)).Document ?? throw new InvalidOperationException($"{schemaFile} is no schema document.");
        var plan = GenerationPlan.Compile(document, new()).Plan!;
        var source = new PlanSource(plan);
        var threads = Environment.ProcessorCount;
        var rows = plan.Entities.Sum(entity => entity.Rows);
        var (making, basic, standard, premium) = (new Measured("rows made only"), new Measured("made and looked at, basic"), new Measured("made and looked at, standard"), new Measured("made and looked at, premium"));
        await Measured.RoundsAsync(Rounds,
            (making, () => Pass(source, name => [new Nothing(source.Entities.Single(entity => entity.Name == name))], threads)),
            (basic, () => Profile(document, source, QualityLevel.Basic, threads)),
            (standard, () => Profile(document, source, QualityLevel.Standard, threads)),
            (premium, () => Profile(document, source, QualityLevel.Premium, threads)));
        var load = await LoadAsync();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{rows:N0} rows, {threads} threads, median of {Rounds} rounds in turns; load average {load}"));
        foreach (var one in new[] { making, basic, standard, premium })
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{one.Name,-32} {one.Seconds,6:0.00} s ({one.Spread}), {one.ProcessorSeconds,6:0.00} processor seconds, {(one.ProcessorSeconds - making.ProcessorSeconds) / rows * 1e9,6:0} ns a row of the pass itself"));
        Columns(source);
        Memory(document, source, threads);
        await StoreAsync(document, rows);
        return 0;
    }

    private static Task Profile(SchemaDocument document, RowSource source, QualityLevel level, int threads)
    {
        var profiler = new DatasetProfiler(document, source.Entities, level);
        return Pass(source, profiler.PassesOf, threads, () => profiler.Complete());
    }

    private static Task Pass(RowSource source, Func<string, IReadOnlyList<RowPass>> passes, int threads, Action? end = null)
    {
        foreach (var entity in source.Entities)
            RowPasses.Run(source, entity, passes(entity.Name), threads);
        end?.Invoke();
        return Task.CompletedTask;
    }

    /// <summary>Nanoseconds a value of each column, by one thread: made and looked at less made only, the best of three each.</summary>
    private static void Columns(PlanSource source)
    {
        foreach (var entity in source.Entities)
        {
            foreach (var (place, column) in entity.Columns.Index())
            {
                var alone = entity with { Columns = [column] };
                var one = new OneColumn(source, entity, place);
                var made = Best(() => RowPasses.Run(one, alone, [new Nothing(alone)]));
                var seen = Best(() => RowPasses.Run(one, alone, [Profiler.PassOf(alone, QualityLevel.Standard)]));
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {entity.Name + "." + column.Name,-26} {(seen - made) / entity.Rows!.Value,6:0} ns a value"));
            }
        }

        static double Best(Action work)
        {
            var best = double.MaxValue;
            for (var round = 0; round < 3; round++)
            {
                var started = Stopwatch.GetTimestamp();
                work();
                best = Math.Min(best, Stopwatch.GetElapsedTime(started).TotalNanoseconds);
            }

            return best;
        }
    }

    /// <summary>What the pass holds while it runs: live bytes at their highest, looked at after each segment.</summary>
    private static void Memory(SchemaDocument document, PlanSource source, int threads)
    {
        foreach (var level in new[] { QualityLevel.Standard, QualityLevel.Premium })
        {
            var before = GC.GetTotalMemory(forceFullCollection: true);
            var (most, calls) = (0L, 0);
            var profiler = new DatasetProfiler(document, source.Entities, level);
            foreach (var entity in source.Entities)
            {
                RowPasses.Run(source, entity, profiler.PassesOf(entity.Name), threads, _ =>
                {
                    if (Interlocked.Increment(ref calls) % 64 == 0)
                        most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true) - before);
                });
            }

            var kept = profiler.Complete().ToBytes().Length;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{level}: {most / 1048576.0:0.0} MiB held at most, {kept / 1024:N0} KiB kept as reference ({kept / 1024.0 / source.Entities.Sum(entity => entity.Columns.Count):0.0} a column)"));
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"peak memory of the process {Process.GetCurrentProcess().PeakWorkingSet64 / 1048576:N0} MiB"));
    }

    /// <summary>Loading, as the portal does it, with and without the pass.</summary>
    private static async Task StoreAsync(SchemaDocument document, long rows)
    {
        using var folder = new MeasuredFolder();
        await using var database = await PortalDatabase.OpenAsync(new PortalDataOptions { DataFolder = folder.Path }, NullLoggerFactory.Instance, TimeProvider.System);
        await using var services = new ServiceCollection().AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance).AddSingleton(typeof(ILogger<>), typeof(NullLogger<>))
            .AddPortalData(database).AddDatasets().BuildServiceProvider();
        var actor = await StoreMeasurement.ActorAsync(database, services);
        var loader = services.GetRequiredService<VersionLoader>();
        var plan = GenerationPlan.Compile(document, new()).Plan!;
        var (without, with, whole) = (new Measured("loaded, no pass"), new Measured("loaded with the pass, standard"), new Measured("loaded with a whole report"));
        var number = 0;
        await Measured.RoundsAsync(3,
            (without, () => loader.LoadAsync(plan, $"measured_{++number}", actor.TeamKey, new JobProgress(TimeProvider.System), _ => Task.CompletedTask, CancellationToken.None)),
            (with, async () =>
            {
                var profiler = new DatasetProfiler(document, [.. plan.Entities.Select(PlanSource.Describe)], QualityLevel.Standard);
                await loader.LoadAsync(plan, $"measured_{++number}", actor.TeamKey, new JobProgress(TimeProvider.System), _ => Task.CompletedTask, CancellationToken.None, entity => profiler.PassesOf(entity.Name));
                profiler.Complete();
            }),
            (whole, async () =>
            {
                // As a generation does it: with the rules that the schema itself gives, those that need a second look from the stored rows.
                var inspection = new Inspection(document, [.. plan.Entities.Select(PlanSource.Describe)], DerivedRules.From(document), QualityLevel.Standard, plan.Options.AsOf);
                var schema = $"measured_{++number}";
                var entities = await loader.LoadAsync(plan, schema, actor.TeamKey, new JobProgress(TimeProvider.System), _ => Task.CompletedTask, CancellationToken.None, entity => inspection.PassesOf(entity.Name));
                inspection.Complete(new StoredSource(database, null, schema, entities), null, null, CancellationToken.None);
            }));
        foreach (var one in new[] { without, with, whole })
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{one.Name,-32} {one.Seconds,6:0.00} s ({one.Spread}), {rows / one.Seconds,9:N0} rows/s, {one.ProcessorSeconds,6:0.00} processor seconds of this process"));
        var load = await LoadAsync();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"with the pass {with.Seconds / without.Seconds:0.00} times as long as without, with a whole report {whole.Seconds / without.Seconds:0.00} times; load average {load}"));
    }

    private static async Task<string> LoadAsync() => (await File.ReadAllTextAsync("/proc/loadavg")).Split(' ')[0];

    /// <summary>Asks for all columns and looks at none.</summary>
    private sealed class Nothing(SourceEntity entity) : RowPass
    {
        public override IReadOnlyList<int> Columns { get; } = [.. Enumerable.Range(0, entity.Columns.Count)];

        public override SegmentPass Begin() => new Segment();

        public override void Take(SegmentPass segment)
        {
        }

        private sealed class Segment : SegmentPass
        {
            public override void Add(long firstRow, IReadOnlyList<Column?> columns, int count)
            {
            }
        }
    }

    /// <summary>One column of an entity as if it had no other.</summary>
    private sealed class OneColumn(RowSource source, SourceEntity entity, int place) : RowSource
    {
        public override IReadOnlyList<SourceEntity> Entities => [entity];

        public override bool ReadsRanges => true;

        public override RowReader Open(SourceEntity alone, IReadOnlyList<int> columns, long firstRow, long? rows, CancellationToken cancellation) => source.Open(entity, [place], firstRow, rows, cancellation);
    }
}
