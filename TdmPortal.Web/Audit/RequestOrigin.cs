using TdmPortal.Core.Audit;
using TdmPortal.Data.Audit;
using TdmPortal.Data.Identity;

namespace TdmPortal.Web.Audit;

/// <summary>Where a request came from. Behind a trusted proxy the address is the one that it forwards (see TrustedProxies).</summary>
public static class RequestOrigin
{
    public static AuditOrigin Of(HttpContext? context) => context is null
        ? AuditOrigin.Portal
        : new(context.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal) ? AuditChannel.Api : AuditChannel.Page, AddressOf(context));

    /// <summary>The client's address, an IPv4 one in its own form.</summary>
    public static string? AddressOf(HttpContext? context) => context?.Connection.RemoteIpAddress is { } address ? (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString() : null;

    /// <summary>Somebody at the door. Of a name that nobody has no more is kept: it may be a password in the wrong field.</summary>
    public static AuditSource Of(HttpContext context, PortalUser? user) => new(user?.Id, user?.UserName ?? "(unknown name)", null, Of(context));
}
