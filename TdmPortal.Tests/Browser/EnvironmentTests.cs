using System.Globalization;
using Microsoft.Playwright;
using Npgsql;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace TdmPortal.Tests.Browser;

/// <summary>A team's own environment: which version is live, and the way in from outside.</summary>
[Collection(BrowserTests.Name)]
public sealed class EnvironmentTests(BrowserFixture browser)
{
    [Fact]
    [Trait("Requirement", "N2")]
    [Trait("Requirement", "N3")]
    public async Task Dataset_SecondVersion_GoesLiveAndBackWhileTheTeamsClientReads()
    {
        await using var portal = await browser.SignInAsync("mobile-lead");
        var page = portal.Page;
        await GenerateAsync(portal, "50", live: true);
        await GenerateAsync(portal, "80", live: false);
        // The page of a dataset shows what is live.
        await Expect(page.GetByLabel("Version 1, show the others")).ToBeVisibleAsync();

        // A login for the team, made here and now.
        await page.GetByRole(AriaRole.Button, new() { Name = "Connect" }).ClickAsync();
        var panel = page.GetByRole(AriaRole.Dialog);
        await panel.GetByRole(AriaRole.Button, new() { Name = "Make the login" }).ClickAsync();
        var password = await panel.Locator("[data-password]").InnerTextAsync();
        await Expect(panel.GetByRole(AriaRole.Tabpanel)).ToContainTextAsync("select * from mobile_env_flow.customer limit 10");
        await panel.GetByRole(AriaRole.Tab, new() { Name = "Npgsql" }).ClickAsync();
        var connection = await panel.GetByRole(AriaRole.Tabpanel, new() { Name = "Npgsql" }).Locator("code").InnerTextAsync();
        Assert.Contains(password, connection, StringComparison.Ordinal);
        await portal.AssertAccessibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await using var client = new NpgsqlConnection(connection);
        await client.OpenAsync(TestContext.Current.CancellationToken);
        Assert.Equal(50, await CustomersAsync(client));

        // Version 2 is looked at, and goes live.
        await page.GetByLabel("Version 1, show the others").ClickAsync();
        await page.Locator("#version-menu a").First.ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Make version 2 live" }).ClickAsync();
        await page.GetByLabel("Why (for the history)").FillAsync("More customers");
        await portal.AssertAccessibleAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Make version 2 live" }).ClickAsync();
        var toast = page.GetByText("Version 2 is live", new() { Exact = true });
        await Expect(toast).ToBeVisibleAsync();
        Assert.Equal(80, await CustomersAsync(client));

        // And back, with a note of what was live.
        await page.GetByLabel("Version 2, show the others").ClickAsync();
        await page.Locator("#version-menu a").Last.ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Roll back to version 1" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("More customers");
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Roll back to version 1" }).ClickAsync();
        await Expect(page.GetByText("Version 1 is live", new() { Exact = true })).ToBeVisibleAsync();
        Assert.Equal(50, await CustomersAsync(client));
        await page.Locator(".rz-notification-item", new() { HasText = "Version 1 is live" }).GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await Expect(page.GetByText("This is version 1. Version 2 is live.")).ToBeVisibleAsync();
        Assert.Equal(80, await CustomersAsync(client));
        Assert.Empty(portal.ConsoleErrors);
    }

    private static async Task GenerateAsync(PortalPage portal, string customers, bool live)
    {
        var page = portal.Page;
        await OrdersDataset.OpenFormAsync(portal, "Customers and orders");
        await page.GetByLabel("Dataset name").FillAsync("env_flow");
        await page.Locator("#rows-customer").FillAsync(customers);
        await page.Locator("#rows-order").FillAsync("100");
        await page.GetByLabel("Live when it is ready").SetCheckedAsync(live);
        await OrdersDataset.GenerateAsync(page, (int.Parse(customers, CultureInfo.InvariantCulture) + 100).ToString(CultureInfo.InvariantCulture));
    }

    private static async Task<long> CustomersAsync(NpgsqlConnection client)
    {
        await using var command = new NpgsqlCommand("select count(*) from customer", client);
        return (long)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }
}
