namespace TdmPortal.Data.Jobs;

/// <summary>What a running job says of itself; written by any thread, stored with the next heartbeat.</summary>
public sealed class JobProgress(TimeProvider time)
{
    private const double Smoothing = 0.3;
    private long rowsDone;
    private long rowsTotal;
    private long measuredRows;
    private long measuredAt = time.GetTimestamp();
    private double rate;
    private volatile string? step;

    /// <summary>What it does now, for people.</summary>
    public string? Step { get => step; set => step = value; }

    public long RowsDone => Interlocked.Read(ref rowsDone);

    public long RowsTotal { get => Interlocked.Read(ref rowsTotal); set => Interlocked.Exchange(ref rowsTotal, value); }

    public void AddRows(long count) => Interlocked.Add(ref rowsDone, count);

    /// <summary>Rows per second, smoothed, and the time that the rest takes at that pace. Called by the heartbeat only.</summary>
    internal (double Rate, TimeSpan? Left) Measure()
    {
        var seconds = time.GetElapsedTime(measuredAt).TotalSeconds;
        var done = RowsDone;
        if (seconds > 0.05)
        {
            var now = (done - measuredRows) / seconds;
            rate = rate == 0 ? now : (Smoothing * now) + ((1 - Smoothing) * rate);
            (measuredRows, measuredAt) = (done, time.GetTimestamp());
        }

        var left = RowsTotal - done;
        return (rate, rate > 1 && left > 0 ? TimeSpan.FromSeconds(left / rate) : null);
    }
}
