using System.Globalization;
using System.Text;
using TdmPortal.Core.Errors;
using TdmPortal.Core.Quality;
using TdmPortal.Core.Teams;
using TdmPortal.Data;
using TdmPortal.Data.Audit;
using TdmPortal.Data.Datasets;
using TdmPortal.Data.Quality;
using TdmPortal.Web.Controls;
using TdmPortal.Web.Hosting;
using TdmPortal.Web.Teams;

namespace TdmPortal.Web.Quality;

/// <summary>Reports and rules as files. A report: <c>?format=html|json</c> with what its page has in its address (<c>v</c>, <c>report</c>, <c>against</c>).</summary>
public static class QualityApi
{
    public static void MapQualityApi(this WebApplication app)
    {
        app.MapGet("/api/v1/datasets/{id:guid}/quality", ExportAsync).RequireAuthorization();
        app.MapGet("/api/v1/schemas/{id:guid}/quality", RulesAsync).RequireAuthorization();
    }

    /// <summary>A team's rules for a schema, as "tdm check" and the rule editor read them.</summary>
    private static async Task RulesAsync(HttpContext context, Guid id, ActorProvider actors, QualityRuleStore store)
    {
        var rules = await store.GetAsync(await actors.GetAsync(context.RequestAborted), id, null, context.RequestAborted);
        await FileStreaming.StreamAsync(context, $"{rules.Document.Name}.rules.json", "application/json; charset=utf-8", length: null, output => output.WriteAsync(RulesFile.Write(rules.Rules), context.RequestAborted).AsTask());
    }

    private static async Task ExportAsync(HttpContext context, Guid id, string? format, ActorProvider actors, DatasetStore datasets, QualityStore store, PortalDatabase database, ReportFile file, UserClock clock)
    {
        var cancellation = context.RequestAborted;
        if (format is not (null or "html" or "json"))
            throw new PortalException("quality.unknown_format", $"There is no format “{format}” for a report.") { SuggestedActions = ["Ask for html or json."] };
        var session = await actors.GetSessionAsync(cancellation);
        var (actor, view) = (session.Actor, QualityView.Parse(context.Request.QueryString.Value));
        var dataset = await datasets.GetAsync(actor, id, cancellation);
        var report = (view.Report is { } wanted ? await store.GetAsync(actor, wanted, cancellation) : await store.FindAsync(actor, id, view.Version, cancellation)) ?? throw new NotFoundException("A report of this version");
        if (report.Summary.DatasetId != id)
            throw new NotFoundException("The report");
        var number = report.Summary.VersionNumber;
        // Failing rows stand in it with their values: it is recorded like rows that leave.
        await database.RecordAsync(AuditSource.Of(actor), AuditAction.ReportDownloaded, AuditObject.Dataset(id, dataset.Name), new { version = number, format = format ?? "html" }, cancellation);
        var name = string.Create(CultureInfo.InvariantCulture, $"{dataset.Name}-v{number}-quality.{format ?? "html"}");
        if (format == "json")
        {
            await FileStreaming.StreamAsync(context, name, "application/json; charset=utf-8", length: null, output => output.WriteAsync(Encoding.UTF8.GetBytes(QualityJson.Write(report.Report)), cancellation).AsTask());
            return;
        }

        clock.SetZone(session.TimeZone);
        var html = await HtmlAsync(store, file, clock, actor, dataset, report, view.Against, cancellation);
        await FileStreaming.StreamAsync(context, name, "text/html; charset=utf-8", length: null, output => output.WriteAsync(Encoding.UTF8.GetBytes(html), cancellation).AsTask());
    }

    private static async Task<string> HtmlAsync(QualityStore store, ReportFile file, UserClock clock, Actor actor, DatasetDetail dataset, QualityReportRecord report, int? against, CancellationToken cancellation)
    {
        var history = await store.HistoryAsync(actor, dataset.Id, 200, cancellation);
        var number = report.Summary.VersionNumber;
        var other = against ?? history.FirstOrDefault(one => one.VersionNumber < number)?.VersionNumber;
        var before = other is null || other == number ? null : await store.FindAsync(actor, dataset.Id, other, cancellation);
        return await file.ToHtmlAsync(dataset.Name, number, report.Report, clock.Format(report.Summary.CreatedAt), before?.Report, before is null ? null : string.Create(CultureInfo.InvariantCulture, $"version {before.Summary.VersionNumber}"),
            [.. history.Reverse().Select(one => new ScorePoint(one.VersionNumber, one.CreatedAt, one.Score, one.Passed))]);
    }
}
