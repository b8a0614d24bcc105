using System.Diagnostics;
using System.Globalization;
using TdmPortal.Core.Formats;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Benchmarks;

/// <summary>How fast a schema's rows are made, written into each format, and previewed far from the start; against Bogus. No database, no disk.</summary>
internal static class EngineMeasurement
{
    private const int Rounds = 5;

    /// <param name="schemaFile">The schema whose rows are made; <see cref="BogusRows"/> makes the same by Bogus where it is customers-orders.</param>
    public static async Task<int> RunAsync(string schemaFile)
    {
        var document = SchemaReader.Read(await File.ReadAllBytesAsync(schemaFile)).Document ?? throw new InvalidOperationException($"{schemaFile} is no schema document.");
        var plan = GenerationPlan.Compile(document, new()).Plan!;
        await FormatsAsync(plan);
        if (document.Name == "customers_orders")
            await BogusAsync(document);
        Preview(document);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"peak memory of the process {Process.GetCurrentProcess().PeakWorkingSet64 / 1048576:N0} MiB"));
        return 0;
    }

    private static async Task FormatsAsync(GenerationPlan plan)
    {
        var rows = plan.Entities.Sum(entity => entity.Rows);
        (RowFormat Format, int Threads)[] ways =
        [
            (RowFormat.Csv, 1), (RowFormat.Csv, 2), (RowFormat.Ndjson, 1), (RowFormat.Json, 1), (RowFormat.Xml, 1),
            (RowFormat.SqlInsert, 1), (RowFormat.SqlCopy, 1), (RowFormat.PostgresBinary, 1),
        ];
        var bytes = new long[ways.Length];
        var measured = ways.Select(way => new Measured($"{way.Format}, {way.Threads} thread{(way.Threads == 1 ? "" : "s")}")).ToArray();
        await Measured.RoundsAsync(Rounds, [.. ways.Select((way, i) => (measured[i], (Func<Task>)(() =>
        {
            bytes[i] = Write(plan, way.Format, way.Threads);
            return Task.CompletedTask;
        })))]);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Write(plan, RowFormat.Csv, 1);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{rows:N0} rows, median of {Rounds} rounds"));
        Console.WriteLine("format, threads               | seconds (range)      | processor s | rows/s by clock | rows/processor s | MB/processor s");
        foreach (var (one, size) in measured.Zip(bytes))
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{one.Name,-29} | {one.Seconds,5:0.00} ({one.Spread}) | {one.ProcessorSeconds,11:0.00} | {rows / one.Seconds,15:N0} | {rows / one.ProcessorSeconds,16:N0} | {size / 1e6 / one.ProcessorSeconds,14:0}"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"allocated for all rows as CSV: {allocated / 1024.0:N0} KiB, {(double)allocated / rows:0.00} bytes a row"));
    }

    private static async Task BogusAsync(SchemaDocument document)
    {
        // A quarter: Bogus is slower, and its rate does not depend on the number of rows.
        var plan = GenerationPlan.Compile(document, new() { Scale = 0.25 }).Plan!;
        var (customers, orders) = ((int)plan.Entity("customer").Rows, (int)plan.Entity("order").Rows);
        var (engine, bogus) = (new Measured("engine"), new Measured("Bogus"));
        await Measured.RoundsAsync(Rounds,
            (engine, () => Task.FromResult(Write(plan, RowFormat.Csv, 1))),
            (bogus, () =>
            {
                using var text = new StreamWriter(new CountingStream());
                BogusRows.Write(text, text, customers, orders);
                return Task.CompletedTask;
            }));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{customers + orders:N0} rows as CSV: engine {engine.ProcessorSeconds:0.000} processor s, Bogus {bogus.ProcessorSeconds:0.00} processor s: {bogus.ProcessorSeconds / engine.ProcessorSeconds:0} times as fast ({(customers + orders) / bogus.ProcessorSeconds:N0} rows/s by Bogus)"));
    }

    private static void Preview(SchemaDocument document)
    {
        const long rows = 1_000_000_000;
        var billion = document.Entities.Where(entity => entity.Rows is not null && entity.Scale is not false).ToDictionary(entity => entity.Name, _ => rows, StringComparer.Ordinal);
        var started = Stopwatch.GetTimestamp();
        var plan = GenerationPlan.Compile(document, new() { Rows = billion }).Plan!;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Stopwatch.GetElapsedTime(started).TotalMilliseconds:0.0} ms to compile for {rows:N0} rows an entity"));
        foreach (var name in billion.Keys)
        {
            var entity = plan.Entity(name);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{name}: rows 0 to 9 in {MedianMilliseconds(plan, entity, 0):0.000} ms, rows 999,999,990 to 999,999,999 in {MedianMilliseconds(plan, entity, rows - 10):0.000} ms (median of 500)"));
        }
    }

    private static double MedianMilliseconds(GenerationPlan plan, EntityPlan entity, long first)
    {
        var taken = new List<double>();
        for (var i = 0; i < 500; i++)
        {
            var started = Stopwatch.GetTimestamp();
            plan.Preview(entity, first, 10);
            taken.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        return taken.Order().ElementAt(taken.Count / 2);
    }

    private static long Write(GenerationPlan plan, RowFormat format, int threads)
    {
        using var output = new CountingStream();
        foreach (var entity in plan.Entities)
            plan.Write(entity, 0, entity.Rows, format, output, threads);
        return output.Length;
    }
}
