using System.Text.RegularExpressions;
using Deque.AxeCore.Commons;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace TdmPortal.Tests.Browser;

/// <summary>A browser page on the portal, with the few moves that most tests make.</summary>
public sealed class PortalPage(IBrowserContext context, IPage page, PortalProcess portal) : IAsyncDisposable
{
    private static readonly string Axe = new BundledAxeScriptProvider().GetScript();

    private readonly List<string> consoleErrors = Listen(page);

    /// <summary>Playwright's page.</summary>
    public IPage Page => page;

    /// <summary>The portal that it is on.</summary>
    public PortalProcess Portal => portal;

    /// <summary>Errors that the browser's console showed; a test of a page ends by asserting that there are none.</summary>
    public IReadOnlyList<string> ConsoleErrors => consoleErrors;

    /// <summary>Opens an address of the portal and waits until its circuit answers.</summary>
    public async Task GoAsync(string path)
    {
        await page.GotoAsync(path);
        await InteractiveAsync();
    }

    /// <summary>Opens a page that has no circuit: signing in and the like are plain forms.</summary>
    public Task GoStaticAsync(string path) => page.GotoAsync(path);

    /// <summary>Opens a list and follows the first link in it that matches.</summary>
    public async Task FollowFirstAsync(string list, string selector)
    {
        await GoAsync(list);
        var link = page.Locator(selector).First;
        await link.WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await GoAsync((await link.GetAttributeAsync("href"))!);
    }

    /// <summary>Waits until nothing on the page says that it is still loading.</summary>
    public Task SettleAsync() => page.WaitForFunctionAsync("() => !document.querySelector('[aria-busy=true]')");

    /// <summary>Waits until the page is interactive: the layout marks the body once its circuit is up.</summary>
    public Task InteractiveAsync() => page.Locator("[data-interactive=true]").First.WaitForAsync(new() { State = WaitForSelectorState.Attached });

    public async Task SignInAsync(string user, string password)
    {
        await page.GotoAsync("/sign-in");
        await page.GetByLabel("User name").FillAsync(user);
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await Expect(page).Not.ToHaveURLAsync(new Regex("/sign-in"), new() { Timeout = 15_000 });
    }

    /// <summary>Fails when axe-core finds a serious or critical violation on the page as it stands.</summary>
    /// <param name="contrastOnly">The page was looked at already, in another light.</param>
    public async Task AssertAccessibleAsync(bool contrastOnly = false)
    {
        // A dialog that is still fading in has other colours than it will have.
        await page.EvaluateAsync("() => Promise.all(document.getAnimations().filter(one => one.effect?.getTiming().iterations !== Infinity).map(one => one.finished.catch(() => null))).then(() => null)");
        // Before the icons' font is there their names are text, and count as words of a button.
        await page.EvaluateAsync("() => document.fonts.ready.then(() => true)");
        // Not by the package's own runner: it opens another page and sends the whole script twice, for each look.
        if (!await page.EvaluateAsync<bool>("() => typeof axe === 'object'"))
            await page.EvaluateAsync(Axe);
        var violations = await page.EvaluateAsync<string[]>("""
            async rules => {
                const found = await axe.run(document, { resultTypes: ['violations'], ...(rules && { runOnly: rules }) });
                return found.violations.filter(one => one.impact === 'serious' || one.impact === 'critical')
                    .flatMap(one => one.nodes.map(node => `${one.id} (${one.impact}): ${node.target}: ${node.html.slice(0, 300)}`));
            }
            """, contrastOnly ? new[] { "color-contrast" } : null);
        // One a line and whole: a collection in an assertion is cut off before the markup that is at fault.
        if (violations.Length > 0)
            Assert.Fail($"{new Uri(page.Url).AbsolutePath} is not accessible:{Environment.NewLine}{string.Join(Environment.NewLine, violations)}");
    }

    public async ValueTask DisposeAsync() => await context.DisposeAsync();

    private static List<string> Listen(IPage page)
    {
        var errors = new List<string>();
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
                errors.Add(message.Text);
        };
        page.PageError += (_, error) => errors.Add(error);
        return errors;
    }
}
