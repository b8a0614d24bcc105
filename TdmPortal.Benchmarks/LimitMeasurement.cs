using System.Globalization;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Benchmarks;

/// <summary>
/// Whole programs from start to end, in turns: a C program that does the least one can (limit/limit.c), ./tdm by one and
/// two threads, and Bogus; into memory and into nothing.
/// </summary>
internal static class LimitMeasurement
{
    private const int Rounds = 5;
    private const int Customers = 200_000;
    private const int Orders = 1_000_000;
    private const int Times = 5;
    private const string Nothing = "/dev/null";

    /// <param name="schemaFile">customers-orders; the other two programs know its tables.</param>
    public static async Task<int> RunAsync(string schemaFile)
    {
        var document = SchemaReader.Read(await File.ReadAllBytesAsync(schemaFile)).Document;
        if (document is null || GenerationPlan.Compile(document, new()).Plan?.Entities.Sum(entity => entity.Rows) != Customers + Orders)
            throw new InvalidOperationException($"{schemaFile} is not customers-orders.");
        var folder = Directory.CreateDirectory(Path.Combine("/dev/shm", $"tdm-limit-{Environment.ProcessId}")).FullName;
        try
        {
            var limit = Path.Combine(folder, "limit");
            await WholeProcess.RunAsync(["gcc", "-O3", "-march=native", "-o", limit, Path.Combine(AppContext.BaseDirectory, "limit", "limit.c")]);
            var tdm = Path.Combine(Checkout.Root(), "tdm");
            await WholeProcess.RunAsync([tdm, "validate", schemaFile]);
            string[] Generate(string to, int times, int threads) =>
                [tdm, "generate", schemaFile, "--out", to, "--rows", $"customer={Customers * times}", "--rows", $"order={Orders * times}", "--threads", Text(threads)];
            string[] C(string to, int times, int parts) => [limit, to, Text(Customers * times / parts), Text(Orders * times / parts)];

            await CompareAsync("into memory", Customers + Orders,
                ("C", [C(folder, 1, 1)]), ("tdm, 1 thread", [Generate(folder, 1, 1)]), ("tdm, 2 threads", [Generate(folder, 1, 2)]),
                ("Bogus", [[Path.Combine(AppContext.BaseDirectory, "TdmPortal.Benchmarks"), "bogus", folder, Text(Customers), Text(Orders)]]));
            await CompareAsync("into nothing", (Customers + Orders) * Times,
                ("C", [C(Nothing, Times, 1)]), ("C twice, half each", [C(Nothing, Times, 2), C(Nothing, Times, 2)]),
                ("tdm, 1 thread", [Generate(Nothing, Times, 1)]), ("tdm, 2 threads", [Generate(Nothing, Times, 2)]));
            await CompareAsync("1,000 rows, into memory", 1000,
                ("tdm", [[tdm, "generate", schemaFile, "--out", folder, "--rows", "customer=200", "--rows", "order=800"]]));
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>The rows by Bogus, as two files: what this program does when it is started for that.</summary>
    public static int Bogus(string folder, int customers, int orders)
    {
        using var customer = new StreamWriter(Path.Combine(folder, "bogus-customer.csv"));
        using var order = new StreamWriter(Path.Combine(folder, "bogus-order.csv"));
        BogusRows.Write(customer, order, customers, orders);
        return 0;
    }

    /// <summary>Peak memory of ./tdm for a schema's own rows, and for so many times as many that they are 100 million.</summary>
    public static async Task<int> MemoryAsync(string schemaFile)
    {
        foreach (var scale in new[] { 1, 100_000_000.0 / (Customers + Orders) })
        {
            var taken = await WholeProcess.RunAsync([Path.Combine(Checkout.Root(), "tdm"), "generate", schemaFile, "--out", Nothing, "--scale", scale.ToString(CultureInfo.InvariantCulture)]);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{scale * (Customers + Orders),11:N0} rows: {taken.PeakBytes / 1048576.0,4:0} MiB at most, {taken.Seconds:0.0} s"));
        }

        return 0;
    }

    private static async Task CompareAsync(string title, int rows, params (string Name, IReadOnlyList<string>[] Commands)[] ways)
    {
        var taken = ways.Select(_ => new List<WholeProcess>()).ToArray();
        for (var round = 0; round <= Rounds; round++)
        {
            foreach (var (way, results) in ways.Zip(taken))
            {
                var one = await WholeProcess.RunAsync(way.Commands);

                // The first round warms up.
                if (round > 0)
                    results.Add(one);
            }
        }

        var load = (await File.ReadAllTextAsync("/proc/loadavg")).Split(' ')[0];
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{rows:N0} rows, {title}; median of {Rounds} rounds in turns; load average {load}"));
        Console.WriteLine("program            | s by clock (range) | processor s | rows/s by clock | of the first, by clock | by processor s | MiB");
        foreach (var (way, results) in ways.Zip(taken))
        {
            var (seconds, processor) = (Median(results, one => one.Seconds), Median(results, one => one.ProcessorSeconds));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{way.Name,-18} | {seconds,5:0.000} ({results.Min(one => one.Seconds):0.00}–{results.Max(one => one.Seconds):0.00}) | {processor,11:0.000} | {rows / seconds,15:N0} | {Median(taken[0], one => one.Seconds) / seconds,22:0.00} | {Median(taken[0], one => one.ProcessorSeconds) / processor,14:0.00} | {results.Max(one => one.PeakBytes) / 1048576.0,3:0}"));
        }

        Console.WriteLine();
    }

    private static double Median(List<WholeProcess> results, Func<WholeProcess, double> figure) => results.Select(figure).Order().ElementAt(results.Count / 2);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
