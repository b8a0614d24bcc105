using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace TdmPortal.Tests.Browser;

/// <summary>A dataset of 2,000 customers and 10,000 orders, generated once by clicking, for tests that only look at rows.</summary>
public sealed partial class OrdersDataset(BrowserFixture browser) : IAsyncLifetime
{
    public const string Owner = "checkout-lead";

    /// <summary>Its page, such as <c>/datasets/…</c>.</summary>
    public string Address { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        await browser.DemoIsReadyAsync();
        await using var portal = await browser.SignInAsync(Owner);
        await OpenFormAsync(portal, "Customers and orders");
        await portal.Page.GetByLabel("Dataset name").FillAsync("orders_to_look_at");
        await portal.Page.Locator("#rows-customer").FillAsync("2,000");
        await portal.Page.Locator("#rows-order").FillAsync("10,000");
        await GenerateAsync(portal.Page, "12,000");
        Address = new Uri(portal.Page.Url).AbsolutePath;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>
    /// Opens the form for a schema that has these words in its title. The form proposes what the team chose the last time,
    /// which may have been another test: that the version goes live is chosen here.
    /// </summary>
    public static async Task OpenFormAsync(PortalPage portal, string schema)
    {
        await portal.GoAsync("/datasets/generate");
        var choice = portal.Page.GetByLabel("Schema", new() { Exact = true });
        var id = await choice.Locator("option", new() { HasText = schema }).First.GetAttributeAsync("value");
        await choice.SelectOptionAsync(id!);
        await Expect(portal.Page.Locator($"form[data-schema='{id}']").GetByLabel("Dataset name")).ToBeVisibleAsync();
        await portal.Page.GetByLabel("Live when it is ready").SetCheckedAsync(true);
    }

    /// <summary>Sends the form once it foresees so many rows, and waits until their dataset is shown.</summary>
    public static async Task GenerateAsync(IPage page, string rows)
    {
        await Expect(page.Locator("[data-estimate=rows]")).ToHaveTextAsync(rows);
        await page.GetByRole(AriaRole.Button, new() { Name = "Generate", Exact = true }).ClickAsync();
        // Past the job's page, which a small job leaves in a moment.
        await Expect(page).ToHaveURLAsync(DatasetAddress(), new() { Timeout = 60_000 });
        await Expect(page.Locator(".row-pager-words")).ToBeVisibleAsync();
    }

    [GeneratedRegex(@"/jobs/[0-9a-f-]{36}(\?then=dataset)?$")]
    public static partial Regex JobAddress();

    [GeneratedRegex("/datasets/[0-9a-f-]{36}")]
    public static partial Regex DatasetAddress();
}
