using Xunit;
using Xunit.Sdk;

namespace TdmPortal.Tests.Browser;

/// <summary>What the other tests rely on when they say that a page is accessible.</summary>
[Collection(BrowserTests.Name)]
public sealed class AccessibilityTests(BrowserFixture browser)
{
    [Fact]
    public async Task AssertAccessible_OfAPageWithFaults_NamesThem()
    {
        await using var portal = await browser.OpenAsync();
        await portal.GoStaticAsync("/sign-in");
        await portal.AssertAccessibleAsync();

        await portal.Page.EvaluateAsync("() => { document.body.innerHTML = '<main><button></button><p style=\"color: #999; background: #fff\">faint</p></main>' }");

        var all = await Assert.ThrowsAsync<FailException>(() => portal.AssertAccessibleAsync());
        Assert.Contains("button-name (critical): button: <button></button>", all.Message, StringComparison.Ordinal);
        Assert.Contains("color-contrast (serious): p: ", all.Message, StringComparison.Ordinal);
        var contrast = await Assert.ThrowsAsync<FailException>(() => portal.AssertAccessibleAsync(contrastOnly: true));
        Assert.DoesNotContain("button-name", contrast.Message, StringComparison.Ordinal);
    }
}
