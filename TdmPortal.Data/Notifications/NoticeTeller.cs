using Microsoft.EntityFrameworkCore;
using TdmPortal.Core.Notifications;
using TdmPortal.Data.Jobs;

namespace TdmPortal.Data.Notifications;

/// <summary>
/// Works out whom each notice concerns and how they want to be told: copies for inboxes, mails and calls of webhooks, all in
/// the transaction that marks the notice as told. Killed at any moment it has done all of that or nothing.
/// </summary>
public sealed class NoticeTeller(PortalDatabase database, NoticeOptions options, TimeProvider time)
{
    private const int AtOnce = 50;

    /// <summary>Tells what waits; several nodes may do so at once.</summary>
    /// <returns>How many notices were told.</returns>
    public async Task<int> TellAsync(CancellationToken cancellation)
    {
        var told = 0;
        for (int some; (some = await TellSomeAsync(cancellation)) > 0;)
            told += some;
        return told;
    }

    /// <summary>
    /// Writes notices of runs that come up, one for each length of time before that somebody chose. Their ids are made of
    /// schedule, run and length, so that several nodes and repeated looks write one.
    /// </summary>
    /// <returns>How many were written.</returns>
    public Task<int> AnnounceAsync(CancellationToken cancellation) => database.MaintainAsync(async (context, token) =>
    {
        var now = time.GetUtcNow();
        var lengths = NoticeKinds.MinutesBefore.ToArray();
        var kind = NoticeKind.RefreshComingUp.Code();
        var written = await context.Database.ExecuteSqlAsync($"""
            insert into portal.notice (id, team_id, kind, dataset_id, schedule_id, title, body, link, minutes_before, created_at)
            select md5(schedule.id::text || extract(epoch from schedule.next_at)::text || length::text)::uuid, schedule.team_id, {kind}, dataset.id, schedule.id,
                left(coalesce(nullif(dataset.title, ''), dataset.name), 100) || ' is refreshed at ' || to_char(schedule.next_at at time zone team.time_zone, 'HH24:MI') || ' ' || team.time_zone,
                'Planned for ' || to_char(schedule.next_at at time zone team.time_zone, 'FMDay, FMDD FMMonth YYYY, HH24:MI') || ' ' || team.time_zone || '.', '/datasets/' || dataset.id || '/refresh', length, clock_timestamp()
            from portal.refresh_schedule schedule
            join portal.dataset dataset on dataset.id = schedule.dataset_id and dataset.deleted_at is null
            join portal.team team on team.id = schedule.team_id
            cross join unnest({lengths}) length
            where schedule.next_at > {now} and schedule.next_at <= {now} + make_interval(mins => length)
                and (exists (select from portal.webhook hook where hook.team_id = schedule.team_id and hook.enabled and {kind} = any(hook.kinds) and hook.minutes_before = length)
                    or exists (
                        select from portal.team_member member
                        left join portal.notice_choice own on own.user_id = member.user_id and own.schedule_id = schedule.id and own.kind = {kind}
                        left join portal.notice_choice general on general.user_id = member.user_id and general.schedule_id is null and general.kind = {kind}
                        where member.team_id = schedule.team_id and coalesce(own.minutes_before, general.minutes_before) = length
                            and coalesce(own.in_portal or own.by_email, general.in_portal or general.by_email)))
            on conflict (id) do nothing
            """, token);
        if (written > 0)
            await JobQueue.NotifyAsync(context, Notices.Changed, token);
        return written;
    }, cancellation);

    /// <summary>Removes what is too old to be looked up, and choices for schedules that are gone.</summary>
    public Task<int> ForgetAsync(CancellationToken cancellation) => database.MaintainAsync(async (context, token) =>
    {
        var now = time.GetUtcNow();
        var (notices, deliveries) = (now - options.KeepNotices, now - options.KeepDeliveries);
        return await context.Database.ExecuteSqlAsync($"delete from portal.notice where id in (select id from portal.notice where created_at < {notices} and told_at is not null limit 5000)", token)
            + await context.Database.ExecuteSqlAsync($"delete from portal.notice_choice choice where schedule_id is not null and not exists (select from portal.refresh_schedule schedule where schedule.id = choice.schedule_id)", token)
            + await context.Database.ExecuteSqlAsync($"delete from portal.webhook_delivery where id in (select id from portal.webhook_delivery where created_at < {deliveries} and state <> 'waiting' limit 5000)", token);
    }, cancellation);

    private Task<int> TellSomeAsync(CancellationToken cancellation) => database.MaintainAsync(async (context, token) =>
    {
        var waiting = await context.Set<StoredNotice>()
            .FromSql($"select * from portal.notice where told_at is null order by created_at, id limit {AtOnce} for update skip locked").AsNoTracking().ToListAsync(token);
        foreach (var notice in waiting)
        {
            // A kind of a later portal is told by that.
            if (NoticeKinds.Parse(notice.Kind) is not { } kind)
                continue;
            await TellPeopleAsync(context, notice, kind, token);
            await TellProgramsAsync(context, notice, token);
            await context.Database.ExecuteSqlAsync($"update portal.notice set told_at = clock_timestamp() where id = {notice.Id}", token);
        }

        // Their mails and calls wait now.
        if (waiting.Count > 0)
            await JobQueue.NotifyAsync(context, Notices.Changed, token);
        return waiting.Count(notice => NoticeKinds.Parse(notice.Kind) is not null);
    }, cancellation);

    private static Task TellPeopleAsync(PortalContext context, StoredNotice notice, NoticeKind kind, CancellationToken cancellation)
    {
        var (inPortal, byEmail) = kind.Default();
        return context.Database.ExecuteSqlAsync($"""
            with chosen as (
                select member.user_id, coalesce(own.in_portal, general.in_portal, {inPortal}) as in_portal,
                    coalesce(own.by_email, general.by_email, {byEmail}) and coalesce(person.email, '') <> '' and exists (select from portal.mail_server) as by_email
                from portal.team_member member
                join portal.app_user person on person.id = member.user_id and not person.disabled
                left join portal.notice_choice own on own.user_id = member.user_id and own.schedule_id = {notice.ScheduleId} and own.kind = {notice.Kind}
                left join portal.notice_choice general on general.user_id = member.user_id and general.schedule_id is null and general.kind = {notice.Kind}
                where member.team_id = {notice.TeamId} and member.user_id is distinct from {notice.AuthorId}
                    and ({notice.PersonId}::uuid is null or member.user_id = {notice.PersonId})
                    and ({kind != NoticeKind.ReviewAsked} or member.role = 'Lead')
                    and ({notice.MinutesBefore}::integer is null or {notice.MinutesBefore} = coalesce(own.minutes_before, general.minutes_before, {NoticeKinds.UsualMinutesBefore}))
            ), copied as (
                insert into portal.inbox_notice (user_id, notice_id, team_id, created_at)
                select user_id, {notice.Id}, {notice.TeamId}, {notice.CreatedAt} from chosen where in_portal
                returning user_id
            ), mailed as (
                insert into portal.notice_email (id, notice_id, team_id, user_id, state, next_at, created_at)
                select gen_random_uuid(), {notice.Id}, {notice.TeamId}, user_id, 'waiting', clock_timestamp(), clock_timestamp() from chosen where by_email
            )
            select pg_notify({ChangeFeed.Channel}, replace(user_id::text, '-', '')) from copied
            """, cancellation);
    }

    private static async Task TellProgramsAsync(PortalContext context, StoredNotice notice, CancellationToken cancellation)
    {
        var hooks = await context.Set<StoredWebhook>()
            .Where(hook => hook.TeamId == notice.TeamId && hook.Enabled && hook.Kinds.Contains(notice.Kind) && (notice.MinutesBefore == null || hook.MinutesBefore == notice.MinutesBefore))
            .Select(hook => hook.Id).ToListAsync(cancellation);
        if (hooks.Count == 0)
            return;
        var team = await context.Teams.Where(team => team.Id == notice.TeamId).Select(team => new WebhookBody.TeamName(team.Key, team.Name)).SingleAsync(cancellation);
        foreach (var hook in hooks)
        {
            var id = Guid.CreateVersion7(notice.CreatedAt);
            var body = StoredJson.Write(new WebhookBody(id, notice.Kind, notice.CreatedAt, team, notice.DatasetId, notice.ScheduleId, notice.Title, notice.Body, notice.Link));
            await context.Database.ExecuteSqlAsync($"""
                insert into portal.webhook_delivery (id, team_id, webhook_id, notice_id, kind, title, body, state, next_at, created_at)
                values ({id}, {notice.TeamId}, {hook}, {notice.Id}, {notice.Kind}, {notice.Title}, {body}::json, 'waiting', clock_timestamp(), clock_timestamp())
                """, cancellation);
        }
    }
}
