namespace TdmPortal.Data.Jobs;

/// <summary>
/// Tells open pages on every node that something changed (LISTEN/NOTIFY on one connection a node). The message is only
/// an opaque id: a hint to read again through authorised queries.
/// </summary>
public sealed class ChangeFeed
{
    /// <summary>Raised with the id of the job or dataset that changed, or <see cref="Guid.Empty"/> after a reconnect (read everything again).</summary>
    public event Action<Guid>? Changed;
    internal void Raise(Guid id) => Changed?.Invoke(id);
}
