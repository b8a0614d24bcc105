using System.Globalization;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace TdmPortal.Web.Hosting;

/// <summary>Where the portal listens: <c>--port</c> or PORTAL_PORT (5080), PORTAL_BIND (loopback); ASPNETCORE_URLS wins over both.</summary>
public static class PortalAddress
{
    public static void UsePortalAddress(this WebApplicationBuilder builder)
    {
        var configuration = builder.Configuration;
        if (!string.IsNullOrEmpty(configuration["urls"]))
            return;
        var text = configuration["port"] ?? configuration["PORTAL_PORT"];
        var port = 5080;
        if (text is not null && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port) || port > 65535))
            throw new InvalidOperationException($"The port must be a number from 0 to 65535, not \"{text}\".");
        var host = configuration["PORTAL_BIND"] is { Length: > 0 } bind ? bind : "127.0.0.1";
        builder.WebHost.UseUrls($"http://{(host.Contains(':', StringComparison.Ordinal) ? $"[{host}]" : host)}:{port.ToString(CultureInfo.InvariantCulture)}");
    }

    /// <summary>The address to print; known once the server listens (port 0 is chosen then).</summary>
    public static string Of(WebApplication app) =>
        app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? "";
}
