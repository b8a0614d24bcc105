using Microsoft.AspNetCore.Diagnostics.HealthChecks;

namespace TdmPortal.Web.Health;

/// <summary>/health/live: the program runs. /health/ready: it can serve, its database answers.</summary>
public static class HealthEndpoints
{
    private const string Ready = "ready";

    public static void AddHealth(this WebApplicationBuilder builder)
    {
        builder.Services.AddHealthChecks().AddCheck<DatabaseHealth>("database", tags: [Ready], timeout: TimeSpan.FromSeconds(3));
    }

    public static void MapHealth(this WebApplication app)
    {
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false }).AllowAnonymous();
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = check => check.Tags.Contains(Ready) }).AllowAnonymous();
    }
}
