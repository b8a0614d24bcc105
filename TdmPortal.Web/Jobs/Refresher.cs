namespace TdmPortal.Web.Jobs;

/// <summary>
/// Runs a page's re-read when it is told that something changed: one at a time, with a pause between two, and once more
/// when it was told again meanwhile. A busy job on another node so costs a page a few reads a second at most.
/// </summary>
/// <param name="refresh">Reads and shows; its failures are its own to show.</param>
public sealed class Refresher(Func<CancellationToken, Task> refresh, TimeProvider clock, TimeSpan pause) : IDisposable
{
    private readonly CancellationTokenSource disposed = new();
    private readonly Lock gate = new();
    private bool running;
    private bool again;

    /// <summary>Something changed. Returns at once; may be called from any thread.</summary>
    public void Signal()
    {
        lock (gate)
        {
            again = true;
            if (running || disposed.IsCancellationRequested)
                return;
            running = true;
        }

        _ = RunAsync(disposed.Token);
    }

    private async Task RunAsync(CancellationToken cancellation)
    {
        // The signal comes on the change feed's thread, which is not to wait for a page.
        await Task.Yield();
        while (true)
        {
            lock (gate)
            {
                if (!again || cancellation.IsCancellationRequested)
                {
                    running = false;
                    return;
                }

                again = false;
            }

            try
            {
                await refresh(cancellation);
                await Task.Delay(pause, clock, cancellation);
            }
            catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException)
            {
                // The page was left while it read.
            }
        }
    }

    public void Dispose()
    {
        if (disposed.IsCancellationRequested)
            return;
        disposed.Cancel();
        disposed.Dispose();
    }
}
