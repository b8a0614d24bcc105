using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Logging.Abstractions;
using TdmPortal.Tests.Testing;
using TdmPortal.Web.Quality;
using Xunit;

namespace TdmPortal.Tests.Web.Quality;

/// <summary>The report as a file of its own.</summary>
public partial class ReportFileTests
{
    [Fact]
    [Trait("Requirement", "D5")]
    public async Task ToHtml_OfAReportWithEverything_HoldsAllOfItAndNeedsNothingElse()
    {
        var html = await WriteAsync();

        Assert.Contains("<h1>Four things fell since version 12.</h1>", html, StringComparison.Ordinal);
        foreach (var part in new[] { "role=\"meter\"", "email is never empty&#x201D; fails for 48 of 1,000.", "gold customer with an overdue invoice", "tier = gold", "data-column=\"customer.amount\"", "class=\"pair-map\"", "NewRowSynthesis", "Set nullPercent 0.", "2025-03-02" })
            Assert.Contains(part, html, StringComparison.Ordinal);
        // One file: no script, no link, nothing that is fetched, and no button that could not do anything.
        Assert.DoesNotMatch(External(), html);
        Assert.DoesNotContain("<button", html, StringComparison.Ordinal);
        Assert.Contains(".score-gauge", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ToHtml_OfAValueThatLooksLikeMarkup_IsText()
    {
        var report = MadeReports.Worse with { Rules = [MadeReports.Worse.Rules[0] with { Rows = [new(0, "<script>alert(1)</script>", [null])] }] };

        Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt;", await WriteAsync(report), StringComparison.Ordinal);
    }

    private static async Task<string> WriteAsync(TdmPortal.Core.Quality.QualityReport? report = null)
    {
        await using var services = new ServiceCollection().BuildServiceProvider();
        return await new ReportFile(services, NullLoggerFactory.Instance, new WebFolder()).ToHtmlAsync("shop", 13, report ?? MadeReports.Worse, "22 Nov 2026, 04:10 UTC", MadeReports.Good, "version 12",
            [new(11, default, 0.98, true), new(12, default, MadeReports.Good.Score, true), new(13, default, MadeReports.Worse.Score, false)]);
    }

    [GeneratedRegex(@"<script|<link|<img|\bsrc=|@import|url\(", RegexOptions.IgnoreCase)]
    private static partial Regex External();

    private sealed class WebFolder : IWebHostEnvironment
    {
        public string WebRootPath { get; set; } = Path.Combine(Repository.Root, "TdmPortal.Web", "wwwroot");
        public IFileProvider WebRootFileProvider { get; set; } = new PhysicalFileProvider(Path.Combine(Repository.Root, "TdmPortal.Web", "wwwroot"));
        public string ApplicationName { get; set; } = "TdmPortal.Web";
        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
        public string ContentRootPath { get; set; } = Repository.Root;
        public string EnvironmentName { get; set; } = "Test";
    }
}
