using TdmPortal.Data.Jobs;

namespace TdmPortal.Web.Jobs;

/// <summary>Wakes one loop when the change feed tells something that it waits for. What is told while it works wakes it once more.</summary>
public sealed class FeedSignal : IDisposable
{
    private readonly SemaphoreSlim told = new(0, 1);
    private readonly ChangeFeed feed;
    private readonly Func<Guid, bool> wanted;

    /// <param name="wanted">Which ids; after a reconnect, when any may have been missed, it wakes as well.</param>
    public FeedSignal(ChangeFeed feed, Func<Guid, bool> wanted)
    {
        (this.feed, this.wanted) = (feed, wanted);
        feed.Changed += OnFeed;
    }

    /// <summary>Until something was told.</summary>
    public Task WaitAsync(CancellationToken cancellation) => told.WaitAsync(cancellation);

    /// <summary>Until something was told, or for so long.</summary>
    public Task WaitAsync(TimeSpan most, CancellationToken cancellation) => told.WaitAsync(most, cancellation);

    public void Dispose()
    {
        feed.Changed -= OnFeed;
        told.Dispose();
    }

    private void OnFeed(Guid id)
    {
        if (id != Guid.Empty && !wanted(id))
            return;
        try
        {
            told.Release();
        }
        catch (Exception signal) when (signal is SemaphoreFullException or ObjectDisposedException)
        {
            // Awake already, or its loop has ended.
        }
    }
}
