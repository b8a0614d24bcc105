using System.Diagnostics;
using System.Runtime.InteropServices;

namespace TdmPortal.Benchmarks;

/// <summary>What a program took from its start to its end, as the system accounts for it: seconds by the clock, seconds of processors, most memory.</summary>
/// <param name="PeakBytes">As far as it was seen by looking every few milliseconds.</param>
internal sealed partial record WholeProcess(double Seconds, double ProcessorSeconds, long PeakBytes)
{
    private const int Children = -1;

    /// <summary>Runs programs side by side; the clock runs until the last has ended.</summary>
    public static async Task<WholeProcess> RunAsync(params IReadOnlyList<string>[] commands)
    {
        var (before, started) = (ProcessorSecondsOfChildren(), Stopwatch.GetTimestamp());
        var running = commands.Select(command => Process.Start(new ProcessStartInfo(command[0], command.Skip(1)))!).ToArray();
        long peak = 0;
        var ends = Task.WhenAll(running.Select(process => process.WaitForExitAsync()));
        while (!ends.IsCompleted)
        {
            foreach (var process in running)
                peak = Math.Max(peak, Peak(process));
            await Task.WhenAny(ends, Task.Delay(20));
        }

        await ends;
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        foreach (var (process, command) in running.Zip(commands))
        {
            if (process.ExitCode != 0)
                throw new InvalidOperationException($"{string.Join(' ', command)} ended with {process.ExitCode}.");
            process.Dispose();
        }

        return new(seconds, ProcessorSecondsOfChildren() - before, peak);
    }

    private static long Peak(Process process)
    {
        try
        {
            process.Refresh();
            return process.HasExited ? 0 : process.PeakWorkingSet64;
        }
        catch (InvalidOperationException)
        {
            // It ended between the two.
            return 0;
        }
    }

    /// <summary>Of all programs started from here that have ended.</summary>
    private static double ProcessorSecondsOfChildren()
    {
        // struct rusage: user and system time, each seconds and microseconds, and fourteen numbers more.
        Span<long> usage = stackalloc long[18];
        if (GetResourceUsage(Children, ref MemoryMarshal.GetReference(usage)) != 0)
            throw new InvalidOperationException("The system does not tell what its programs used.");
        return usage[0] + usage[2] + ((usage[1] + usage[3]) / 1e6);
    }

    [LibraryImport("libc", EntryPoint = "getrusage")]
    private static partial int GetResourceUsage(int who, ref long usage);
}
