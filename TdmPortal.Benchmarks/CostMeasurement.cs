using System.Globalization;
using System.Text;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.NoEmit;
using Perfolizer.Horology;
using TdmPortal.Core.Generators;

namespace TdmPortal.Benchmarks;

/// <summary>What each generator and each writer costs by BenchmarkDotNet, and what they allocate; writes docs/generator-costs.md.</summary>
internal static class CostMeasurement
{
    /// <summary>From here on a generator is named as slow, in nanoseconds.</summary>
    private const double Slow = 250;

    public static int Run()
    {
        var writers = Measure<WriterBenchmark>();
        var costs = Measure<GeneratorBenchmark>().ToDictionary(report => (string)report.BenchmarkCase.Parameters["Name"], StringComparer.Ordinal);
        var text = new StringBuilder("# What generators and writers cost\n\n")
            .Append("Made by `dotnet run --project TdmPortal.Benchmarks -c Release -- costs` (BenchmarkDotNet, medians of short runs in one process). Nanoseconds are of the machine that it ran on; compare them with each other. ")
            .Append("Each generator has the arguments of its example and fills batches of 1,024 values; *allocated* is bytes a value.\n\n## Writers\n\n")
            .Append("Orders of customers-orders made and written. Ten times as many rows allocate no more: what is allocated are the buffers of the call. (How fast they are: performance.md.)\n\n| format | rows | KiB allocated in all |\n|---|---|---|\n");
        foreach (var report in writers)
        {
            var rows = (int)report.BenchmarkCase.Parameters["Rows"];
            text.Append(CultureInfo.InvariantCulture, $"| {report.BenchmarkCase.Parameters["Format"]} | {rows:N0} | {Allocated(report) / 1024.0:N0} |\n");
        }

        var all = GeneratorCatalogue.All.Where(generator => costs.ContainsKey(generator.Name)).ToList();
        var means = all.Select(generator => costs[generator.Name].ResultStatistics!.Median).Order().ToList();
        text.Append(CultureInfo.InvariantCulture, $"\n## Generators\n\n{all.Count} generators: half cost up to {means[means.Count / 2]:0} ns a value, nine of ten up to {means[means.Count * 9 / 10]:0} ns.\n\n")
            .Append(CultureInfo.InvariantCulture, $"The slow ones, {Slow} ns and more: {string.Join(", ", all.OrderByDescending(generator => costs[generator.Name].ResultStatistics!.Median).TakeWhile(generator => costs[generator.Name].ResultStatistics!.Median >= Slow).Select(generator => $"`{generator.Name}` {costs[generator.Name].ResultStatistics!.Median.ToString("N0", CultureInfo.InvariantCulture)}"))}.\n");
        foreach (var category in all.GroupBy(generator => generator.Category))
        {
            text.Append(CultureInfo.InvariantCulture, $"\n### {category.Key}\n\n| generator | ns a value | allocated |\n|---|---|---|\n");
            foreach (var generator in category)
                text.Append(CultureInfo.InvariantCulture, $"| `{generator.Name}` | {costs[generator.Name].ResultStatistics!.Median:0.0} | {Allocated(costs[generator.Name])} |\n");
        }

        File.WriteAllText(Path.Combine(Checkout.Root(), "docs", "generator-costs.md"), text.ToString());
        Console.WriteLine(text.ToString()[..text.ToString().IndexOf("\n### ", StringComparison.Ordinal)]);
        return all.Count == GeneratorCatalogue.All.Count ? 0 : throw new InvalidOperationException("Some generators were not measured.");
    }

    private static List<BenchmarkReport> Measure<TBenchmark>()
    {
        var job = Job.Default.WithToolchain(InProcessNoEmitToolchain.Instance).WithWarmupCount(3).WithIterationCount(7).WithIterationTime(TimeInterval.FromMilliseconds(20));
        var config = ManualConfig.CreateEmpty().AddJob(job).AddLogger(NullLogger.Instance).AddDiagnoser(MemoryDiagnoser.Default).AddColumnProvider(DefaultColumnProviders.Instance)
            .WithOptions(ConfigOptions.DisableLogFile);
        return [.. BenchmarkRunner.Run<TBenchmark>(config).Reports.Where(report => report.ResultStatistics is not null)];
    }

    private static long Allocated(BenchmarkReport report) => report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase) ?? -1;
}
