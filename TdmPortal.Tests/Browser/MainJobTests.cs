using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace TdmPortal.Tests.Browser;

/// <summary>What the portal is for, by clicking, from an empty page to a file of rows.</summary>
[Collection(BrowserTests.Name)]
public sealed partial class MainJobTests(BrowserFixture browser)
{
    [Fact]
    [Trait("Requirement", "D1")]
    [Trait("Requirement", "D2")]
    public async Task NewSchema_Generated_IsBrowsedFollowedAndDownloaded()
    {
        await using var portal = await browser.SignInAsync("checkout-tester2");
        var page = portal.Page;
        await DesignAsync(portal);

        await page.GetByRole(AriaRole.Link, new() { Name = "Generate", Exact = true }).ClickAsync();
        await page.GetByLabel("Dataset name").FillAsync("main_job");
        await page.Locator("#rows-customer").FillAsync("10,000");
        await page.Locator("#rows-purchase").FillAsync("50,000");
        await Expect(page.GetByText("Every key and check can be met.")).ToBeVisibleAsync();
        await portal.AssertAccessibleAsync();
        await OrdersDataset.GenerateAsync(page, "60,000");

        await Expect(page.Locator(".dataset-facts")).ToContainTextAsync("60,000");
        await Expect(page.Locator(".row-pager-words")).ToHaveTextAsync("Rows 0 to 99 of 10,000");
        await page.Locator(".entity-tabs").GetByText("purchase").ClickAsync();
        await Expect(page.Locator(".row-pager-words")).ToHaveTextAsync("Rows 0 to 99 of 50,000");

        // Sorted by value, not by its text: the largest total has more digits before the point.
        await page.Locator("thead").GetByText("total", new() { Exact = true }).ClickAsync();
        await page.Locator("thead th[aria-sort=ascending]").GetByText("total").ClickAsync();
        await Expect(page.Locator("thead th[aria-sort=descending]")).ToBeVisibleAsync();
        await portal.SettleAsync();
        var totals = (await ColumnAsync(page, "total")).Select(text => decimal.Parse(text, CultureInfo.InvariantCulture)).ToList();
        Assert.Equal(100, totals.Count);
        Assert.Equal(totals.OrderDescending(), totals);

        // A filter narrows what is shown and says how much is left; the address keeps it over a reload.
        var status = (await ColumnAsync(page, "status"))[0];
        await page.GetByRole(AriaRole.Button, new() { Name = "Filter", Exact = true }).ClickAsync();
        await page.GetByLabel("Column", new() { Exact = true }).SelectOptionAsync("status");
        await page.GetByLabel("Value", new() { Exact = true }).FillAsync(status);
        await page.GetByRole(AriaRole.Button, new() { Name = "Apply" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex(Regex.Escape("f=status%3Aeq%3A" + status)));
        await portal.GoAsync(page.Url);
        await Expect(page.Locator(".row-pager-words")).ToContainTextAsync("rows match");
        Assert.Equal([status], (await ColumnAsync(page, "status")).Distinct(StringComparer.Ordinal));

        // The key leads to the customer, who leads back to all of their purchases.
        var key = (await ColumnAsync(page, "customer_id"))[0];
        await page.Locator("tbody td a").First.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Complementary)).ToContainTextAsync("customer");
        await Expect(page.Locator("tr.open td").First).ToHaveTextAsync(key);
        await Expect(page.Locator("[data-children=purchase_customer]")).ToHaveTextAsync(SomeRows());
        var children = int.Parse((await page.Locator("[data-children=purchase_customer]").InnerTextAsync()).Split(' ')[0], NumberStyles.AllowThousands, CultureInfo.InvariantCulture);
        await portal.AssertAccessibleAsync();
        await page.Locator(".row-kin a").ClickAsync();
        await Expect(page.Locator(".row-pager-words")).ToHaveTextAsync(children == 1 ? "1 row matches" : $"{children} rows match");
        Assert.Equal([key], (await ColumnAsync(page, "customer_id")).Distinct(StringComparer.Ordinal));

        Assert.Equal(children, await DownloadAsync(page, "As shown", "main_job-v1-purchase-filtered.csv"));
        Assert.Equal(50_000, await DownloadAsync(page, "all 50,000 rows", "main_job-v1-purchase.csv"));
        Assert.Empty(portal.ConsoleErrors);
    }

    /// <summary>A schema of customers and their purchases, looked at as rows, then saved.</summary>
    private static async Task DesignAsync(PortalPage portal)
    {
        var page = portal.Page;
        var designer = new SchemaDesignerDriver(portal);
        await designer.NewBlankAsync("main_job");
        await designer.AddFieldsAsync("first_name", "email");
        await NameEntityAsync(designer, "customer");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add entity" }).ClickAsync();
        await NameEntityAsync(designer, "purchase");
        await designer.ViewAsync("Keys & rules");
        await page.GetByLabel("Belongs to").SelectOptionAsync("customer");
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Done" }).ClickAsync();
        await designer.ViewAsync("Fields");
        await Expect(designer.NameOf(1)).ToHaveTextAsync("customer_id");
        await designer.AddFieldsAsync("total", "status");
        await Expect(designer.Preview.Locator("tbody tr")).ToHaveCountAsync(20);
        Assert.All(await designer.ValuesAsync("total"), value => Assert.True(decimal.TryParse(value, CultureInfo.InvariantCulture, out _), value));
        await designer.SaveAsync("The first version");
    }

    private static async Task NameEntityAsync(SchemaDesignerDriver designer, string name)
    {
        await designer.ViewAsync("Keys & rules");
        await designer.Page.GetByLabel("Name", new() { Exact = true }).FillAsync(name);
        await designer.Page.Keyboard.PressAsync("Tab");
        await Expect(designer.Entities.GetByText(name)).ToBeVisibleAsync();
        await designer.ViewAsync("Fields");
    }

    /// <summary>The shown values of a column.</summary>
    private static async Task<IReadOnlyList<string>> ColumnAsync(IPage page, string name)
    {
        var names = await page.Locator("thead th .column-head a").EvaluateAllAsync<string[]>("links => links.map(link => link.firstChild.textContent)");
        // The row's number stands before the first column.
        var place = (Array.IndexOf(names, name) + 2).ToString(CultureInfo.InvariantCulture);
        return await page.Locator($"tbody tr > :nth-child({place})").AllInnerTextsAsync();
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

    [GeneratedRegex("^[0-9,]+ rows?$")]
    private static partial Regex SomeRows();
}
