using System.Globalization;
using System.Text;
using System.Text.Json;
using TdmPortal.Core.Errors;
using TdmPortal.Core.PersonalData;
using TdmPortal.Data;
using TdmPortal.Data.Audit;
using TdmPortal.Data.PersonalData;
using TdmPortal.Web.Hosting;
using TdmPortal.Web.Teams;

namespace TdmPortal.Web.PersonalData;

/// <summary>The report of personal data as a file: <c>?format=csv|json</c> with what its page has in its address.</summary>
public static class PersonalDataApi
{
    private const int PageSize = 500;

    public static void MapPersonalDataApi(this WebApplication app) => app.MapGet("/api/v1/personal-data", ExportAsync).RequireAuthorization();

    private static async Task ExportAsync(HttpContext context, string? format, ActorProvider actors, PersonalDataStore store, PortalDatabase database, TimeProvider time)
    {
        var cancellation = context.RequestAborted;
        if (format is not (null or "csv" or "json"))
            throw new PortalException("personal.unknown_format", $"There is no format “{format}” for this report.") { SuggestedActions = ["Ask for csv or json."] };
        var actor = await actors.GetAsync(cancellation);
        var view = PersonalDataView.Parse(context.Request.QueryString.Value);
        await database.RecordAsync(AuditSource.Of(actor), AuditAction.PersonalReportDownloaded, null, new { format = format ?? "csv", view.AllTeams }, cancellation);
        var name = string.Create(CultureInfo.InvariantCulture, $"personal-data-{time.GetUtcNow():yyyy-MM-dd}.{format ?? "csv"}");
        await FileStreaming.StreamAsync(context, name, format == "json" ? "application/json; charset=utf-8" : "text/csv; charset=utf-8", length: null, async output =>
        {
            var isFirst = true;
            await output.WriteAsync(Encoding.UTF8.GetBytes(format == "json" ? "[" : "team,dataset,version,table,column,kind,gdpr,ccpa,confidence,protection,masker,signed_off_by,reason,since\r\n"), cancellation);
            string? after = null;
            do
            {
                var page = await store.ListAsync(actor, view.Query, after, PageSize, cancellation);
                foreach (var column in page.Items)
                {
                    await output.WriteAsync(format == "json" ? [.. isFirst ? ""u8 : ","u8, .. JsonSerializer.SerializeToUtf8Bytes(Line(column), JsonSerializerOptions.Web)] : Encoding.UTF8.GetBytes(Csv(Line(column))), cancellation);
                    isFirst = false;
                }

                after = page.Next;
            }
            while (after is not null);
            if (format == "json")
                await output.WriteAsync("]"u8.ToArray(), cancellation);
        });
    }

    private static ReportLine Line(PersonalColumn column)
    {
        var kind = PersonalKinds.Find(column.Kind);
        return new(column.Team, column.Dataset, column.VersionNumber, column.Entity, column.Field, column.Kind, kind?.Gdpr ?? "", kind?.Ccpa ?? "", Math.Round(column.Confidence, 2), PersonalWords.Title(column.Protection).ToLowerInvariant(), column.Masker,
            column.SignOff?.SignedBy, column.SignOff?.Reason, column.Since);
    }

    private static string Csv(ReportLine line) => string.Join(',', new[]
    {
        line.Team, line.Dataset, line.Version.ToString(CultureInfo.InvariantCulture), line.Table, line.Column, line.Kind, line.Gdpr, line.Ccpa, line.Confidence.ToString(CultureInfo.InvariantCulture), line.Protection, line.Masker, line.SignedOffBy, line.Reason,
        line.Since.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
    }.Select(Cell)) + "\r\n";

    /// <summary>A cell that a spreadsheet takes for a text, not for a formula.</summary>
    private static string Cell(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return "";
        if (text[0] is '=' or '+' or '-' or '@' or '\t' or '\r')
            text = "'" + text;
        return text.AsSpan().IndexOfAny(",\r\n\"") < 0 ? text : "\"" + text.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
    }

    private sealed record ReportLine(string Team, string Dataset, int Version, string Table, string Column, string Kind, string Gdpr, string Ccpa, double Confidence, string Protection, string? Masker, string? SignedOffBy, string? Reason, DateTimeOffset Since);
}
