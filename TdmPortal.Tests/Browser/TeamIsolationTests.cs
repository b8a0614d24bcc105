using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace TdmPortal.Tests.Browser;

/// <summary>Who types the address of another team's work learns no more than that nothing is there.</summary>
[Collection(BrowserTests.Name)]
public sealed class TeamIsolationTests(BrowserFixture browser)
{
    [Theory]
    [Trait("Requirement", "D9")]
    [InlineData("/datasets", "main a.cover[href^='/datasets/']", "/api/v1{0}/export?format=csv")]
    [InlineData("/schemas", "main a.cover[href^='/schemas/']", "{0}/file")]
    [InlineData("/jobs", "main a[href^='/jobs/']", null)]
    public async Task OtherTeams_TypedAddress_IsNotFound(string list, string link, string? file)
    {
        await browser.DemoIsReadyAsync();
        string address;
        await using (var owner = await browser.SignInAsync("billing-lead"))
        {
            await owner.GoAsync(list);
            address = (await owner.Page.Locator(link).First.GetAttributeAsync("href"))!;
            await owner.GoAsync(address);
            await Expect(owner.Page.GetByRole(AriaRole.Heading, new() { Name = "Not found" })).ToHaveCountAsync(0);
        }

        await using var stranger = await browser.SignInAsync("checkout-tester1");
        await stranger.GoAsync(address);
        await Expect(stranger.Page.GetByRole(AriaRole.Heading, new() { Name = "Not found" })).ToBeVisibleAsync();
        await stranger.GoAsync(list);
        await stranger.SettleAsync();
        await Expect(stranger.Page.Locator($"a[href='{address}']")).ToHaveCountAsync(0);

        if (file is null)
            return;
        var answer = await stranger.Page.APIRequest.GetAsync(string.Format(System.Globalization.CultureInfo.InvariantCulture, file, address));
        Assert.Equal(404, answer.Status);
        Assert.StartsWith("application/problem+json", answer.Headers["content-type"], StringComparison.Ordinal);
        Assert.Equal("access.not_found", (await answer.JsonAsync())!.Value.GetProperty("errorCode").GetString());
    }
}
