using System.Globalization;
using Serilog;
using ILogger = Serilog.ILogger;

namespace TdmPortal.Web.Hosting;

/// <summary>Logs to the console; levels come from appsettings.json, section Serilog.</summary>
public static class PortalLogging
{
    /// <returns>The logger, for what happens before the host is built.</returns>
    public static ILogger AddPortalLogging(this WebApplicationBuilder builder)
    {
        var logger = new LoggerConfiguration()
            .ReadFrom.Configuration(builder.Configuration)
            .Enrich.FromLogContext()
            .WriteTo.Console(outputTemplate: "{Timestamp:HH:mm:ss} {Level:u3} {SourceContext}: {Message:lj}{NewLine}{Exception}", formatProvider: CultureInfo.InvariantCulture)
            .CreateLogger();
        builder.Logging.ClearProviders().AddSerilog(logger, dispose: true);
        return logger;
    }
}
