using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace TdmPortal.Tests.Browser.Identity;

/// <summary>Coming in and staying out, as people do it.</summary>
[Collection(BrowserTests.Name)]
[Trait("Requirement", "D9")]
public class SignInTests(BrowserFixture browser)
{
    [Fact]
    public async Task SignIn_FromATypedAddress_LandsThereAndSignsOut()
    {
        await using var page = await browser.OpenAsync();
        await page.GoStaticAsync("/schemas");
        await Assertions.Expect(page.Page.GetByRole(AriaRole.Heading, new() { Name = "Sign in" })).ToBeVisibleAsync();
        Assert.Contains("returnUrl=%2Fschemas", page.Page.Url, StringComparison.Ordinal);
        await FillAsync(page, "checkout-tester2", BrowserFixture.AdminPassword);
        await Expect(page.Page).ToHaveURLAsync(new Regex("/schemas$"), new() { Timeout = 15_000 });
        await page.InteractiveAsync();

        await page.Page.GetByRole(AriaRole.Button, new() { Name = "account of" }).ClickAsync();
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await Expect(page.Page).ToHaveURLAsync(new Regex("/sign-in$"), new() { Timeout = 15_000 });
        await page.GoStaticAsync("/datasets");
        await Assertions.Expect(page.Page.GetByRole(AriaRole.Heading, new() { Name = "Sign in" })).ToBeVisibleAsync();
        Assert.Empty(page.ConsoleErrors);
    }

    [Fact]
    public async Task SignIn_WrongPassword_SaysSoAndLocksAfterFive()
    {
        var name = await InviteAsync("locked.out");
        await using var page = await browser.OpenAsync();
        await page.GoStaticAsync("/sign-in");
        for (var attempt = 1; attempt < 5; attempt++)
        {
            await FillAsync(page, name, "not the password");
            await Assertions.Expect(page.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("is not right");
        }

        await FillAsync(page, name, "not the password");
        await Assertions.Expect(page.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("is locked");
        await FillAsync(page, name, BrowserFixture.AdminPassword);
        await Assertions.Expect(page.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("is locked");
    }

    [Fact]
    public async Task SignIn_UnknownName_SaysNoMoreThanAWrongPassword()
    {
        await using var page = await browser.OpenAsync();
        await page.GoStaticAsync("/sign-in");
        await FillAsync(page, "nobody.at.all", "some password");
        await Assertions.Expect(page.Page.GetByRole(AriaRole.Alert)).ToHaveTextAsync(new System.Text.RegularExpressions.Regex("The user name or the password is not right"));
    }

    [Fact]
    public async Task SignIn_ReturnAddressOfAnotherSite_IsNotFollowed()
    {
        await using var page = await browser.OpenAsync();
        await page.GoStaticAsync("/sign-in?returnUrl=https%3A%2F%2Fevil.example%2F");
        await FillAsync(page, "checkout-tester2", BrowserFixture.AdminPassword);
        await page.InteractiveAsync();
        Assert.Equal(page.Portal.Address.ToString(), page.Page.Url);
    }

    [Fact]
    public async Task TwoStep_TurnedOn_AsksForACodeAndTakesARecoveryCodeOnce()
    {
        var name = await InviteAsync("two.step");
        await using var page = await browser.OpenAsync();
        await page.SignInAsync(name, BrowserFixture.AdminPassword);
        await page.GoStaticAsync("/account/two-factor");
        var key = (await page.Page.Locator("#authenticator-key").InnerTextAsync()).Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant();
        await Assertions.Expect(page.Page.Locator(".qr svg")).ToBeVisibleAsync();
        await page.AssertAccessibleAsync();
        await page.Page.GetByLabel("Code", new() { Exact = true }).FillAsync(Totp.Code(key, TimeProvider.System.GetUtcNow()));
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Turn on" }).ClickAsync();
        var codes = page.Page.Locator(".codes li");
        await Assertions.Expect(codes).ToHaveCountAsync(10);
        var recovery = await codes.First.InnerTextAsync();

        await using var second = await browser.OpenAsync();
        await second.GoStaticAsync("/sign-in");
        await FillAsync(second, name, BrowserFixture.AdminPassword);
        await Expect(second.Page).ToHaveURLAsync(new Regex("/sign-in/two-factor"), new() { Timeout = 15_000 });
        await second.AssertAccessibleAsync();
        await second.Page.GetByLabel("Code", new() { Exact = true }).FillAsync("000000");
        await second.Page.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();
        await Assertions.Expect(second.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("not right");
        await second.Page.GetByRole(AriaRole.Link, new() { Name = "Use a recovery code" }).ClickAsync();
        await second.Page.GetByLabel("Recovery code").FillAsync(recovery);
        await second.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await second.InteractiveAsync();

        await using var third = await browser.OpenAsync();
        await third.GoStaticAsync("/sign-in");
        await FillAsync(third, name, BrowserFixture.AdminPassword);
        await Expect(third.Page).ToHaveURLAsync(new Regex("/sign-in/two-factor"), new() { Timeout = 15_000 });
        await third.GoStaticAsync("/sign-in/recovery-code");
        await third.Page.GetByLabel("Recovery code").FillAsync(recovery);
        await third.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Assertions.Expect(third.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("used before");
        await third.GoStaticAsync("/sign-in/two-factor");
        await third.Page.GetByLabel("Code", new() { Exact = true }).FillAsync(Totp.Code(key, TimeProvider.System.GetUtcNow()));
        await third.Page.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();
        await third.InteractiveAsync();
    }

    [Fact]
    public async Task TwoStep_OnlyLookedAt_LeavesOtherSessionsAlone()
    {
        var name = await InviteAsync("only.looked");
        await using var other = await browser.OpenAsync();
        await other.SignInAsync(name, BrowserFixture.AdminPassword);
        await using var page = await browser.OpenAsync();
        await page.SignInAsync(name, BrowserFixture.AdminPassword);
        await page.GoStaticAsync("/account/two-factor");
        var key = await page.Page.Locator("#authenticator-key").InnerTextAsync();
        await page.GoStaticAsync("/account/two-factor");
        await Assertions.Expect(page.Page.Locator("#authenticator-key")).ToHaveTextAsync(key);

        // Whoever is signed in is sent on from here; whose session has ended stays.
        await other.GoStaticAsync("/sign-in");
        await other.InteractiveAsync();
    }

    [Fact]
    public async Task Password_Changed_SignsInWithTheNewOneOnly()
    {
        var name = await InviteAsync("new.password");
        await using var page = await browser.OpenAsync();
        await page.SignInAsync(name, BrowserFixture.AdminPassword);
        await page.GoStaticAsync("/account/password");
        await page.Page.GetByLabel("Current password").FillAsync(BrowserFixture.AdminPassword);
        await page.Page.GetByLabel("New password").FillAsync("short");
        await page.Page.GetByLabel("The same again").FillAsync("short");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Change password" }).ClickAsync();
        await Assertions.Expect(page.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("10 characters");
        await page.Page.GetByLabel("Current password").FillAsync(BrowserFixture.AdminPassword);
        await page.Page.GetByLabel("New password").FillAsync("another long one");
        await page.Page.GetByLabel("The same again").FillAsync("another long one");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Change password" }).ClickAsync();
        await Assertions.Expect(page.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("was changed");

        await using var again = await browser.OpenAsync();
        await again.GoStaticAsync("/sign-in");
        await FillAsync(again, name, BrowserFixture.AdminPassword);
        await Assertions.Expect(again.Page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await FillAsync(again, name, "another long one");
        await again.InteractiveAsync();
    }

    [Theory]
    [InlineData("/sign-in", false)]
    [InlineData("/sign-in", true)]
    [InlineData("/not-found", false)]
    [InlineData("/welcome?user=00000000000000000000000000000001&code=x", false)]
    public async Task PagesForTheSignedOut_HaveNoSeriousViolations(string path, bool dark)
    {
        await using var page = await browser.OpenAsync(dark: dark);
        await page.GoStaticAsync(path);
        await page.AssertAccessibleAsync();
    }

    /// <summary>Makes an account of its own for a test that locks or changes it.</summary>
    private Task<string> InviteAsync(string prefix) => Invitations.AcceptAsync(browser, prefix);

    private static async Task FillAsync(PortalPage page, string user, string password)
    {
        await page.Page.GetByLabel("User name").FillAsync(user);
        await page.Page.GetByLabel("Password", new() { Exact = true }).FillAsync(password);
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
    }
}
