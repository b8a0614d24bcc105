using TdmPortal.Core.Schemas;
using TdmPortal.Core.Teams;
using TdmPortal.Data.Schemas;

namespace TdmPortal.Web.Schemas;

/// <summary>
/// Stores the author's work by itself a moment after each edit, so that a lost connection, a closed page or a stopped
/// portal loses nothing. The last state asked for is the one that is stored.
/// </summary>
public sealed class DraftKeeper(SchemaStore store, Func<Task<Actor>> actor, Guid? schemaId, TimeProvider time) : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(400);

    private readonly SemaphoreSlim one = new(1, 1);
    private CancellationTokenSource waiting = new();
    private (SchemaDocument Document, int BaseVersion)? pending;

    /// <summary>Raised when <see cref="Status"/> changed; on any thread.</summary>
    public event Action? Changed;

    public DraftStatus Status { get; private set; }
    public DateTimeOffset? KeptAt { get; private set; }

    public void Keep(SchemaDocument document, int baseVersion)
    {
        waiting.Cancel();
        waiting.Dispose();
        waiting = new();
        pending = (document, baseVersion);
        Set(DraftStatus.Saving);
        _ = StoreLaterAsync(waiting.Token);
    }

    /// <summary>Stores what waits, now.</summary>
    public async Task FlushAsync()
    {
        await one.WaitAsync();
        try
        {
            if (pending is not { } next)
                return;
            pending = null;
            await store.SaveDraftAsync(await actor(), schemaId, next.BaseVersion, SchemaWriter.Write(next.Document), CancellationToken.None);
            KeptAt = time.GetUtcNow();
            if (pending is null)
                Set(DraftStatus.Kept);
        }
        catch (Exception)
        {
            // Whatever kept it from being stored, the work is still in the page, and the page says so.
            Set(DraftStatus.Failed);
        }
        finally
        {
            one.Release();
        }
    }

    /// <summary>Forgets what waits and drops what is stored: it was saved as a version, or is not wanted.</summary>
    public async Task DropAsync()
    {
        await waiting.CancelAsync();
        await one.WaitAsync();
        try
        {
            pending = null;
            await store.DropDraftAsync(await actor(), schemaId, CancellationToken.None);
            Set(DraftStatus.None);
        }
        finally
        {
            one.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await waiting.CancelAsync();
        await FlushAsync();
        waiting.Dispose();
        one.Dispose();
    }

    private async Task StoreLaterAsync(CancellationToken cancellation)
    {
        try
        {
            await Task.Delay(Pause, time, cancellation);
        }
        catch (OperationCanceledException)
        {
            return;
        }

        await FlushAsync();
    }

    private void Set(DraftStatus status)
    {
        Status = status;
        Changed?.Invoke();
    }
}
