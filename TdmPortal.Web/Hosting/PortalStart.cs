using Serilog.Extensions.Logging;
using TdmPortal.Core.Errors;
using TdmPortal.Data;
using TdmPortal.Web.Demo;

namespace TdmPortal.Web.Hosting;

/// <summary>What happens before the portal listens: its database is opened, or the reason is told and nothing starts.</summary>
public static class PortalStart
{
    /// <summary>Null when the portal cannot start; why is on the console then.</summary>
    public static async Task<PortalDatabase?> OpenDatabaseAsync(this WebApplicationBuilder builder, Serilog.ILogger logger)
    {
        using var loggers = new SerilogLoggerFactory(logger);
        try
        {
            return await PortalDatabase.OpenAsync(PortalDataOptions.From(builder.Configuration), loggers, TimeProvider.System);
        }
        catch (PortalException exception)
        {
            await Console.Error.WriteLineAsync($"TdmPortal cannot start: {exception.Message}");
            foreach (var action in exception.SuggestedActions)
                await Console.Error.WriteLineAsync($"  - {action}");
            return null;
        }
    }

    /// <summary>Prepares an empty portal, serves until told to stop, and prints where and how to sign in.</summary>
    public static async Task RunPortalAsync(this WebApplication app)
    {
        var firstStart = app.Services.GetRequiredService<FirstStart>();
        var hint = await firstStart.PrepareAsync(app.Lifetime.ApplicationStopping);
        await app.StartAsync();
        Console.WriteLine();
        Console.WriteLine($"  TDM Portal is ready at {PortalAddress.Of(app)}");
        if (hint is not null)
            Console.WriteLine(hint);
        Console.WriteLine();
        await firstStart.CompleteAsync();
        await app.WaitForShutdownAsync();
    }
}
