using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using TdmPortal.Core;
using TdmPortal.Core.Errors;
using TdmPortal.Core.Notifications;
using TdmPortal.Core.Teams;
using TdmPortal.Data.Audit;
using TdmPortal.Data.Jobs;

namespace TdmPortal.Data.Notifications;

/// <summary>A team's webhooks and the log of what they were sent. The change feed says a webhook's id when its log changed.</summary>
public sealed class WebhookStore(PortalDatabase database, IDataProtectionProvider protection, TimeProvider time)
{
    /// <summary>A team has no more than these.</summary>
    public const int MostWebhooks = 20;

    internal const string Purpose = "TdmPortal.Webhook";
    private const string LeadsOnly = "Only a lead of the team or an administrator manages its webhooks.";
    private readonly IDataProtector protector = protection.CreateProtector(Purpose);

    /// <summary>The team's, by name.</summary>
    /// <exception cref="ForbiddenException">For leads.</exception>
    public async Task<IReadOnlyList<Webhook>> ListAsync(Actor lead, CancellationToken cancellation)
    {
        await DemandAsync(lead, cancellation);
        return await database.ReadAsync<IReadOnlyList<Webhook>>(lead, async (context, token) =>
        {
            var found = await context.Set<StoredWebhook>().Where(hook => hook.TeamId == lead.TeamId).OrderBy(hook => hook.Name).ThenBy(hook => hook.Id).Select(hook => new
            {
                hook.Id, hook.Name, hook.Url, hook.Kinds, hook.MinutesBefore, hook.Enabled, hook.ChangedBy, hook.ChangedAt,
                Last = context.Set<StoredWebhookDelivery>().Where(delivery => delivery.WebhookId == hook.Id).OrderByDescending(delivery => delivery.CreatedAt).ThenByDescending(delivery => delivery.Id).Select(delivery => delivery.State).FirstOrDefault(),
            }).ToListAsync(token);
            return [.. found.Select(hook => new Webhook(hook.Id, hook.Name, hook.Url, [.. hook.Kinds.Select(NoticeKinds.Parse).OfType<NoticeKind>()], hook.MinutesBefore ?? NoticeKinds.UsualMinutesBefore, hook.Enabled, hook.ChangedBy, hook.ChangedAt,
                hook.Last is null ? null : StateOf(hook.Last)))];
        }, cancellation);
    }

    /// <returns>The id, and the key that its calls are signed with: shown now and never again.</returns>
    /// <exception cref="ForbiddenException">For leads.</exception>
    /// <exception cref="PortalException">webhook.bad_settings, webhook.too_many</exception>
    public async Task<(Guid Id, string SigningKey)> CreateAsync(Actor lead, WebhookSettings settings, CancellationToken cancellation)
    {
        await DemandAsync(lead, cancellation);
        settings = await CheckAsync(settings, cancellation);
        var (id, key) = (Guid.CreateVersion7(time.GetUtcNow()), NewKey());
        await database.ChangeAsync(lead, async (context, token) =>
        {
            if (await context.Set<StoredWebhook>().CountAsync(hook => hook.TeamId == lead.TeamId, token) >= MostWebhooks)
                throw new ConflictException("webhook.too_many", $"The team has {MostWebhooks} webhooks, the most that are possible.") { SuggestedActions = ["Remove one that is not needed any more"] };
            context.Add(new StoredWebhook
            {
                Id = id, TeamId = lead.TeamId, Name = settings.Name, Url = settings.Url, SigningKey = Protect(key), Kinds = Codes(settings), MinutesBefore = Before(settings), Enabled = settings.Enabled,
                ChangedBy = lead.UserName, ChangedAt = time.GetUtcNow(),
            });
            context.Audit.Add(AuditAction.WebhookMade, AuditObject.Webhook(id, settings.Name), after: Described(settings));
            return true;
        }, cancellation);
        return (id, key);
    }

    /// <exception cref="ForbiddenException">For leads.</exception>
    /// <exception cref="NotFoundException"/>
    /// <exception cref="PortalException">webhook.bad_settings</exception>
    public async Task ChangeAsync(Actor lead, Guid id, WebhookSettings settings, CancellationToken cancellation)
    {
        await DemandAsync(lead, cancellation);
        settings = await CheckAsync(settings, cancellation);
        await database.ChangeAsync(lead, async (context, token) =>
        {
            var before = await FindAsync(context, lead, id, token);
            var (codes, minutes, now) = (Codes(settings), Before(settings), time.GetUtcNow());
            await context.Set<StoredWebhook>().Where(hook => hook.Id == id).ExecuteUpdateAsync(set => set.SetProperty(hook => hook.Name, settings.Name).SetProperty(hook => hook.Url, settings.Url).SetProperty(hook => hook.Kinds, codes)
                .SetProperty(hook => hook.MinutesBefore, minutes).SetProperty(hook => hook.Enabled, settings.Enabled).SetProperty(hook => hook.ChangedBy, lead.UserName).SetProperty(hook => hook.ChangedAt, now), token);
            context.Audit.Add(AuditAction.WebhookChanged, AuditObject.Webhook(id, settings.Name), Described(before), Described(settings));
            await JobQueue.NotifyAsync(context, Notices.Changed, token);
            return true;
        }, cancellation);
    }

    /// <summary>A new key; the former one signs nothing any more.</summary>
    /// <returns>The key, shown now and never again.</returns>
    /// <exception cref="ForbiddenException">For leads.</exception>
    /// <exception cref="NotFoundException"/>
    public async Task<string> RotateAsync(Actor lead, Guid id, CancellationToken cancellation)
    {
        await DemandAsync(lead, cancellation);
        var key = NewKey();
        var kept = Protect(key);
        await database.ChangeAsync(lead, async (context, token) =>
        {
            var hook = await FindAsync(context, lead, id, token);
            await context.Set<StoredWebhook>().Where(hook => hook.Id == id).ExecuteUpdateAsync(set => set.SetProperty(hook => hook.SigningKey, kept), token);
            context.Audit.Add(AuditAction.WebhookRotated, AuditObject.Webhook(id, hook.Name));
            return true;
        }, cancellation);
        return key;
    }

    /// <summary>Removes it with its log.</summary>
    /// <exception cref="ForbiddenException">For leads.</exception>
    /// <exception cref="NotFoundException"/>
    public async Task RemoveAsync(Actor lead, Guid id, CancellationToken cancellation)
    {
        await DemandAsync(lead, cancellation);
        await database.ChangeAsync(lead, async (context, token) =>
        {
            var hook = await FindAsync(context, lead, id, token);
            await context.Set<StoredWebhook>().Where(hook => hook.Id == id).ExecuteDeleteAsync(token);
            context.Audit.Add(AuditAction.WebhookRemoved, AuditObject.Webhook(id, hook.Name), before: Described(hook));
            return true;
        }, cancellation);
    }

    /// <summary>Queues a call that tells of nothing.</summary>
    /// <exception cref="ForbiddenException">For leads.</exception>
    /// <exception cref="NotFoundException"/>
    public async Task TestAsync(Actor lead, Guid id, CancellationToken cancellation)
    {
        await DemandAsync(lead, cancellation);
        await database.ChangeAsync(lead, async (context, token) =>
        {
            var hook = await FindAsync(context, lead, id, token);
            var team = await context.Teams.Where(team => team.Id == lead.TeamId).Select(team => new WebhookBody.TeamName(team.Key, team.Name)).SingleAsync(token);
            var now = time.GetUtcNow();
            var delivery = Guid.CreateVersion7(now);
            context.Add(new StoredWebhookDelivery
            {
                Id = delivery, TeamId = lead.TeamId, WebhookId = id, Kind = "test", Title = "Test", NextAt = now, CreatedAt = now,
                Body = StoredJson.Write(new WebhookBody(delivery, "test", now, team, null, null, "Test", $"{lead.UserName} tests the webhook {hook.Name}.", "/")),
            });
            context.Audit.Add(AuditAction.WebhookTested, AuditObject.Webhook(id, hook.Name));
            await JobQueue.NotifyAsync(context, Notices.Changed, token);
            return true;
        }, cancellation);
    }

    /// <summary>What it was sent, newest first.</summary>
    /// <exception cref="ForbiddenException">For leads.</exception>
    /// <exception cref="NotFoundException"/>
    public async Task<Page<WebhookDelivery>> LogAsync(Actor lead, Guid id, string? after, int take, CancellationToken cancellation)
    {
        await DemandAsync(lead, cancellation);
        return await database.ReadAsync(lead, async (context, token) =>
        {
            await FindAsync(context, lead, id, token);
            var deliveries = context.Set<StoredWebhookDelivery>().AsNoTracking().Where(delivery => delivery.WebhookId == id);
            if (ListCursor.Parse(after) is { } cursor)
                deliveries = deliveries.Where(delivery => EF.Functions.LessThan(ValueTuple.Create(delivery.CreatedAt, delivery.Id), ValueTuple.Create(cursor.At, cursor.Id)));
            var found = await deliveries.OrderByDescending(delivery => delivery.CreatedAt).ThenByDescending(delivery => delivery.Id).Take(take + 1).ToListAsync(token);
            var items = found.Take(take).Select(row => new WebhookDelivery(row.Id, row.Kind, row.Title, StateOf(row.State), row.Attempts, row.CreatedAt, row.State == StoredWebhookDelivery.Waiting ? row.NextAt : null,
                StoredJson.Read<List<DeliveryTry>>(row.Tries), row.Body)).ToList();
            return new Page<WebhookDelivery>(items, found.Count > take ? new ListCursor(items[^1].CreatedAt, items[^1].Id).ToString() : null, null);
        }, cancellation);
    }

    /// <summary>Sends a delivery once more, with the same id and body and all its attempts.</summary>
    /// <exception cref="ForbiddenException">For leads.</exception>
    /// <exception cref="NotFoundException"/>
    public async Task ReplayAsync(Actor lead, Guid delivery, CancellationToken cancellation)
    {
        await DemandAsync(lead, cancellation);
        await database.ChangeAsync(lead, async (context, token) =>
        {
            var found = await context.Set<StoredWebhookDelivery>().Where(row => row.Id == delivery && row.TeamId == lead.TeamId)
                .Join(context.Set<StoredWebhook>(), row => row.WebhookId, hook => hook.Id, (row, hook) => new { hook.Id, hook.Name, row.Title }).SingleOrDefaultAsync(token) ?? throw new NotFoundException("The delivery");
            var now = time.GetUtcNow();
            await context.Set<StoredWebhookDelivery>().Where(row => row.Id == delivery && row.State != StoredWebhookDelivery.Waiting).ExecuteUpdateAsync(set => set
                .SetProperty(row => row.State, StoredWebhookDelivery.Waiting).SetProperty(row => row.Attempts, 0).SetProperty(row => row.NextAt, now).SetProperty(row => row.EndedAt, (DateTimeOffset?)null), token);
            context.Audit.Add(AuditAction.WebhookReplayed, AuditObject.Webhook(found.Id, found.Name), details: new { delivery, found.Title });
            await JobQueue.NotifyAsync(context, Notices.Changed, token);
            return true;
        }, cancellation);
    }

    internal static string HostOf(string url) => new Uri(url).IdnHost.ToLowerInvariant();

    private static async Task<WebhookSettings> FindAsync(PortalContext context, Actor lead, Guid id, CancellationToken cancellation)
    {
        var found = await context.Set<StoredWebhook>().Where(hook => hook.Id == id && hook.TeamId == lead.TeamId).Select(hook => new { hook.Name, hook.Url, hook.Kinds, hook.MinutesBefore, hook.Enabled }).SingleOrDefaultAsync(cancellation)
            ?? throw new NotFoundException("The webhook");
        return new WebhookSettings(found.Name, found.Url, [.. found.Kinds.Select(NoticeKinds.Parse).OfType<NoticeKind>()], found.MinutesBefore ?? NoticeKinds.UsualMinutesBefore, found.Enabled);
    }

    private async Task<WebhookSettings> CheckAsync(WebhookSettings settings, CancellationToken cancellation)
    {
        var name = settings.Name.Trim();
        if (name.Length is 0 or > 60)
            throw Bad("A webhook's name has 1 to 60 characters.", "Name it after who listens, such as CI or chat");
        if (!Uri.TryCreate(settings.Url.Trim(), UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https") || url.Host.Length == 0 || url.AbsoluteUri.Length > 500)
            throw Bad($"\"{settings.Url}\" is no address that can be called.", "Write an address such as https://ci.example.com/hooks/tdm");
        if (url.UserInfo.Length > 0)
            throw Bad("An address that holds a user name or password would show it to everybody who reads it.", "Leave it out; the receiver knows the portal by the signature");
        if (settings.Kinds.Count == 0)
            throw Bad("It would never be told of anything.", "Choose at least one kind");
        if (settings.Kinds.Contains(NoticeKind.RefreshComingUp) && !NoticeKinds.MinutesBefore.Contains(settings.MinutesBefore))
            throw Bad($"A run cannot be announced {settings.MinutesBefore} minutes before.", $"Choose {string.Join(", ", NoticeKinds.MinutesBefore)} minutes");
        var host = HostOf(url.AbsoluteUri);
        if (url.Scheme == "http" && !await database.ReadAsSystemAsync((context, token) => context.Set<StoredWebhookHost>().AnyAsync(allowed => allowed.Host == host, token), cancellation))
            throw Bad("Without https others could read what is sent.", "Use an https address, or ask an administrator to allow the host");
        return settings with { Name = name, Url = url.AbsoluteUri };
    }

    private static PortalException Bad(string message, string action) => new("webhook.bad_settings", message) { SuggestedActions = [action] };

    private static DeliveryState StateOf(string state) => Enum.Parse<DeliveryState>(state, ignoreCase: true);

    private static string[] Codes(WebhookSettings settings) => [.. settings.Kinds.Distinct().Select(kind => kind.Code())];

    private static int? Before(WebhookSettings settings) => settings.Kinds.Contains(NoticeKind.RefreshComingUp) ? settings.MinutesBefore : null;

    // Of the address only the host: paths of webhooks often hold secrets of the receiver's.
    private static object Described(WebhookSettings settings) => new { settings.Name, host = HostOf(settings.Url), kinds = Codes(settings), minutesBefore = Before(settings), settings.Enabled };

    private static string NewKey() => "whsec_" + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    private byte[] Protect(string key) => protector.Protect(Encoding.UTF8.GetBytes(key));

    private Task DemandAsync(Actor actor, CancellationToken cancellation) => database.DemandAsync(actor, actor.IsLead, LeadsOnly, cancellation);
}
