using Microsoft.EntityFrameworkCore;
using TdmPortal.Core.Errors;
using TdmPortal.Core.Teams;
using TdmPortal.Data.Audit;

namespace TdmPortal.Data.Notifications;

/// <summary>Hosts that webhooks may call although they are in private address ranges, or without https: for administrators.</summary>
public sealed class WebhookHosts(PortalDatabase database, TimeProvider time)
{
    private const string AdministratorsOnly = "Only administrators allow webhooks to call private hosts.";

    /// <exception cref="ForbiddenException">For administrators.</exception>
    public async Task<IReadOnlyList<AllowedHost>> ListAsync(Actor admin, CancellationToken cancellation)
    {
        await DemandAsync(admin, cancellation);
        return await database.ReadAsSystemAsync<IReadOnlyList<AllowedHost>>(async (context, token) =>
            await context.Set<StoredWebhookHost>().OrderBy(host => host.Host).Select(host => new AllowedHost(host.Host, host.AllowedBy, host.AllowedAt)).ToListAsync(token), cancellation);
    }

    /// <param name="host">A name or an address, as it stands in the webhook's address; without port.</param>
    /// <exception cref="ForbiddenException">For administrators.</exception>
    /// <exception cref="PortalException">webhook.bad_host</exception>
    public async Task AllowAsync(Actor admin, string host, CancellationToken cancellation)
    {
        await DemandAsync(admin, cancellation);
        host = host.Trim();
        if (Uri.CheckHostName(host) == UriHostNameType.Unknown || !Uri.TryCreate($"http://{(host.Contains(':', StringComparison.Ordinal) ? $"[{host.Trim('[', ']')}]" : host)}/", UriKind.Absolute, out var url))
            throw new PortalException("webhook.bad_host", $"\"{host}\" is no host.") { SuggestedActions = ["Write the host alone, such as jenkins.internal, without scheme, port and path"] };
        var name = WebhookStore.HostOf(url.AbsoluteUri);
        await database.ChangeAsSystemAsync(AuditSource.Of(admin), async (context, token) =>
        {
            if (!await context.Set<StoredWebhookHost>().AnyAsync(allowed => allowed.Host == name, token))
                context.Add(new StoredWebhookHost { Host = name, AllowedBy = admin.UserName, AllowedAt = time.GetUtcNow() });
            context.Audit.Add(AuditAction.WebhookHostAllowed, null, details: new { host = name });
            return true;
        }, cancellation);
    }

    /// <exception cref="ForbiddenException">For administrators.</exception>
    public async Task ForbidAsync(Actor admin, string host, CancellationToken cancellation)
    {
        await DemandAsync(admin, cancellation);
        await database.ChangeAsSystemAsync(AuditSource.Of(admin), async (context, token) =>
        {
            await context.Set<StoredWebhookHost>().Where(allowed => allowed.Host == host).ExecuteDeleteAsync(token);
            context.Audit.Add(AuditAction.WebhookHostForbidden, null, details: new { host });
            return true;
        }, cancellation);
    }

    private Task DemandAsync(Actor actor, CancellationToken cancellation) => database.DemandAsync(actor, actor.IsAdmin, AdministratorsOnly, cancellation);
}
