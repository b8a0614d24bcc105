using Microsoft.Playwright;
using Xunit;

namespace TdmPortal.Tests.Browser.Layout;

/// <summary>What is around every page: theme, menu, keys.</summary>
[Collection(BrowserTests.Name)]
public class LayoutTests(BrowserFixture browser)
{
    private const string Ground = "() => getComputedStyle(document.body).backgroundColor";

    [Fact]
    public async Task Theme_FollowsTheSystemAndThenTheChoice_AlsoAfterAReload()
    {
        await using var page = await browser.SignInAsync("checkout-tester1", dark: true);
        await page.GoAsync("/");
        var dark = await page.Page.EvaluateAsync<string>(Ground);
        await page.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        var light = await page.Page.EvaluateAsync<string>(Ground);
        Assert.NotEqual(dark, light);

        var next = page.Page.GetByRole(AriaRole.Button, new() { Name = "Change between light, dark" });
        await next.ClickAsync();
        Assert.Equal("light", await page.Page.EvaluateAsync<string>("() => document.documentElement.dataset.theme"));
        await next.ClickAsync();
        Assert.Equal(dark, await page.Page.EvaluateAsync<string>(Ground));
        await page.GoAsync("/");
        Assert.Equal(dark, await page.Page.EvaluateAsync<string>(Ground));
    }

    [Fact]
    public async Task Palette_ByKeyboard_GoesToAPage()
    {
        await using var page = await browser.SignInAsync("checkout-tester1");
        await page.GoAsync("/");
        await page.Page.Keyboard.PressAsync("Control+k");
        var input = page.Page.GetByRole(AriaRole.Combobox, new() { Name = "Go to" });
        await Assertions.Expect(input).ToBeFocusedAsync();
        await page.AssertAccessibleAsync();
        await input.FillAsync("team mem");
        await Assertions.Expect(page.Page.GetByRole(AriaRole.Option, new() { Name = "Team members" })).ToBeVisibleAsync();
        await page.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Checkout");
        await page.Page.Keyboard.PressAsync("?");
        await Assertions.Expect(page.Page.GetByRole(AriaRole.Heading, new() { Name = "Keys", Exact = true })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Menu_OnAPhone_OpensGoesAndCloses()
    {
        await using var page = await browser.SignInAsync("checkout-tester1", width: 390, height: 844, touch: true);
        await page.GoAsync("/");
        var link = page.Page.GetByRole(AriaRole.Navigation, new() { Name = "Portal" }).GetByRole(AriaRole.Link, new() { Name = "Team", Exact = true });
        await Assertions.Expect(link).Not.ToBeVisibleAsync();
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Menu", Exact = true }).ClickAsync();
        await link.ClickAsync();
        await Assertions.Expect(page.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Checkout");
        await Assertions.Expect(link).Not.ToBeVisibleAsync();
    }

    [Fact]
    public async Task Skip_IsTheFirstStopOfTheKeyboard_AndLeadsToTheContent()
    {
        await using var page = await browser.SignInAsync("checkout-tester1");
        await page.GoAsync("/");
        // A page opened puts the focus on its heading; this is somebody who begins at the top.
        await page.Page.EvaluateAsync("() => { document.body.tabIndex = -1; document.body.focus(); }");
        await page.Page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(page.Page.GetByRole(AriaRole.Link, new() { Name = "Skip to content" })).ToBeFocusedAsync();
        await page.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Page.Locator("#main")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Settings_TimeZone_IsUsedEverywhere()
    {
        await using var page = await browser.SignInAsync("mobile-tester2");
        await page.GoStaticAsync("/account");
        await page.AssertAccessibleAsync();
        await page.Page.GetByLabel("Time zone").SelectOptionAsync("Asia/Kolkata");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Assertions.Expect(page.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("Saved");
        await page.GoAsync("/");
        await page.Page.GetByRole(AriaRole.Link, new() { Name = "Team", Exact = true }).ClickAsync();
        await Assertions.Expect(page.Page.Locator("td time").First).ToHaveAttributeAsync("title", new System.Text.RegularExpressions.Regex(@"UTC\+05:30"));
    }

    [Fact]
    public async Task UnknownAddress_SignedIn_SaysThatNothingIsThere()
    {
        await using var page = await browser.SignInAsync("checkout-tester1");
        var answer = await page.Page.GotoAsync("/no/such/page");
        Assert.Equal(404, answer!.Status);
        await Assertions.Expect(page.Page.GetByRole(AriaRole.Heading, new() { Name = "There is nothing here" })).ToBeVisibleAsync();
    }
}
