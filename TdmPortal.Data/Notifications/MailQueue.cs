using Microsoft.EntityFrameworkCore;

namespace TdmPortal.Data.Notifications;

/// <summary>
/// Mails that wait. A node takes one for the time of a lease and says what came of it; when it is killed in between, the
/// mail is sent again by whoever comes next: at least once, with the same id.
/// </summary>
public sealed class MailQueue(PortalDatabase database, NoticeOptions options)
{
    public Task<List<QueuedMail>> TakeAsync(int most, CancellationToken cancellation) => database.MaintainAsync(async (context, token) =>
    {
        var taken = await context.Database.SqlQuery<Taken>($"""
            update portal.notice_email mail set attempts = mail.attempts + 1, next_at = clock_timestamp() + {options.Lease}
            from portal.app_user person, portal.notice notice, portal.team team
            where mail.id in (select id from portal.notice_email where state = 'waiting' and next_at <= clock_timestamp() order by next_at limit {most} for update skip locked)
                and person.id = mail.user_id and notice.id = mail.notice_id and team.id = mail.team_id
            returning mail.id, mail.notice_id, mail.attempts, coalesce(person.email, '') as email, team.name as team, notice.title, notice.body
            """).ToListAsync(token);
        return taken.ConvertAll(row => new QueuedMail(row.id, row.notice_id, row.attempts, row.email, row.team, row.title, row.body));
    }, cancellation);

    public Task SentAsync(QueuedMail mail, CancellationToken cancellation) => database.MaintainAsync((context, token) => context.Database.ExecuteSqlAsync($"""
        update portal.notice_email set state = 'sent', error = null, ended_at = clock_timestamp() where id = {mail.Id} and state = 'waiting'
        """, token), cancellation);

    /// <param name="forGood">Another attempt would end the same way.</param>
    public Task FailedAsync(QueuedMail mail, string error, bool forGood, CancellationToken cancellation)
    {
        TimeSpan? wait = !forGood && mail.Attempt <= options.MailRetries.Count ? options.MailRetries[mail.Attempt - 1] : null;
        return database.MaintainAsync((context, token) => context.Database.ExecuteSqlAsync($"""
            update portal.notice_email set state = case when {wait}::interval is null then 'failed' else 'waiting' end, error = {error}, next_at = clock_timestamp() + coalesce({wait}::interval, interval '0'),
                ended_at = case when {wait}::interval is null then clock_timestamp() end
            where id = {mail.Id} and state = 'waiting' and attempts = {mail.Attempt}
            """, token), cancellation);
    }

#pragma warning disable IDE1006, SA1300 // names of columns
    private sealed record Taken(Guid id, Guid notice_id, int attempts, string email, string team, string title, string body);
#pragma warning restore IDE1006, SA1300
}
