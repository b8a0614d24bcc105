using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace TdmPortal.Tests.Browser;

/// <summary>The main job's second half, by clicking: generate, follow the progress, browse, sort, filter, follow a key, take away.</summary>
[Collection(BrowserTests.Name)]
public sealed partial class DatasetFlowTests(BrowserFixture browser)
{
    [Fact]
    [Trait("Requirement", "D1")]
    [Trait("Requirement", "D2")]
    public async Task Generate_TwoEntitiesWithARelationship_BrowsedFollowedAndDownloaded()
    {
        await using var portal = await browser.SignInAsync("checkout-tester2");
        var page = portal.Page;
        await OrdersDataset.OpenFormAsync(portal, "Customers and orders");
        await page.GetByLabel("Dataset name").FillAsync("browser_flow");
        await page.Locator("#rows-customer").FillAsync("10,000");
        await page.Locator("#rows-order").FillAsync("50,000");
        await Expect(page.Locator("[data-estimate=rows]")).ToHaveTextAsync("60,000");
        await Expect(page.GetByText("Every key and check can be met.")).ToBeVisibleAsync();
        await portal.AssertAccessibleAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Generate", Exact = true }).ClickAsync();
        await page.WaitForURLAsync(OrdersDataset.JobAddress());
        await page.WaitForURLAsync(OrdersDataset.DatasetAddress(), new() { Timeout = 60_000 });

        await Expect(page.GetByText("60,000 rows").First).ToBeVisibleAsync();
        await Expect(page.Locator(".row-pager-words")).ToHaveTextAsync("Rows 0 to 99 of 10,000");
        await portal.AssertAccessibleAsync();

        // Sorted by value, not by its text: the largest total has four digits before the point.
        await page.Locator(".entity-tabs").GetByText("order").ClickAsync();
        await Expect(page.Locator(".row-pager-words")).ToHaveTextAsync("Rows 0 to 99 of 50,000");
        await page.Locator("thead").GetByText("total", new() { Exact = true }).ClickAsync();
        await page.Locator("thead th[aria-sort=ascending]").GetByText("total").ClickAsync();
        await Expect(page.Locator("thead th[aria-sort=descending]")).ToBeVisibleAsync();
        await portal.SettleAsync();
        var totals = (await page.Locator("tbody td:nth-child(5)").AllInnerTextsAsync()).Select(text => decimal.Parse(text, CultureInfo.InvariantCulture)).ToList();
        Assert.Equal(100, totals.Count);
        Assert.Equal(totals.OrderDescending(), totals);
        Assert.True(totals[0] > 1000);

        // A filter narrows what is shown and says how much is left; the address keeps it over a reload.
        await page.GetByRole(AriaRole.Button, new() { Name = "Filter", Exact = true }).ClickAsync();
        await page.GetByLabel("Column", new() { Exact = true }).SelectOptionAsync("status");
        await page.GetByLabel("Value", new() { Exact = true }).FillAsync("paid");
        await page.GetByRole(AriaRole.Button, new() { Name = "Apply" }).ClickAsync();
        await page.WaitForURLAsync(address => address.Contains("f=status%3Aeq%3Apaid", StringComparison.Ordinal));
        await portal.GoAsync(page.Url);
        await Expect(page.Locator(".row-pager-words")).ToContainTextAsync("rows match");
        var statuses = await page.Locator("tbody td:nth-child(4)").AllInnerTextsAsync();
        Assert.Equal(["paid"], statuses.Distinct(StringComparer.Ordinal));

        // The key leads to the customer, who leads back to all of their orders.
        var key = await page.Locator("tbody td:nth-child(3) a").First.InnerTextAsync();
        await page.Locator("tbody td:nth-child(3) a").First.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Complementary)).ToContainTextAsync("customer");
        await Expect(page.Locator("tr.open td").First).ToHaveTextAsync(key);
        await Expect(page.Locator("[data-children=order_customer]")).ToHaveTextAsync(SomeRows());
        var children = await page.Locator("[data-children=order_customer]").InnerTextAsync();
        await portal.AssertAccessibleAsync();
        await page.Locator(".row-kin a").ClickAsync();
        await Expect(page.Locator(".row-pager-words")).ToHaveTextAsync($"{children} match");
        Assert.Equal([key], (await page.Locator("tbody td:nth-child(3)").AllInnerTextsAsync()).Distinct(StringComparer.Ordinal));

        Assert.Equal(int.Parse(children.Split(' ')[0], NumberStyles.AllowThousands, CultureInfo.InvariantCulture), await DownloadAsync(page, "As shown", "browser_flow-v1-order-filtered.csv"));
        Assert.Equal(50_000, await DownloadAsync(page, "all 50,000 rows", "browser_flow-v1-order.csv"));
        Assert.Empty(portal.ConsoleErrors);
    }

    [Fact]
    public async Task Form_WrongInput_IsSaidInPlaceAndCannotBeSent()
    {
        await using var portal = await browser.SignInAsync("checkout-tester2");
        var page = portal.Page;
        await OrdersDataset.OpenFormAsync(portal, "Customers and orders");
        await page.Locator("#rows-customer").FillAsync("-5");
        await Expect(page.Locator("#rows-customer")).ToHaveClassAsync(InvalidClass());
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Generate", Exact = true })).ToBeDisabledAsync();
        await page.Locator("#rows-customer").FillAsync("25");
        await page.GetByLabel("Dataset name").FillAsync("Not a name");
        await Expect(page.GetByText("Lower-case letters, digits and single underscores")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Generate", Exact = true })).ToBeDisabledAsync();
        await page.GetByLabel("Dataset name").FillAsync("fine");
        await page.GetByRole(AriaRole.Button, new() { Name = "Copy as tdm" }).ClickAsync();
        await Expect(page.GetByText("The command is on the clipboard")).ToBeVisibleAsync();
        Assert.Contains("--rows customer=25", await page.EvaluateAsync<string>("() => navigator.clipboard.readText()"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancel_ARunningJob_LeavesNothingBehind()
    {
        await using var portal = await browser.SignInAsync("checkout-tester2");
        var page = portal.Page;
        await OrdersDataset.OpenFormAsync(portal, "Customers and orders");
        await page.GetByLabel("Dataset name").FillAsync("cancelled_one");
        await page.GetByLabel("Scale factor").FillAsync("5");
        await page.GetByRole(AriaRole.Button, new() { Name = "Generate", Exact = true }).ClickAsync();
        await page.WaitForURLAsync(OrdersDataset.JobAddress());

        // The job's own button: the form that is being left has one of that name too.
        await page.Locator("[data-job]").GetByRole(AriaRole.Button, new() { Name = "Cancel", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Cancel the job" }).ClickAsync();

        await Expect(page.Locator("[data-state=cancelled]")).ToBeVisibleAsync();
        await Expect(page.GetByText("Nothing half-made was left behind.")).ToBeVisibleAsync();
        await portal.AssertAccessibleAsync();
        await portal.GoAsync("/jobs?state=cancelled&q=cancelled_one");
        await Expect(page.Locator(".job-list li")).ToHaveCountAsync(1);
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Run again" })).ToBeVisibleAsync();
        await portal.AssertAccessibleAsync();
        Assert.Empty(portal.ConsoleErrors);
    }

    /// <summary>Takes the CSV of a choice in the download dialog and counts its rows.</summary>
    private static async Task<int> DownloadAsync(IPage page, string choice, string fileName)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Download", Exact = true }).ClickAsync();
        await page.Locator(".choice", new() { HasText = choice }).ClickAsync();
        var download = await page.RunAndWaitForDownloadAsync(() => page.Locator("[data-format=csv]").ClickAsync());
        Assert.Equal(fileName, download.SuggestedFilename);
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        return File.ReadLines((await download.PathAsync())!).Count() - 1;
    }

    [GeneratedRegex("^[0-9]+ rows?$")]
    private static partial Regex SomeRows();

    [GeneratedRegex("invalid")]
    private static partial Regex InvalidClass();
}
