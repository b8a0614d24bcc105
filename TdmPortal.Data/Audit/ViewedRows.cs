using System.Collections.Concurrent;
using TdmPortal.Core.Teams;

namespace TdmPortal.Data.Audit;

/// <summary>
/// Records that somebody looks at rows: once an entity of a version, person and hour (a node), before the first row is
/// read. Turning pages, sorting and filtering within that hour adds nothing.
/// </summary>
public sealed class ViewedRows(PortalDatabase database, TimeProvider time)
{
    private const int Many = 10_000;
    private static readonly TimeSpan Once = TimeSpan.FromHours(1);
    private readonly ConcurrentDictionary<(Guid User, Guid Version, string Entity), Viewed> viewed = new();

    /// <summary>Returns when the record stands; whoever reads has to wait for that.</summary>
    internal async Task RecordAsync(Actor actor, AuditObject version, string entity, CancellationToken cancellation)
    {
        var (key, now) = ((actor.UserId, Guid.Parse(version.Id!), entity), time.GetUtcNow());
        if (viewed.Count > Many)
            Forget(now);
        var mine = new Viewed(now, new(() => database.RecordAsync(AuditSource.Of(actor), AuditAction.RowsViewed, version, new { entity }, CancellationToken.None)));
        var kept = viewed.AddOrUpdate(key, mine, (_, known) => now - known.At < Once ? known : mine);
        try
        {
            await kept.Recorded.Value.WaitAsync(cancellation);
        }
        catch (Exception) when (!cancellation.IsCancellationRequested)
        {
            // Not recorded, so not seen: the next try records again.
            viewed.TryRemove(new(key, kept));
            throw;
        }
    }

    private void Forget(DateTimeOffset now)
    {
        foreach (var old in viewed.Where(pair => now - pair.Value.At >= Once))
            viewed.TryRemove(old);
    }

    private sealed record Viewed(DateTimeOffset At, Lazy<Task> Recorded);
}
