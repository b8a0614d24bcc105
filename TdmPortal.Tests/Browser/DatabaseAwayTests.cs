using System.Net;
using Microsoft.Playwright;
using TdmPortal.Tests.Server;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace TdmPortal.Tests.Browser;

/// <summary>PostgreSQL goes and comes back while the portal runs and people have it open.</summary>
[Collection(BrowserTests.Name)]
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class DatabaseAwayTests(BrowserFixture browser, OwnServer server) : IClassFixture<OwnServer>
{
    private const string Said = "The portal's database cannot be reached just now.";

    [Fact]
    public async Task Pages_WhileTheDatabaseIsAway_SaySoAndRecoverWithoutARestart()
    {
        await using var portal = await PortalProcess.StartAsync(BrowserFixture.Settings(server.NewDatabase()), TestContext.Current.CancellationToken);
        await using var page = await browser.OpenAsync(portal);
        await page.SignInAsync("checkout-lead", BrowserFixture.AdminPassword);
        await page.GoAsync("/schemas");
        await Expect(page.Page.Locator("main a[href^='/schemas/']").First).ToBeVisibleAsync();

        await server.StopAsync();
        // An open page, by its circuit.
        foreach (var name in new[] { "Datasets", "Jobs", "Schemas" })
        {
            await page.Page.GetByRole(AriaRole.Navigation, new() { Name = "Portal" }).GetByRole(AriaRole.Link, new() { Name = name }).ClickAsync();
            await Expect(page.Page.GetByRole(AriaRole.Heading, new() { Name = name, Level = 1 })).ToBeVisibleAsync();
            await Expect(page.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync(Said);
        }

        await page.AssertAccessibleAsync();
        // A new one, programs, and who watches the portal.
        await using var late = await browser.OpenAsync(portal);
        await late.Page.GotoAsync("/sign-in");
        await late.Page.GetByLabel("User name").FillAsync("checkout-lead");
        await late.Page.GetByLabel("Password", new() { Exact = true }).FillAsync(BrowserFixture.AdminPassword);
        await late.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await Expect(late.Page.GetByText(Said)).ToBeVisibleAsync();
        using var client = new HttpClient { BaseAddress = portal.Address };
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await StatusAsync("health/ready"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync("health/live"));

        await server.StartAsync();
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Try again" }).ClickAsync();
        await Expect(page.Page.Locator("main a[href^='/schemas/']").First).ToBeVisibleAsync();
        await Expect(page.Page.GetByRole(AriaRole.Alert)).ToHaveCountAsync(0);
        await late.SignInAsync("checkout-lead", BrowserFixture.AdminPassword);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync("health/ready"));

        async Task<HttpStatusCode> StatusAsync(string path)
        {
            using var answer = await client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
            return answer.StatusCode;
        }
    }
}
