using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;

namespace TdmPortal.Data.Notifications;

/// <summary>Calls of webhooks that wait; taken and given back like mails (<see cref="MailQueue"/>).</summary>
public sealed class WebhookQueue(PortalDatabase database, IDataProtectionProvider protection, NoticeOptions options)
{
    private readonly IDataProtector protector = protection.CreateProtector(WebhookStore.Purpose);

    public Task<List<QueuedCall>> TakeAsync(int most, CancellationToken cancellation) => database.MaintainAsync(async (context, token) =>
    {
        var taken = await context.Database.SqlQuery<Taken>($"""
            update portal.webhook_delivery delivery set attempts = delivery.attempts + 1, next_at = clock_timestamp() + {options.Lease}
            from portal.webhook hook
            where delivery.id in (select waiting.id from portal.webhook_delivery waiting join portal.webhook target on target.id = waiting.webhook_id and target.enabled
                    where waiting.state = 'waiting' and waiting.next_at <= clock_timestamp() order by waiting.next_at limit {most} for update of waiting skip locked)
                and hook.id = delivery.webhook_id
            returning delivery.id, delivery.webhook_id, delivery.attempts, hook.url, hook.signing_key, delivery.kind, delivery.body::text as body
            """).ToListAsync(token);
        if (taken.Count == 0)
            return [];
        var allowed = await context.Set<StoredWebhookHost>().Select(host => host.Host).ToHashSetAsync(StringComparer.Ordinal, token);
        return taken.ConvertAll(row => new QueuedCall(row.id, row.webhook_id, row.attempts, row.url, KeyOf(row.signing_key), row.kind, row.body, allowed.Contains(WebhookStore.HostOf(row.url))));
    }, cancellation);

    public Task EndAsync(QueuedCall call, DeliveryTry outcome, CancellationToken cancellation)
    {
        var delivered = outcome.Error is null;
        TimeSpan? wait = !delivered && call.Attempt <= options.WebhookRetries.Count ? options.WebhookRetries[call.Attempt - 1] : null;
        var state = delivered ? StoredWebhookDelivery.Delivered : wait is null ? StoredWebhookDelivery.Failed : StoredWebhookDelivery.Waiting;
        return database.MaintainAsync(async (context, token) =>
        {
            await context.Database.ExecuteSqlAsync($"""
                update portal.webhook_delivery set state = {state}, next_at = clock_timestamp() + coalesce({wait}::interval, interval '0'), ended_at = case when {state} <> 'waiting' then clock_timestamp() end,
                    tries = (select jsonb_agg(one order by place) from (select one, place from jsonb_array_elements(tries || {StoredJson.Write(outcome)}::jsonb) with ordinality as all_tries (one, place) order by place desc limit 10) latest)
                where id = {call.Id} and state = 'waiting' and attempts = {call.Attempt}
                """, token);
            await Jobs.JobQueue.NotifyAsync(context, call.WebhookId, token);
            return true;
        }, cancellation);
    }

    // One that was wrapped by a lost key ring must not keep the others from being sent.
    private string? KeyOf(byte[] kept)
    {
        try
        {
            return Encoding.UTF8.GetString(protector.Unprotect(kept));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

#pragma warning disable IDE1006, SA1300 // names of columns
    private sealed record Taken(Guid id, Guid webhook_id, int attempts, string url, byte[] signing_key, string kind, string body);
#pragma warning restore IDE1006, SA1300
}
