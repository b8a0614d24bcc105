using System.Net;
using System.Text;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using TdmPortal.Core.Quality;

namespace TdmPortal.Web.Quality;

/// <summary>A report as one file that needs nothing else: the portal's own styles inside it, the charts drawn, no script.</summary>
public sealed class ReportFile(IServiceProvider services, ILoggerFactory logs, IWebHostEnvironment environment)
{
    /// <summary>The portal's styles that a report is drawn with.</summary>
    private static readonly string[] Styles = ["css/tokens.css", "css/app.css", "css/datasets.css", "css/quality.css"];

    /// <param name="since">What the earlier report is called: "version 12".</param>
    public async Task<string> ToHtmlAsync(string dataset, int version, QualityReport report, string madeAt, QualityReport? before, string? since, IReadOnlyList<ScorePoint> history)
    {
        await using var renderer = new HtmlRenderer(services, logs);
        var body = await renderer.Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync<ReportDocument>(ParameterView.FromDictionary(new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            [nameof(ReportDocument.DatasetName)] = dataset,
            [nameof(ReportDocument.Version)] = version,
            [nameof(ReportDocument.Report)] = report,
            [nameof(ReportDocument.MadeAt)] = madeAt,
            [nameof(ReportDocument.Before)] = before,
            [nameof(ReportDocument.BeforeName)] = since,
            [nameof(ReportDocument.History)] = history,
        }))).ToHtmlString());
        var text = new StringBuilder();
        text.Append(System.Globalization.CultureInfo.InvariantCulture, $"<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n<title>Quality of {WebUtility.HtmlEncode(dataset)}, version {version}</title>\n<style>\n");
        foreach (var style in Styles)
            text.Append(await ReadAsync(style)).Append('\n');
        return text.Append("</style>\n</head>\n<body class=\"report-file\">\n<main class=\"page\">\n").Append(body).Append("\n</main>\n</body>\n</html>\n").ToString();
    }

    private async Task<string> ReadAsync(string path)
    {
        var file = environment.WebRootFileProvider.GetFileInfo(path);
        await using var stream = file.CreateReadStream();
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync();
    }
}
