using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.HttpOverrides;
using Radzen;
using TdmPortal.Web.Controls;
using TdmPortal.Web.Teams;

namespace TdmPortal.Web.Hosting;

/// <summary>Blazor's pages and what all of them use.</summary>
public static class Pages
{
    // Pasted rows and documents travel as messages of the circuit; larger ones are sent as streams.
    private const int LargestMessage = 256 * 1024;

    public static void AddPages(this WebApplicationBuilder builder)
    {
        // Without this, assets of packages are served in Development only unless the portal was published.
        builder.WebHost.UseStaticWebAssets();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddRazorComponents().AddInteractiveServerComponents(circuits => circuits.DetailedErrors = builder.Environment.IsDevelopment())
            .AddHubOptions(hub => hub.MaximumReceiveMessageSize = LargestMessage);
        builder.Services.AddRadzenComponents();
        // Style sheets and scripts only: they hold no secret, so compressing them over HTTPS gives nothing away.
        builder.Services.AddResponseCompression(options =>
        {
            options.EnableForHttps = true;
            options.MimeTypes = ["text/css", "text/javascript", "image/svg+xml"];
        });
        builder.Services.AddHttpContextAccessor();
        builder.Services.AddScoped<CircuitScope>();
        builder.Services.AddScoped<CircuitHandler>(services => services.GetRequiredService<CircuitScope>());
        builder.Services.AddScoped<ActorProvider>();
        builder.Services.AddScoped<UserClock>();
        builder.Services.AddScoped<Confirmations>();
        builder.Services.AddScoped<Toasts>();
        builder.Services.AddScoped<Clipboard>();
        builder.Services.AddScoped<Quality.ReportFile>();
        // Behind a proxy the scheme decides whether cookies are Secure. Loopback proxies are trusted, others by configuration.
        builder.Services.Configure<ForwardedHeadersOptions>(options =>
        {
            options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost;
            foreach (var network in builder.Configuration.GetSection("TrustedProxies").Get<string[]>() ?? [])
                options.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(network));
        });
    }

    public static void MapPages(this WebApplication app) => app.MapRazorComponents<App>()
        // The portal sends one policy of its own, which forbids frames altogether.
        .AddInteractiveServerRenderMode(options => options.ContentSecurityFrameAncestorsPolicy = null);
}
