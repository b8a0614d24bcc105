using Microsoft.EntityFrameworkCore;
using TdmPortal.Core.Errors;
using TdmPortal.Core.Teams;

namespace TdmPortal.Data.Audit;

/// <summary>Signed notes of where the chain ended, one an hour in which something was recorded.</summary>
public sealed class AuditAnchors(PortalDatabase database, TimeProvider time)
{
    /// <summary>How far apart they are; several nodes make one between them.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    /// <summary>Makes the next one when it is time.</summary>
    /// <returns>Whether one was made.</returns>
    public Task<bool> AnchorAsync(CancellationToken cancellation) => database.MaintainAsync(async (context, token) =>
    {
        var (now, head) = (Now(), await context.Set<StoredAuditHead>().AsNoTracking().SingleAsync(token));
        var last = await context.Set<StoredAuditAnchor>().AsNoTracking().OrderByDescending(anchor => anchor.Number).FirstOrDefaultAsync(token);
        if (head.Number == (last?.Number ?? 0) || now - last?.AnchoredAt < Interval)
            return false;
        var anchor = new AuditAnchor(database.Roles.Prefix, head.Number, Convert.ToHexStringLower(head.Hash), now, "");
        context.Add(new StoredAuditAnchor { Number = head.Number, Hash = head.Hash, AnchoredAt = now, Signature = database.Key.Sign(anchor.Statement) });
        return true;
    }, cancellation);

    /// <summary>All anchors, the oldest first, for keeping elsewhere.</summary>
    /// <exception cref="ForbiddenException">For administrators.</exception>
    public async Task<IReadOnlyList<AuditAnchor>> ExportAsync(Actor admin, CancellationToken cancellation)
    {
        await database.DemandAsync(admin, admin.IsAdmin, "Only administrators export the audit's anchors.", cancellation);
        await database.RecordAsync(AuditSource.Of(admin), AuditAction.AnchorsExported, null, null, cancellation);
        return await AllAsync(cancellation);
    }

    /// <summary>How many there are and when the last was made.</summary>
    public Task<(int Count, DateTimeOffset? Last)> CountAsync(CancellationToken cancellation) => database.ReadAsSystemAsync(async (context, token) =>
        (await context.Set<StoredAuditAnchor>().CountAsync(token), await context.Set<StoredAuditAnchor>().MaxAsync(anchor => (DateTimeOffset?)anchor.AnchoredAt, token)), cancellation);

    internal Task<List<AuditAnchor>> AllAsync(CancellationToken cancellation) => database.ReadAsSystemAsync(async (context, token) =>
        (await context.Set<StoredAuditAnchor>().AsNoTracking().OrderBy(anchor => anchor.Number).ToListAsync(token))
            .ConvertAll(anchor => new AuditAnchor(database.Roles.Prefix, anchor.Number, Convert.ToHexStringLower(anchor.Hash), anchor.AnchoredAt, Convert.ToHexStringLower(anchor.Signature))), cancellation);

    // The database keeps microseconds.
    private DateTimeOffset Now()
    {
        var now = time.GetUtcNow();
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
    }
}
