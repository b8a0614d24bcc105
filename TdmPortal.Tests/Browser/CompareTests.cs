using Microsoft.Playwright;
using TdmPortal.Tests.Testing;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace TdmPortal.Tests.Browser;

/// <summary>Two versions of a dataset beside each other.</summary>
[Collection(BrowserTests.Name)]
public sealed class CompareTests(BrowserFixture browser)
{
    private static readonly string? Pictures = Environment.GetEnvironmentVariable("PORTAL_SCREENSHOTS");

    [Fact]
    [Trait("Requirement", "N8")]
    public async Task Versions_OfTwoSeeds_AreComparedToTheCell()
    {
        await using var portal = await browser.SignInAsync("mobile-lead");
        var page = portal.Page;
        await GenerateAsync(portal, "1", "300");
        await GenerateAsync(portal, "2", "320");
        await page.GetByLabel("Version 2, show the others").ClickAsync();
        await page.GetByText("Notes, tags, pins, roll back").ClickAsync();
        await page.Locator("[data-version='1']").GetByRole(AriaRole.Link, new() { Name = "Compare with…" }).ClickAsync();
        await Expect(page.GetByText("Nobody has compared these yet.")).ToBeVisibleAsync();
        await Expect(page.GetByLabel("Before")).ToHaveValueAsync("2");
        await portal.AssertAccessibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "The other way round" }).ClickAsync();
        await Expect(page.GetByLabel("Before")).ToHaveValueAsync("1");
        await page.GetByRole(AriaRole.Button, new() { Name = "Compare", Exact = true }).ClickAsync();

        var entities = page.GetByRole(AriaRole.List, new() { Name = "Entities" });
        await Expect(entities).ToContainTextAsync("20 rows added, 300 rows changed.");
        await entities.GetByRole(AriaRole.Link, new() { Name = "customer" }).ClickAsync();
        var city = page.Locator("[data-column='city']");
        await Expect(city).ToContainTextAsync("cells");
        await Expect(city.GetByRole(AriaRole.Figure)).ToBeVisibleAsync();
        await Expect(page.Locator("[data-column='credit_limit']").GetByRole(AriaRole.Figure)).ToHaveAttributeAsync("aria-label", new System.Text.RegularExpressions.Regex("version 1 against version 2: from "));
        var rows = page.GetByRole(AriaRole.Region, new() { Name = "Rows that differ" });
        await Expect(rows.Locator("del").First).ToBeVisibleAsync();
        await portal.AssertAccessibleAsync();
        await KeepPictureAsync(page, "compare-light.png");

        var download = await page.RunAndWaitForDownloadAsync(() => rows.GetByRole(AriaRole.Link, new() { Name = "All as NDJSON" }).ClickAsync());
        Assert.Equal("compare_flow-customer-v1-v2.ndjson", download.SuggestedFilename);
        Assert.Equal(320, (await File.ReadAllLinesAsync((await download.PathAsync())!, TestContext.Current.CancellationToken)).Length);

        // Only what changed in one column, then what is new; the address keeps both.
        await page.GetByLabel("Only rows in which this column changed").SelectOptionAsync("city");
        await Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("rows=changed&column=city"));
        await rows.GetByRole(AriaRole.Link, new() { Name = "Next page" }).ClickAsync();
        await Expect(rows.GetByRole(AriaRole.Link, new() { Name = "First page" })).ToBeVisibleAsync();
        await rows.GetByRole(AriaRole.Link, new() { Name = "Added" }).ClickAsync();
        await Expect(rows.GetByRole(AriaRole.Row)).ToHaveCountAsync(21);
        await page.ReloadAsync();
        await Expect(rows.GetByRole(AriaRole.Row)).ToHaveCountAsync(21);

        await page.SetViewportSizeAsync(390, 844);
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await Expect(city).ToBeVisibleAsync();
        Assert.True(await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0);
        await portal.AssertAccessibleAsync();
        await KeepPictureAsync(page, "compare-phone-dark.png");
        Assert.Empty(portal.ConsoleErrors);
    }

    private static async Task GenerateAsync(PortalPage portal, string seed, string customers)
    {
        var page = portal.Page;
        await OrdersDataset.OpenFormAsync(portal, "Customers and orders");
        await page.GetByLabel("Dataset name").FillAsync("compare_flow");
        await page.Locator("#rows-customer").FillAsync(customers);
        await page.Locator("#rows-order").FillAsync("100");
        await page.GetByLabel("Seed", new() { Exact = true }).FillAsync(seed);
        await OrdersDataset.GenerateAsync(page, (int.Parse(customers, System.Globalization.CultureInfo.InvariantCulture) + 100).ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    private static Task KeepPictureAsync(IPage page, string file) => Pictures is null
        ? Task.CompletedTask
        : page.ScreenshotAsync(new() { Path = Path.Combine(Repository.Root, Pictures, file), FullPage = true, Animations = ScreenshotAnimations.Disabled });
}
