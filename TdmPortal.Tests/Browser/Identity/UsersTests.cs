using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace TdmPortal.Tests.Browser.Identity;

/// <summary>What administrators do with accounts.</summary>
[Collection(BrowserTests.Name)]
[Trait("Requirement", "D9")]
public class UsersTests(BrowserFixture browser)
{
    [Fact]
    public async Task Invite_ItsLink_WorksOnceOnly()
    {
        var (name, link) = await Invitations.InviteAsync(browser, "invited.");
        await using var page = await browser.OpenAsync();
        await Invitations.AcceptAsync(page, link);
        await page.InteractiveAsync();
        await Assertions.Expect(page.Page.GetByRole(AriaRole.Button, new() { Name = "Team: Checkout" })).ToBeVisibleAsync();

        await using var thief = await browser.OpenAsync();
        await thief.GoStaticAsync(link);
        await Assertions.Expect(thief.Page.GetByRole(AriaRole.Heading, new() { Name = "This link is no longer valid" })).ToBeVisibleAsync();

        await using var admin = await browser.SignInAsync("admin");
        await admin.GoAsync("/admin/users?search=" + name);
        await Assertions.Expect(admin.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = name })).ToContainTextAsync("Active");
    }

    [Fact]
    public async Task Invite_TakenName_SaysSoInTheDialog()
    {
        await using var admin = await browser.SignInAsync("admin");
        await admin.GoAsync("/admin/users");
        await admin.Page.GetByRole(AriaRole.Button, new() { Name = "Invite", Exact = true }).ClickAsync();
        var dialog = admin.Page.GetByRole(AriaRole.Dialog, new() { Name = "Invite somebody" });
        await dialog.GetByLabel("User name").FillAsync("checkout-lead");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Make the link" }).ClickAsync();
        await Assertions.Expect(dialog.GetByRole(AriaRole.Alert)).ToContainTextAsync("already a user called checkout-lead");
        await admin.AssertAccessibleAsync();
    }

    [Fact]
    public async Task Disable_WhileAPageIsOpen_ThrowsTheUserOut()
    {
        var name = await Invitations.AcceptAsync(browser, "thrown.out");
        await using var victim = await browser.OpenAsync();
        await victim.SignInAsync(name, BrowserFixture.AdminPassword);
        await victim.InteractiveAsync();

        await using var admin = await browser.SignInAsync("admin");
        await admin.GoAsync("/admin/users?search=" + name);
        await admin.Page.GetByRole(AriaRole.Button, new() { Name = "Actions for " + name }).ClickAsync();
        await admin.Page.GetByRole(AriaRole.Button, new() { Name = "Disable", Exact = true }).ClickAsync();
        await Expect(victim.Page).ToHaveURLAsync(new Regex("/sign-in"), new() { Timeout = 15_000 });
        await victim.GoStaticAsync("/sign-in");
        await victim.Page.GetByLabel("User name").FillAsync(name);
        await victim.Page.GetByLabel("Password", new() { Exact = true }).FillAsync(BrowserFixture.AdminPassword);
        await victim.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await Assertions.Expect(victim.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("was disabled");

        await admin.Page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await Assertions.Expect(admin.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = name })).ToContainTextAsync("Active");
    }

    [Fact]
    public async Task AdminPages_ForATester_AreRefused()
    {
        await using var page = await browser.SignInAsync("billing-tester1");
        foreach (var path in new[] { "/admin/users", "/admin/teams" })
        {
            await page.GoStaticAsync(path);
            await Assertions.Expect(page.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("There is nothing here");
        }
    }
}
