using System.Globalization;
using System.Text;
using TdmPortal.Core.Errors;
using TdmPortal.Core.Teams;
using TdmPortal.Data.Audit;
using TdmPortal.Web.Hosting;
using TdmPortal.Web.Teams;

namespace TdmPortal.Web.Audit;

/// <summary>Files of the audit: the records that a page shows, streamed, and the anchors.</summary>
public static class AuditApi
{
    public static void MapAuditApi(this IEndpointRouteBuilder routes)
    {
        var audit = routes.MapGroup("/api/v1/audit").RequireAuthorization();
        audit.MapGet("/export", ExportAsync);
        audit.MapGet("/anchors", AnchorsAsync);
    }

    /// <summary><c>?format=csv|ndjson</c> with what the page has in its address; days are those of <c>zone</c>, else UTC's.</summary>
    private static async Task ExportAsync(HttpContext context, string? format, string? zone, ActorProvider actors, AuditStore store)
    {
        var asked = (format ?? "csv") switch
        {
            "csv" => AuditFileFormat.Csv,
            "ndjson" => AuditFileFormat.Ndjson,
            _ => throw new PortalException("audit.unknown_format", $"There is no format “{format}” for records of the audit.") { SuggestedActions = ["Ask for csv or ndjson"] },
        };
        var clock = new Controls.UserClock(TimeProvider.System);
        clock.SetZone(zone);
        var session = await actors.GetSessionAsync(context.RequestAborted);
        var view = AuditView.Parse(context.Request.QueryString.Value);
        var actor = Acting(session, view.Team);
        var (mediaType, extension) = asked == AuditFileFormat.Csv ? ("text/csv; charset=utf-8", "csv") : ("application/x-ndjson; charset=utf-8", "ndjson");
        await FileStreaming.StreamAsync(context, $"audit.{extension}", mediaType, length: null, output => store.ExportAsync(actor, view.ToQuery(clock.ToInstant), asked, output, context.RequestAborted));
    }

    private static async Task AnchorsAsync(HttpContext context, ActorProvider actors, AuditAnchors anchors, TimeProvider time)
    {
        var all = await anchors.ExportAsync(await actors.GetAsync(context.RequestAborted), context.RequestAborted);
        await FileStreaming.StreamAsync(context, string.Create(CultureInfo.InvariantCulture, $"audit-anchors-{time.GetUtcNow():yyyy-MM-dd}.ndjson"), "application/x-ndjson; charset=utf-8", length: null, async output =>
        {
            foreach (var anchor in all)
                await output.WriteAsync(Encoding.UTF8.GetBytes(anchor.ToJson() + "\n"), context.RequestAborted);
        });
    }

    /// <summary>Somebody who leads several teams looks at one that they do not work in just now.</summary>
    public static Actor Acting(PortalSession session, Guid? team) => team is { } id && session.Teams.FirstOrDefault(known => known.TeamId == id) is { } other
        ? session.Actor with { TeamId = id, TeamKey = other.Key, Role = other.Role }
        : session.Actor;
}
