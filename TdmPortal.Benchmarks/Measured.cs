using System.Diagnostics;
using System.Globalization;

namespace TdmPortal.Benchmarks;

/// <summary>
/// What several rounds of one piece of work took. Rounds of the things compared take turns, so that what else the machine
/// does meanwhile falls on all of them; the median is told with the fastest and the slowest.
/// </summary>
internal sealed class Measured(string name)
{
    private readonly List<double> elapsed = [];
    private readonly List<double> processor = [];

    public string Name => name;

    /// <summary>Seconds by the clock, of the round in the middle.</summary>
    public double Seconds => Median(elapsed);

    /// <summary>Seconds that this process used of processors, of the round in the middle; other processes do not lengthen them much.</summary>
    public double ProcessorSeconds => Median(processor);

    public string Spread => string.Create(CultureInfo.InvariantCulture, $"{elapsed.Min():0.00}–{elapsed.Max():0.00} s");

    public static async Task RoundsAsync(int rounds, params (Measured Measured, Func<Task> Work)[] all)
    {
        for (var round = 0; round <= rounds; round++)
        {
            foreach (var (measured, work) in all)
            {
                GC.Collect();
                using var process = Process.GetCurrentProcess();
                var (started, before) = (Stopwatch.GetTimestamp(), process.TotalProcessorTime);
                await work();
                var taken = Stopwatch.GetElapsedTime(started).TotalSeconds;
                process.Refresh();

                // The first round warms up: code is compiled, files are cached.
                if (round == 0)
                    continue;
                measured.elapsed.Add(taken);
                measured.processor.Add((process.TotalProcessorTime - before).TotalSeconds);
            }
        }
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
