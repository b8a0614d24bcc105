using System.Globalization;

namespace TdmPortal.Cli;

/// <summary>One line on a terminal that says how far the work is; nothing anywhere else.</summary>
internal sealed class ProgressLine(TextWriter error, long total, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);
    private readonly bool shown = !Console.IsErrorRedirected && ReferenceEquals(error, Console.Error);
    private readonly long start = time.GetTimestamp();
    private TimeSpan last;

    public void Report(string what, long rows)
    {
        var elapsed = time.GetElapsedTime(start);
        if (!shown || elapsed - last < Interval)
            return;
        last = elapsed;
        error.Write(string.Create(CultureInfo.InvariantCulture, $"\r{what}: {rows:N0} of {total:N0} rows, {rows / elapsed.TotalSeconds:N0} rows/s\u001b[K"));
    }

    public void Clear()
    {
        if (shown && last > TimeSpan.Zero)
            error.Write("\r\u001b[K");
    }
}
