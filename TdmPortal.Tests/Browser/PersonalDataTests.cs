using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace TdmPortal.Tests.Browser;

/// <summary>The report of personal data: narrowed to a category of a law, and taken along as a file.</summary>
[Collection(BrowserTests.Name)]
[Trait("Requirement", "D9")]
public sealed class PersonalDataTests(BrowserFixture browser)
{
    [Fact]
    public async Task Report_NarrowedToACategory_IsTheSameInItsFile()
    {
        await using var portal = await browser.SignInAsync("checkout-lead");
        var page = portal.Page;
        await portal.GoAsync("/personal-data");
        var columns = page.Locator("[data-personal]");
        await Expect(columns.First).ToBeVisibleAsync();
        await Expect(columns.First.GetByText("Synthetic")).ToBeVisibleAsync();

        await page.Locator("section[aria-labelledby=gdpr] a", new() { HasText = "Contact data" }).First.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Contact data", Exact = true })).ToBeVisibleAsync();
        await Expect(columns.Filter(new() { HasText = "birth" })).ToHaveCountAsync(0);
        var shown = await columns.CountAsync();
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "CSV", Exact = true }).ClickAsync());
        var lines = await File.ReadAllLinesAsync(await download.PathAsync(), TestContext.Current.CancellationToken);
        Assert.StartsWith("team,dataset,version,table,column,kind,gdpr", lines[0], StringComparison.Ordinal);
        Assert.True(lines.Length - 1 >= shown && shown > 0);
        Assert.All(lines.Skip(1), line => Assert.Contains("contact data", line, StringComparison.Ordinal));
        Assert.StartsWith("personal-data-", download.SuggestedFilename, StringComparison.Ordinal);
    }
}
