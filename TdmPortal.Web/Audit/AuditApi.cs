using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;
using TdmPortal.Core.Errors;
using TdmPortal.Core.Teams;
using TdmPortal.Data.Audit;
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
        Prepare(context, asked == AuditFileFormat.Csv ? "text/csv; charset=utf-8" : "application/x-ndjson; charset=utf-8", $"audit.{(asked == AuditFileFormat.Csv ? "csv" : "ndjson")}");
        try
        {
            await store.ExportAsync(actor, view.ToQuery(clock.ToInstant), asked, context.Response.Body, context.RequestAborted);
        }
        catch (Exception) when (context.Response.HasStarted)
        {
            // Too late for an error page: a broken connection is the only sign left that the file is not whole.
            context.Abort();
        }
    }

    private static async Task AnchorsAsync(HttpContext context, ActorProvider actors, AuditAnchors anchors, TimeProvider time)
    {
        var all = await anchors.ExportAsync(await actors.GetAsync(context.RequestAborted), context.RequestAborted);
        Prepare(context, "application/x-ndjson; charset=utf-8", string.Create(CultureInfo.InvariantCulture, $"audit-anchors-{time.GetUtcNow():yyyy-MM-dd}.ndjson"));
        foreach (var anchor in all)
            await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(anchor.ToJson() + "\n"), context.RequestAborted);
    }

    /// <summary>Somebody who leads several teams looks at one that they do not work in just now.</summary>
    public static Actor Acting(PortalSession session, Guid? team) => team is { } id && session.Teams.FirstOrDefault(known => known.TeamId == id) is { } other
        ? session.Actor with { TeamId = id, TeamKey = other.Key, Role = other.Role }
        : session.Actor;

    private static void Prepare(HttpContext context, string mediaType, string fileName)
    {
        var response = context.Response;
        response.ContentType = mediaType;
        response.Headers.ContentDisposition = new ContentDispositionHeaderValue("attachment") { FileName = fileName }.ToString();
        response.Headers.CacheControl = "private, no-store";
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
    }
}
