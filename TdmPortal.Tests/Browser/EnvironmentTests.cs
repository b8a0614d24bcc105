using System.Globalization;
using System.IO.Compression;
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
        await page.Locator("#version-menu a:has(.version-number:text-is('2'))").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Make version 2 live" }).ClickAsync();
        await page.GetByLabel("Why (for the history)").FillAsync("More customers");
        await portal.AssertAccessibleAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Make version 2 live" }).ClickAsync();
        var toast = page.GetByText("Version 2 is live", new() { Exact = true });
        await Expect(toast).ToBeVisibleAsync();
        Assert.Equal(80, await CustomersAsync(client));

        // And back, with a note of what was live.
        await page.GetByLabel("Version 2, show the others").ClickAsync();
        await page.Locator("#version-menu a:has(.version-number:text-is('1'))").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Roll back to version 1" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("More customers");
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Roll back to version 1" }).ClickAsync();
        await Expect(page.GetByText("Version 1 is live", new() { Exact = true })).ToBeVisibleAsync();
        Assert.Equal(50, await CustomersAsync(client));
        await page.Locator(".rz-notification-item", new() { HasText = "Version 1 is live" }).GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await Expect(page.GetByText("This is version 1. Version 2 is live.")).ToBeVisibleAsync();
        Assert.Equal(80, await CustomersAsync(client));
        Assert.Empty(portal.ConsoleErrors);

        await RotateAsync(portal, client);
        // As if it was made by an earlier release.
        await browser.ExecuteAsync("update portal.dataset_version set engine_version = 1 where database_schema = 'mobile_env_flow__v1'");
        await KeepAndGiveUpAsync(portal);
    }

    /// <summary>A new password: the former one and its sessions are at an end.</summary>
    private static async Task RotateAsync(PortalPage portal, NpgsqlConnection client)
    {
        var page = portal.Page;
        await page.GetByRole(AriaRole.Button, new() { Name = "Connect" }).ClickAsync();
        var panel = page.GetByRole(AriaRole.Dialog).First;
        await Expect(panel.Locator("[data-password]")).ToHaveCountAsync(0);
        await panel.GetByRole(AriaRole.Button, new() { Name = "Set a new password" }).ClickAsync();
        await page.Locator(".rz-dialog", new() { HasText = "stops working at once" }).GetByRole(AriaRole.Button, new() { Name = "Set a new password" }).ClickAsync();
        await Expect(panel.Locator("[data-password]")).ToBeVisibleAsync();
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => CustomersAsync(client));
        await panel.GetByRole(AriaRole.Tab, new() { Name = "Npgsql" }).ClickAsync();
        await using var again = new NpgsqlConnection(await panel.GetByRole(AriaRole.Tabpanel, new() { Name = "Npgsql" }).Locator("code").InnerTextAsync());
        await again.OpenAsync(TestContext.Current.CancellationToken);
        Assert.Equal(80, await CustomersAsync(again));
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        Assert.Empty(portal.ConsoleErrors);
    }

    [Fact]
    [Trait("Requirement", "N15")]
    public async Task Version_ScratchCopy_IsWrittenToAndResetByOneClick()
    {
        await browser.DemoIsReadyAsync();
        await using var portal = await browser.SignInAsync("billing-tester1");
        var page = portal.Page;
        await page.GotoAsync("/scratch");
        await Expect(page.GetByText("No scratch copy yet")).ToBeVisibleAsync();
        await portal.FollowFirstAsync("/datasets", "main a[href^='/datasets/']:not([href*='/generate'])");
        await portal.GoAsync(new Uri(page.Url).AbsolutePath + "/versions");
        await MakeScratchCopyAsync(page, "Tax rounding");
        await portal.AssertAccessibleAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByRole(AriaRole.Tab, new() { Name = "Npgsql" }).ClickAsync();
        var connection = await dialog.GetByRole(AriaRole.Tabpanel, new() { Name = "Npgsql" }).Locator("code").InnerTextAsync();
        await using (var client = new NpgsqlConnection(connection + ";Pooling=false"))
        {
            await client.OpenAsync(TestContext.Current.CancellationToken);
            await using var command = new NpgsqlCommand("create table mine as select 1 as one; select count(*) from mine", client);
            Assert.Equal(1L, await command.ExecuteScalarAsync(TestContext.Current.CancellationToken));
        }

        await dialog.GetByRole(AriaRole.Link, new() { Name = "All scratch copies" }).ClickAsync();
        var copy = page.Locator("[data-scratch='Tax rounding']");
        await copy.GetByRole(AriaRole.Button, new() { Name = "Reset" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Reset it" }).ClickAsync();
        await Expect(page.GetByText("Tax rounding is being filled again")).ToBeVisibleAsync();
        await Expect(copy.GetByRole(AriaRole.Button, new() { Name = "Connect" })).ToBeVisibleAsync();
        await using (var client = new NpgsqlConnection(connection + ";Pooling=false"))
        {
            await client.OpenAsync(TestContext.Current.CancellationToken);
            await using var command = new NpgsqlCommand("select count(*) from pg_tables where tablename = 'mine'", client);
            Assert.Equal(0L, await command.ExecuteScalarAsync(TestContext.Current.CancellationToken));
        }

        await copy.GetByRole(AriaRole.Button, new() { Name = "Time and room" }).ClickAsync();
        await page.GetByLabel("It may grow to").SelectOptionAsync("2000000000");
        await portal.AssertAccessibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await Expect(copy).ToContainTextAsync("of 2 GB");
        await copy.GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Delete it" }).ClickAsync();
        await Expect(page.GetByText("No scratch copy yet")).ToBeVisibleAsync();
        Assert.Empty(portal.ConsoleErrors);
    }

    /// <summary>On a page of versions: a copy of the first, until the dialog says that it is ready.</summary>
    internal static async Task MakeScratchCopyAsync(IPage page, string name)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Scratch copy" }).First.ClickAsync();
        await page.GetByLabel("What for").FillAsync(name);
        await page.GetByRole(AriaRole.Button, new() { Name = "Make the copy" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog).GetByText("Ready", new() { Exact = true })).ToBeVisibleAsync();
    }

    /// <summary>The page of versions: one is tagged, pinned, released and deleted.</summary>
    private static async Task KeepAndGiveUpAsync(PortalPage portal)
    {
        var page = portal.Page;
        await page.GetByLabel("Version 1, show the others").ClickAsync();
        await page.GetByText("Notes, tags, pins, roll back").ClickAsync();
        var first = page.Locator("[data-version='1']");
        await Expect(first).ToContainTextAsync("Engine 1 made it; from the same seed today's engine makes other values");
        var archive = await page.RunAndWaitForDownloadAsync(() => first.GetByRole(AriaRole.Link, new() { Name = "Its rows as an archive" }).ClickAsync());
        await using (var rows = await ZipFile.OpenReadAsync(await archive.PathAsync(), TestContext.Current.CancellationToken))
            Assert.Equal(["customer.csv", "order.csv"], rows.Entries.Select(entry => entry.Name).Order(StringComparer.Ordinal));
        await first.GetByRole(AriaRole.Button, new() { Name = "Note and tags" }).ClickAsync();
        await page.GetByLabel("Note", new() { Exact = true }).FillAsync("The one with 50 customers");
        await page.GetByLabel("Tags").FillAsync("Release 4");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await Expect(page.GetByText("\"Release\" is no tag")).ToBeVisibleAsync();
        await page.GetByLabel("Tags").FillAsync("release-4 smoke");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await Expect(first).ToContainTextAsync("The one with 50 customers");

        await first.GetByRole(AriaRole.Button, new() { Name = "Pin" }).ClickAsync();
        await page.GetByLabel("What for").FillAsync("Regression of 4");
        await portal.AssertAccessibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Pin it" }).ClickAsync();
        await Expect(first).ToContainTextAsync("Regression of 4");
        await portal.AssertAccessibleAsync();
        await first.GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Delete version 1" }).ClickAsync();
        await Expect(page.GetByText("needs version 1 until")).ToBeVisibleAsync();
        await first.GetByRole(AriaRole.Button, new() { Name = "Release" }).ClickAsync();
        await Expect(first.GetByRole(AriaRole.Button, new() { Name = "Release" })).ToHaveCountAsync(0);
        await first.GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Delete version 1" }).ClickAsync();
        await Expect(first).ToHaveCountAsync(0);
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
