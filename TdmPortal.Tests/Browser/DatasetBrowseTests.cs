using System.IO.Compression;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace TdmPortal.Tests.Browser;

/// <summary>Looking at a dataset that is there.</summary>
[Collection(BrowserTests.Name)]
public sealed partial class DatasetBrowseTests(BrowserFixture browser, OrdersDataset orders) : IClassFixture<OrdersDataset>
{
    [Fact]
    [Trait("Requirement", "D7")]
    public async Task Export_EveryFormat_HasItsTypeNameAndRows()
    {
        var address = orders.Address;
        await using var portal = await browser.SignInAsync(OrdersDataset.Owner);
        var api = portal.Page.APIRequest;

        foreach (var (format, type, start) in new[] { ("csv", "text/csv", "id,"), ("csv-spreadsheet", "text/csv", "id,"), ("json", "application/json", "["), ("ndjson", "application/x-ndjson", "{"), ("xml", "application/xml", "<"), ("sql", "application/sql", "") })
        {
            var answer = await api.GetAsync($"/api/v1{address}/export?format={format}&entity=customer&f=id:le:3");
            Assert.Equal(200, answer.Status);
            Assert.StartsWith(type, answer.Headers["content-type"], StringComparison.Ordinal);
            Assert.Contains($"-customer-filtered.{format.Split('-')[0]}", answer.Headers["content-disposition"], StringComparison.Ordinal);
            Assert.StartsWith(start, await answer.TextAsync(), StringComparison.Ordinal);
        }

        var rows = await (await api.GetAsync($"/api/v1{address}/export?format=json&entity=customer&f=id:le:3&cols=id,email&sort=-id")).JsonAsync();
        Assert.Equal([3, 2, 1], rows!.Value.EnumerateArray().Select(row => row.GetProperty("id").GetInt32()));
        Assert.Equal(["id", "email"], rows.Value[0].EnumerateObject().Select(property => property.Name));

        var all = await api.GetAsync($"/api/v1{address}/export?format=ndjson");
        Assert.Equal("application/zip", all.Headers["content-type"]);
        using var zip = new ZipArchive(new MemoryStream(await all.BodyAsync()));
        Assert.Equal(["customer.ndjson", "order.ndjson"], zip.Entries.Select(entry => entry.Name).Order(StringComparer.Ordinal));

        Assert.Equal((400, "dataset.unknown_format"), await RefusalAsync("?format=exe"));
        Assert.Equal((404, "access.not_found"), await RefusalAsync("?format=csv&entity=nothing"));
        Assert.Equal(400, (await RefusalAsync("?format=csv&entity=customer&where=id%20%3E")).Status);

        async Task<(int Status, string? Code)> RefusalAsync(string query)
        {
            var answer = await api.GetAsync($"/api/v1{address}/export{query}");
            return (answer.Status, (await answer.JsonAsync())!.Value.GetProperty("errorCode").GetString());
        }
    }

    [Fact]
    public async Task Keyboard_ArrowsEnterEscapeAndCopy_WorkWithoutAMouse()
    {
        var address = orders.Address;
        await using var portal = await browser.SignInAsync(OrdersDataset.Owner);
        var page = portal.Page;
        await portal.GoAsync(address + "?entity=order");
        await Expect(page.Locator(".row-grid[data-wired]")).ToBeVisibleAsync();
        await page.Locator("tbody td").First.FocusAsync();

        foreach (var key in new[] { "ArrowDown", "ArrowRight", "ArrowRight", "Shift+ArrowDown", "Shift+ArrowRight" })
            await page.Keyboard.PressAsync(key);
        await page.Keyboard.PressAsync("Control+c");
        await Expect(page.GetByText("2 × 2 cells on the clipboard")).ToBeVisibleAsync();
        var lines = (await page.EvaluateAsync<string>("() => navigator.clipboard.readText()")).TrimEnd('\n').Split('\n');
        Assert.Equal("status\ttotal", lines[0]);
        Assert.Equal(3, lines.Length);

        await page.Keyboard.PressAsync("Enter");
        await Expect(page).ToHaveURLAsync(RowTwo());
        await Expect(page.GetByRole(AriaRole.Complementary)).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.GetByRole(AriaRole.Complementary)).ToHaveCountAsync(0);

        // Past the last row of the window the next window comes.
        await page.Locator("tbody tr").Last.Locator("td").First.FocusAsync();
        await page.Keyboard.PressAsync("ArrowDown");
        await Expect(page.Locator(".row-pager-words")).ToContainTextAsync("Rows 100 to 199");
        await Expect(page.Locator("tbody tr").First.Locator("td").First).ToBeFocusedAsync();
        Assert.Empty(portal.ConsoleErrors);
    }

    [Fact]
    public async Task CopyMenu_TickedRows_AreOnTheClipboardAsJson()
    {
        var address = orders.Address;
        await using var portal = await browser.SignInAsync(OrdersDataset.Owner);
        var page = portal.Page;
        await portal.GoAsync(address + "?entity=order&cols=id,status");
        await page.GetByLabel("Select row 0", new() { Exact = true }).CheckAsync();
        await page.GetByLabel("Select row 2", new() { Exact = true }).CheckAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Copy", Exact = true }).ClickAsync();
        await Expect(page.GetByText("Copy 2 rows as")).ToBeVisibleAsync();
        await page.Locator("#copy-menu").GetByText("JSON").ClickAsync();

        await Expect(page.GetByText("2 rows on the clipboard as JSON")).ToBeVisibleAsync();
        using var json = JsonDocument.Parse(await page.EvaluateAsync<string>("() => navigator.clipboard.readText()"));
        Assert.Equal([1, 3], json.RootElement.EnumerateArray().Select(row => row.GetProperty("id").GetInt32()));
    }

    [Fact]
    [Trait("Requirement", "N6")]
    public async Task Explain_AValue_SaysRuleSeedAndRowAndHowToMakeItAgain()
    {
        var address = orders.Address;
        await using var portal = await browser.SignInAsync(OrdersDataset.Owner);
        var page = portal.Page;
        await portal.GoAsync(address + "?entity=order&row=17");
        var drawer = page.GetByRole(AriaRole.Complementary);
        await drawer.GetByRole(AriaRole.Button, new() { Name = "Explain customer_id" }).ClickAsync();
        var said = drawer.GetByRole(AriaRole.Note);
        await Expect(said).ToContainTextAsync("relationship");
        await Expect(said).ToContainTextAsync("customer.id of the row that order_customer chooses");
        await drawer.GetByRole(AriaRole.Button, new() { Name = "Explain status" }).ClickAsync();
        await Expect(said).ToContainTextAsync("choice");
        await Expect(said).ToContainTextAsync("row 17");
        await portal.AssertAccessibleAsync();
        await said.GetByRole(AriaRole.Button, new() { Name = "Copy the tdm line of this row" }).ClickAsync();
        await Expect(page.GetByText("The command is on the clipboard")).ToBeVisibleAsync();
        var command = await page.EvaluateAsync<string>("() => navigator.clipboard.readText()");
        Assert.StartsWith("./tdm generate customers_orders.schema.json --entity order --offset 17 --limit 1 --format ndjson --out - --seed 1 --rows customer=2000 --rows order=10000 --as-of ", command, StringComparison.Ordinal);
        Assert.Empty(portal.ConsoleErrors);
    }

    [Fact]
    public async Task Find_AValue_LeadsToItsRows()
    {
        var address = orders.Address;
        await using var portal = await browser.SignInAsync(OrdersDataset.Owner);
        var page = portal.Page;
        await portal.GoAsync(address + "?entity=customer&row=17");
        var email = await page.Locator("tr.open td:nth-child(6)").InnerTextAsync();

        await portal.GoAsync(address + "?entity=order");
        await page.GetByLabel("Find a value in all columns and entities").FillAsync(email);
        await page.Keyboard.PressAsync("Enter");
        await page.Locator(".find-list").GetByText("row 17", new() { Exact = true }).ClickAsync();

        await Expect(page.Locator("tr.open td:nth-child(6)")).ToHaveTextAsync(email);
    }

    [Fact]
    public async Task Expression_WithAMistake_IsRefusedInPlaceAndMended()
    {
        var address = orders.Address;
        await using var portal = await browser.SignInAsync(OrdersDataset.Owner);
        var page = portal.Page;
        await portal.GoAsync(address + "?entity=order");
        await page.GetByRole(AriaRole.Button, new() { Name = "Expression" }).ClickAsync();
        var condition = page.GetByLabel("Condition in the schema's language");
        await condition.FillAsync("total > 100 andd");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("andd");

        await condition.FillAsync("total > 1500 and currency in ('EUR', 'USD')");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator(".row-pager-words")).ToContainTextAsync("match");
        await Expect(page.GetByRole(AriaRole.Alert)).ToHaveCountAsync(0);
        Assert.DoesNotContain("GBP", await page.Locator("tbody").InnerTextAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1440, 900, false)]
    [InlineData(390, 844, true)]
    public async Task Pages_LightAndDarkWideAndNarrow_AreAccessibleAndFit(int width, int height, bool dark)
    {
        var address = orders.Address;
        await using var portal = await browser.SignInAsync(OrdersDataset.Owner, width, height, dark);
        // The states that the page tour does not come to.
        foreach (var path in new[] { "/datasets?q=nothing_like_it", address + "?entity=order&row=3", address + "?entity=order&f=status:eq:none_such&find=none_such", "/jobs?state=failed&q=none_such" })
        {
            await portal.GoAsync(path);
            await Expect(portal.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
            await Expect(portal.Page.Locator(".skeleton")).ToHaveCountAsync(0);
            await portal.AssertAccessibleAsync();
            var wider = await portal.Page.EvaluateAsync<int>("() => document.querySelector('main').scrollWidth - document.querySelector('main').clientWidth");
            Assert.True(wider <= 0, $"{path} is {wider} px wider than the window of {width} px");
        }

        Assert.Empty(portal.ConsoleErrors);
    }

    [GeneratedRegex("[?&]row=2$")]
    private static partial Regex RowTwo();
}
