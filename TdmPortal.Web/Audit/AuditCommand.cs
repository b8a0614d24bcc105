using System.Globalization;
using Serilog.Extensions.Logging;
using TdmPortal.Core.Errors;
using TdmPortal.Data;
using TdmPortal.Data.Audit;

namespace TdmPortal.Web.Audit;

/// <summary><c>./run --check-audit [anchors.ndjson]</c>: walks the chain and says whether it is whole, also while the portal runs.</summary>
public static class AuditCommand
{
    /// <summary>Whether the command line asks for it, and with which file.</summary>
    public static bool IsAsked(string[] args, out string? file)
    {
        var place = Array.IndexOf(args, "--check-audit");
        file = place >= 0 && place + 1 < args.Length && !args[place + 1].StartsWith("--", StringComparison.Ordinal) ? args[place + 1] : null;
        return place >= 0;
    }

    /// <returns>0: whole; 1: broken; 2: it could not be checked.</returns>
    public static async Task<int> RunAsync(IConfiguration configuration, Serilog.ILogger logger, string? file)
    {
        using var loggers = new SerilogLoggerFactory(logger);
        try
        {
            IReadOnlyList<AuditAnchor> kept = [];
            if (file is not null)
            {
                await using var stream = File.OpenRead(file);
                kept = await AuditAnchor.ReadAsync(stream, CancellationToken.None);
            }

            await using var database = await PortalDatabase.OpenBesideAsync(PortalDataOptions.From(configuration), loggers, TimeProvider.System);
            var found = await new AuditCheck(database, new AuditAnchors(database, TimeProvider.System)).RunAsync(kept, null, CancellationToken.None);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{found.Records:N0} records, {found.Anchors:N0} anchors; head {found.Head} {found.Hash}"));
            foreach (var gap in found.Breaks)
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"record {gap.Number}{(gap.At is { } at ? $" ({at:yyyy-MM-dd HH:mm:ss} UTC)" : "")}: {gap.What}"));
            Console.WriteLine(found.IsWhole ? "The chain is whole." : "The chain is broken.");
            return found.IsWhole ? 0 : 1;
        }
        catch (PortalException exception)
        {
            await Console.Error.WriteLineAsync($"The audit could not be checked: {exception.Message}");
            return 2;
        }
        catch (IOException exception)
        {
            await Console.Error.WriteLineAsync($"The audit could not be checked: {exception.Message}");
            return 2;
        }
    }
}
