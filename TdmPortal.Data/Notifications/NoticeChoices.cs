using Microsoft.EntityFrameworkCore;
using TdmPortal.Core.Errors;
using TdmPortal.Core.Notifications;
using TdmPortal.Core.Teams;
using TdmPortal.Data.Audit;
using TdmPortal.Data.Datasets;
using TdmPortal.Data.Refresh;

namespace TdmPortal.Data.Notifications;

/// <summary>How each person wants to be told: for everything, and for single schedules another way.</summary>
public sealed class NoticeChoices(PortalDatabase database)
{
    /// <param name="schedule">Null: the choices for all schedules.</param>
    public async Task<NoticeChoiceList> GetAsync(Actor actor, Guid? schedule, CancellationToken cancellation)
    {
        var stored = await database.ReadAsync(actor, (context, token) =>
            context.Set<StoredNoticeChoice>().AsNoTracking().Where(choice => choice.UserId == actor.UserId && (choice.ScheduleId == null || choice.ScheduleId == schedule)).ToListAsync(token), cancellation);
        // People's addresses and the mail server are for the portal itself.
        var (mail, email) = await database.ReadAsSystemAsync(async (context, token) =>
            (await context.Set<StoredMailServer>().AnyAsync(token), await context.Users.Where(user => user.Id == actor.UserId).Select(user => user.Email).SingleOrDefaultAsync(token)), cancellation);
        var kinds = schedule is null ? NoticeKinds.Offered : NoticeKinds.OfSchedules;
        return new NoticeChoiceList([.. kinds.Select(Chosen)], schedule is not null && stored.Exists(choice => choice.ScheduleId is not null), mail, string.IsNullOrEmpty(email) ? null : email);

        NoticeChoice Chosen(NoticeKind kind)
        {
            var found = stored.Where(choice => choice.Kind == kind.Code()).MaxBy(choice => choice.ScheduleId is not null);
            return found is null
                ? new NoticeChoice(kind, kind.Default().InPortal, kind.Default().ByEmail, NoticeKinds.UsualMinutesBefore)
                : new NoticeChoice(kind, found.InPortal, found.ByEmail, found.MinutesBefore ?? NoticeKinds.UsualMinutesBefore);
        }
    }

    /// <summary>The schedules of the actor's team that the actor has choices of their own for, by dataset.</summary>
    public Task<IReadOnlyList<ChosenSchedule>> SchedulesAsync(Actor actor, CancellationToken cancellation) => database.ReadAsync<IReadOnlyList<ChosenSchedule>>(actor, async (context, token) =>
        await context.Set<StoredRefreshSchedule>().Where(schedule => context.Set<StoredNoticeChoice>().Any(choice => choice.UserId == actor.UserId && choice.ScheduleId == schedule.Id))
            .Join(context.Set<Dataset>().Where(dataset => dataset.DeletedAt == null), schedule => schedule.DatasetId, dataset => dataset.Id, (schedule, dataset) => new { schedule.Id, dataset })
            .OrderBy(row => row.dataset.Name).Select(row => new ChosenSchedule(row.Id, row.dataset.Id, row.dataset.Title != "" ? row.dataset.Title : row.dataset.Name)).ToListAsync(token), cancellation);

    /// <summary>Sets the choice of one kind.</summary>
    /// <exception cref="PortalException">notice.bad_time: no choice of how long before.</exception>
    public Task SetAsync(Actor actor, Guid? schedule, NoticeChoice choice, CancellationToken cancellation)
    {
        if (choice.Kind == NoticeKind.RefreshComingUp && !NoticeKinds.MinutesBefore.Contains(choice.MinutesBefore))
            throw new PortalException("notice.bad_time", $"A run cannot be announced {choice.MinutesBefore} minutes before.") { SuggestedActions = [$"Choose {string.Join(", ", NoticeKinds.MinutesBefore)} minutes"] };
        return database.ChangeAsync(actor, async (context, token) =>
        {
            var kind = choice.Kind.Code();
            var stored = await context.Set<StoredNoticeChoice>().SingleOrDefaultAsync(own => own.UserId == actor.UserId && own.ScheduleId == schedule && own.Kind == kind, token);
            var before = stored is null ? null : new { stored.InPortal, stored.ByEmail, stored.MinutesBefore };
            if (stored is null)
                context.Add(stored = new StoredNoticeChoice { Id = Guid.NewGuid(), UserId = actor.UserId, ScheduleId = schedule, TeamId = schedule is null ? null : actor.TeamId, Kind = kind });
            (stored.InPortal, stored.ByEmail, stored.MinutesBefore) = (choice.InPortal, choice.ByEmail, choice.Kind == NoticeKind.RefreshComingUp ? choice.MinutesBefore : null);
            context.Audit.Add(AuditAction.NoticesChosen, AuditObject.User(actor.UserId, actor.UserName), before, new { kind, schedule, stored.InPortal, stored.ByEmail, stored.MinutesBefore });
            return true;
        }, cancellation);
    }

    /// <summary>A schedule's own choices go: those for all schedules are used again.</summary>
    public Task ResetAsync(Actor actor, Guid schedule, CancellationToken cancellation) => database.ChangeAsync(actor, async (context, token) =>
    {
        await context.Set<StoredNoticeChoice>().Where(own => own.UserId == actor.UserId && own.ScheduleId == schedule).ExecuteDeleteAsync(token);
        context.Audit.Add(AuditAction.NoticesChosen, AuditObject.User(actor.UserId, actor.UserName), details: new { schedule, own = false });
        return true;
    }, cancellation);
}
