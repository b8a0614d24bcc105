namespace TdmPortal.Core.Quality;

/// <summary>
/// Hands out segments of several passes to threads and lets the passes take them in again in order. A thread that is far
/// ahead of one that is slow waits, so that memory is bounded.
/// </summary>
/// <param name="ahead">How many segments may be under way or wait at a time; at least as many as there are threads.</param>
public sealed class SegmentMerge(IReadOnlyList<RowPass> passes, int ahead)
{
    private readonly object gate = new();
    private readonly Dictionary<long, SegmentPass[]> waiting = [];
    private long next;
    private bool isStopped;

    /// <summary>The passes that are served.</summary>
    public IReadOnlyList<RowPass> Passes => passes;

    /// <summary>Begins a segment; blocks while it would be too far ahead. Segments must be begun in order.</summary>
    /// <param name="segment">Its number, from 0.</param>
    /// <exception cref="OperationCanceledException">It was cancelled, or <see cref="Stop"/> was called.</exception>
    public IReadOnlyList<SegmentPass> Begin(long segment, CancellationToken cancellation)
    {
        lock (gate)
        {
            while (segment >= next + ahead && !isStopped)
            {
                cancellation.ThrowIfCancellationRequested();
                Monitor.Wait(gate, 100);
            }

            if (isStopped)
                throw new OperationCanceledException("Another thread failed.");
        }

        var parts = new SegmentPass[passes.Count];
        for (var pass = 0; pass < parts.Length; pass++)
            parts[pass] = passes[pass].Begin();
        return parts;
    }

    /// <summary>Takes in a segment that is done, and those after it that were done before.</summary>
    public void End(long segment, IReadOnlyList<SegmentPass> parts)
    {
        lock (gate)
        {
            waiting.Add(segment, (SegmentPass[])parts);
            while (waiting.Remove(next, out var ready))
            {
                for (var pass = 0; pass < ready.Length; pass++)
                    passes[pass].Take(ready[pass]);
                next++;
            }

            Monitor.PulseAll(gate);
        }
    }

    /// <summary>Lets go those who wait, since a segment before theirs will never be done.</summary>
    public void Stop()
    {
        lock (gate)
        {
            isStopped = true;
            Monitor.PulseAll(gate);
        }
    }
}
