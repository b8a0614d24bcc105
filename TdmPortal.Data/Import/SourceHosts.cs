using System.Net;
using System.Net.Sockets;
using Microsoft.EntityFrameworkCore;
using TdmPortal.Core.Errors;
using TdmPortal.Core.Teams;
using TdmPortal.Data.Audit;

namespace TdmPortal.Data.Import;

/// <summary>
/// Where databases may be that the portal signs in to: hosts and networks that an administrator allowed, none at first.
/// Databases are in private networks as a rule, so unlike a webhook's address theirs says nothing about who may ask for it.
/// </summary>
public sealed class SourceHosts(PortalDatabase database, TimeProvider time)
{
    private const string AdministratorsOnly = "Only administrators allow hosts that sources may be on.";

    /// <summary>By name.</summary>
    /// <exception cref="ForbiddenException">For administrators.</exception>
    public async Task<IReadOnlyList<SourceHost>> ListAsync(Actor admin, CancellationToken cancellation)
    {
        await DemandAsync(admin, cancellation);
        return await database.ReadAsSystemAsync<IReadOnlyList<SourceHost>>(async (context, token) =>
            await context.Set<StoredSourceHost>().OrderBy(host => host.Host).Select(host => new SourceHost(host.Host, host.AllowedBy, host.AllowedAt)).ToListAsync(token), cancellation);
    }

    /// <param name="host">A name, an address, or a network in CIDR notation.</param>
    /// <exception cref="ForbiddenException">For administrators.</exception>
    /// <exception cref="PortalException">source.bad_host</exception>
    public async Task AllowAsync(Actor admin, string host, CancellationToken cancellation)
    {
        await DemandAsync(admin, cancellation);
        var name = host.Trim().ToLowerInvariant();
        name = IPNetwork.TryParse(name, out var network) ? network.ToString() : NameOf(name);
        await database.ChangeAsSystemAsync(AuditSource.Of(admin), async (context, token) =>
        {
            if (!await context.Set<StoredSourceHost>().AnyAsync(allowed => allowed.Host == name, token))
                context.Add(new StoredSourceHost { Host = name, AllowedBy = admin.UserName, AllowedAt = time.GetUtcNow() });
            context.Audit.Add(AuditAction.SourceHostAllowed, null, details: new { host = name });
            return true;
        }, cancellation);
    }

    /// <exception cref="ForbiddenException">For administrators.</exception>
    public async Task ForbidAsync(Actor admin, string host, CancellationToken cancellation)
    {
        await DemandAsync(admin, cancellation);
        await database.ChangeAsSystemAsync(AuditSource.Of(admin), async (context, token) =>
        {
            await context.Set<StoredSourceHost>().Where(allowed => allowed.Host == host).ExecuteDeleteAsync(token);
            context.Audit.Add(AuditAction.SourceHostForbidden, null, details: new { host });
            return true;
        }, cancellation);
    }

    /// <summary>
    /// What to connect to: the name itself where it is allowed by name, else its address, so that a name that is resolved
    /// a second time to another address leads nowhere else.
    /// </summary>
    /// <exception cref="PortalException">source.host_not_allowed, source.unreachable</exception>
    internal async Task<string> ResolveAsync(string host, CancellationToken cancellation)
    {
        var allowed = await database.ReadAsSystemAsync((context, token) => context.Set<StoredSourceHost>().Select(own => own.Host).ToListAsync(token), cancellation);
        if (allowed.Contains(host, StringComparer.OrdinalIgnoreCase))
            return host;
        var networks = allowed.Where(own => own.Contains('/', StringComparison.Ordinal)).Select(IPNetwork.Parse).ToList();
        if (networks.Count > 0)
        {
            IPAddress[] addresses;
            try
            {
                addresses = IPAddress.TryParse(host, out var address) ? [address] : await Dns.GetHostAddressesAsync(host, cancellation);
            }
            catch (SocketException)
            {
                // Whether there is such a host is nobody's to find out here.
                addresses = [];
            }

            if (addresses.Select(one => one.IsIPv4MappedToIPv6 ? one.MapToIPv4() : one).FirstOrDefault(one => networks.Any(network => network.Contains(one))) is { } inside)
                return inside.ToString();
        }

        throw new PortalException("source.host_not_allowed", $"The portal may not connect to {host}: no administrator has allowed that host yet.")
        {
            SuggestedActions = ["Ask an administrator to allow the host or its network under Sources, Allowed hosts"],
            Details = new Dictionary<string, object?>(StringComparer.Ordinal) { ["host"] = host },
        };
    }

    /// <summary>A host as it is compared; nothing else passes, such as the path of a socket or a list of hosts.</summary>
    /// <exception cref="PortalException">source.bad_host</exception>
    internal static string NameOf(string host)
    {
        var name = host.Trim().Trim('[', ']').ToLowerInvariant();
        return name.Length is > 0 and <= 255 && Uri.CheckHostName(name) != UriHostNameType.Unknown ? name
            : throw new PortalException("source.bad_host", $"\"{host}\" is no host.") { SuggestedActions = ["Write a name such as db.example.com, an address, or for administrators a network such as 10.2.0.0/16"] };
    }

    private Task DemandAsync(Actor actor, CancellationToken cancellation) => database.DemandAsync(actor, actor.IsAdmin, AdministratorsOnly, cancellation);
}
