using System.Globalization;
using Microsoft.Playwright;

namespace TdmPortal.Tests.Browser.Identity;

/// <summary>Accounts for tests that change them, made the way an administrator makes them.</summary>
internal static class Invitations
{
    private static int number;

    /// <summary>Invites somebody into the team Checkout.</summary>
    /// <returns>The user name and the one-time link.</returns>
    public static async Task<(string Name, string Link)> InviteAsync(BrowserFixture browser, string prefix)
    {
        var name = prefix + Interlocked.Increment(ref number).ToString(CultureInfo.InvariantCulture);
        await using var admin = await browser.SignInAsync("admin");
        await admin.GoAsync("/admin/users");
        await admin.Page.GetByRole(AriaRole.Button, new() { Name = "Invite", Exact = true }).ClickAsync();
        var dialog = admin.Page.GetByRole(AriaRole.Dialog, new() { Name = "Invite somebody" });
        await dialog.GetByLabel("User name").FillAsync(name);
        await dialog.GetByLabel("Team", new() { Exact = true }).SelectOptionAsync("Checkout");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Make the link" }).ClickAsync();
        return (name, await dialog.GetByLabel("One-time link").InputValueAsync());
    }

    /// <summary>Invites somebody and sets the tests' common password through the link.</summary>
    public static async Task<string> AcceptAsync(BrowserFixture browser, string prefix)
    {
        var (name, link) = await InviteAsync(browser, prefix);
        await using var page = await browser.OpenAsync();
        await AcceptAsync(page, link);
        await page.InteractiveAsync();
        return name;
    }

    public static async Task AcceptAsync(PortalPage page, string link)
    {
        await page.GoStaticAsync(link);
        await page.Page.GetByLabel("New password").FillAsync(BrowserFixture.AdminPassword);
        await page.Page.GetByLabel("The same again").FillAsync(BrowserFixture.AdminPassword);
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Set password and sign in" }).ClickAsync();
    }
}
