using Microsoft.EntityFrameworkCore;
using TdmPortal.Core;
using TdmPortal.Core.Errors;
using TdmPortal.Core.Notifications;
using TdmPortal.Core.Teams;
using TdmPortal.Data.Jobs;

namespace TdmPortal.Data.Notifications;

/// <summary>
/// What one person was told, in all their teams. Row-level security gives everybody their own; the change feed says the
/// person's id when it changed.
/// </summary>
public sealed class NoticeInbox(PortalDatabase database, TimeProvider time)
{
    /// <summary>Beyond it nobody counts.</summary>
    public const int MostCounted = 100;

    private const string OwnMark = "Reading one's own notices counts for nothing.";

    /// <summary>The actor's notices, newest first.</summary>
    /// <param name="kind">Null: all.</param>
    public Task<Page<InboxItem>> ListAsync(Actor actor, bool unreadOnly, NoticeKind? kind, string? after, int take, CancellationToken cancellation) => database.ReadAsync(actor, async (context, token) =>
    {
        var own = context.Set<InboxNotice>().AsNoTracking().Where(own => own.UserId == actor.UserId && (!unreadOnly || own.ReadAt == null))
            .Join(context.Set<StoredNotice>(), own => own.NoticeId, notice => notice.Id, (own, notice) => new { own, notice });
        if (kind is { } wanted)
        {
            var code = wanted.Code();
            own = own.Where(row => row.notice.Kind == code);
        }

        if (ListCursor.Parse(after) is { } cursor)
            own = own.Where(row => EF.Functions.LessThan(ValueTuple.Create(row.own.CreatedAt, row.own.NoticeId), ValueTuple.Create(cursor.At, cursor.Id)));
        var found = await own.OrderByDescending(row => row.own.CreatedAt).ThenByDescending(row => row.own.NoticeId).Take(take + 1).ToListAsync(token);
        var items = found.Take(take)
            .Select(row => new InboxItem(row.notice.Id, NoticeKinds.Parse(row.notice.Kind), row.notice.TeamId, row.notice.Title, row.notice.Body, row.notice.Link, row.own.CreatedAt, row.own.ReadAt is not null)).ToList();
        return new Page<InboxItem>(items, found.Count > take ? new ListCursor(items[^1].At, items[^1].Id).ToString() : null, null);
    }, cancellation);

    /// <summary>How many are unread, counted up to <see cref="MostCounted"/>.</summary>
    public Task<int> UnreadAsync(Actor actor, CancellationToken cancellation) => database.ReadAsync(actor, (context, token) =>
        context.Set<InboxNotice>().Where(own => own.UserId == actor.UserId && own.ReadAt == null).Take(MostCounted).CountAsync(token), cancellation);

    /// <summary>Where a notice leads, also one that came by mail alone; from then on it is read.</summary>
    /// <returns>The team to work in there, and the path.</returns>
    /// <exception cref="NotFoundException">There is none, or it is of a team that the actor is not in.</exception>
    public async Task<(Guid TeamId, string Link)> OpenAsync(Actor actor, Guid notice, CancellationToken cancellation)
    {
        var found = await database.ReadAsSystemAsync((context, token) => context.Set<StoredNotice>()
            .Where(stored => stored.Id == notice && context.Memberships.Any(member => member.TeamId == stored.TeamId && member.UserId == actor.UserId))
            .Select(stored => new { stored.TeamId, stored.Link }).SingleOrDefaultAsync(token), cancellation) ?? throw new NotFoundException("The notice");
        await MarkAsync(actor, notice, read: true, cancellation);
        return (found.TeamId, found.Link);
    }

    /// <summary>Marks one as read or unread. Nothing happens to what is not in the actor's inbox.</summary>
    public Task MarkAsync(Actor actor, Guid notice, bool read, CancellationToken cancellation) => database.ChangeAsync(actor, async (context, token) =>
    {
        context.Audit.NothingOwed(OwnMark);
        DateTimeOffset? at = read ? time.GetUtcNow() : null;
        await context.Set<InboxNotice>().Where(own => own.UserId == actor.UserId && own.NoticeId == notice && (own.ReadAt == null) == read).ExecuteUpdateAsync(set => set.SetProperty(own => own.ReadAt, at), token);
        await JobQueue.NotifyAsync(context, actor.UserId, token);
        return true;
    }, cancellation);

    /// <summary>Marks all as read that came up to now.</summary>
    public Task MarkAllAsync(Actor actor, CancellationToken cancellation) => database.ChangeAsync(actor, async (context, token) =>
    {
        context.Audit.NothingOwed(OwnMark);
        DateTimeOffset? now = time.GetUtcNow();
        await context.Set<InboxNotice>().Where(own => own.UserId == actor.UserId && own.ReadAt == null).ExecuteUpdateAsync(set => set.SetProperty(own => own.ReadAt, now), token);
        await JobQueue.NotifyAsync(context, actor.UserId, token);
        return true;
    }, cancellation);
}
