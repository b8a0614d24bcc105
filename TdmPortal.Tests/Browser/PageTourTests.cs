using Microsoft.Playwright;
using TdmPortal.Tests.Testing;
using Xunit;

namespace TdmPortal.Tests.Browser;

/// <summary>
/// Every page in its full state, by day and by night, on a desk and on a phone: accessible, without an error in the
/// console, no wider than the screen. ./screenshots runs this and keeps the pictures in docs/screenshots.
/// </summary>
[Collection(BrowserTests.Name)]
public class PageTourTests(BrowserFixture browser)
{
    private static readonly string? Pictures = Environment.GetEnvironmentVariable("PORTAL_SCREENSHOTS");

    /// <summary>Name of the picture, who looks, and the moves that lead to the page.</summary>
    private static readonly (string Name, string? User, Func<PortalPage, Task> Go)[] Stops =
    [
        ("sign-in", null, page => page.GoStaticAsync("/sign-in")),
        ("home", "checkout-lead", page => page.GoAsync("/")),
        ("schemas", "checkout-lead", page => page.GoAsync("/schemas")),
        ("new-schema", "checkout-lead", page => page.GoAsync("/schemas/new")),
        ("designer", "checkout-lead", page => page.FollowFirstAsync("/schemas", "main a[href^='/schemas/']:not([href$='/new'])")),
        ("datasets", "checkout-lead", page => page.GoAsync("/datasets")),
        ("generate", "checkout-lead", page => page.GoAsync("/datasets/generate")),
        ("dataset", "checkout-lead", page => page.FollowFirstAsync("/datasets", "main a[href^='/datasets/']:not([href*='/generate'])")),
        ("jobs", "checkout-lead", page => page.GoAsync("/jobs")),
        ("users", "admin", page => page.GoAsync("/admin/users")),
        ("teams", "admin", page => page.GoAsync("/admin/teams")),
        ("audit", "admin", AuditAsync),
        ("storage", "admin", StorageAsync),
    ];

    /// <summary>Views of those pages and small pages: seen by day on a desk and by night on a phone.</summary>
    private static readonly (string Name, string? User, Func<PortalPage, Task> Go)[] SideStops =
    [
        ("diagram", "checkout-lead", page => DesignerAsync(page, "Diagram")),
        ("keys-and-rules", "checkout-lead", page => DesignerAsync(page, "Entity")),
        ("json", "checkout-lead", page => DesignerAsync(page, "Json")),
        ("history", "checkout-lead", page => DesignerAsync(page, "History")),
        ("samples", "checkout-lead", page => page.GoAsync("/schemas?samples=true")),
        ("job", "checkout-lead", page => page.FollowFirstAsync("/jobs", "main a[href^='/jobs/']")),
        ("versions", "checkout-lead", page => VersionsAsync(page, "versions")),
        ("compare-nothing", "checkout-lead", page => VersionsAsync(page, "compare")),
        ("quality-report", "checkout-lead", page => VersionsAsync(page, "quality")),
        ("quality-columns", "checkout-lead", page => VersionsAsync(page, "quality?section=columns")),
        ("quality-rules", "checkout-lead", QualityRulesAsync),
        ("quality", "admin", page => page.GoAsync("/quality")),
        ("personal-data", "checkout-lead", page => page.GoAsync("/personal-data")),
        ("masking", "checkout-lead", page => page.GoAsync("/masking")),
        ("sources", "admin", page => page.GoAsync("/sources")),
        ("import", "checkout-lead", page => page.GoAsync("/import")),
        ("import-files", "checkout-lead", ImportFilesAsync),
        ("scratch", "checkout-tester1", ScratchAsync),
        ("overrides", "mobile-lead", OverridesAsync),
        ("what-changes", "mobile-tester1", WhatChangesAsync),
        ("reviews", "mobile-lead", page => page.GoAsync("/reviews")),
        ("refresh", "mobile-lead", page => page.GoAsync("/refresh")),
        ("refresh-schedule", "mobile-lead", RefreshScheduleAsync),
        ("refresh-runs", "mobile-lead", page => page.FollowFirstAsync("/refresh", "tr[data-schedule] a[href*='/runs?run=']")),
        ("refresh-calendar", "mobile-lead", page => page.GoAsync("/refresh/calendar?view=month&day=2026-01-15")),
        ("team", "checkout-lead", page => page.FollowFirstAsync("/", "nav a[href^='/teams/']")),
        ("team-audit", "checkout-lead", TeamAuditAsync),
        ("notifications", "checkout-tester2", NotificationsAsync),
        ("told", "checkout-lead", page => page.GoAsync("/account/notifications")),
        ("mail-and-webhooks", "admin", page => page.GoAsync("/admin/notifications")),
        ("webhook", "checkout-lead", WebhookAsync),
        ("account", "checkout-lead", page => page.GoStaticAsync("/account")),
        ("password", "checkout-lead", page => page.GoStaticAsync("/account/password")),
        ("two-factor", "checkout-lead", page => page.GoStaticAsync("/account/two-factor")),
        ("not-found", "checkout-lead", page => page.GoStaticAsync("/not-found")),
        ("welcome-expired", null, page => page.GoStaticAsync("/welcome?user=0&code=0")),
    ];

    public static TheoryData<string> Names() => [.. Stops.Concat(SideStops).Select(stop => stop.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Page_ByDayAndNightOnDeskAndPhone_IsAccessibleAndFits(string name)
    {
        await browser.DemoIsReadyAsync();
        await LookAsync(name, async page =>
        {
            await SeeBothAsync(page, name);
            // Night on the desk is another light on what was there by day.
            if (Stops.Any(stop => stop.Name == name))
                await SeeAsync(page, name, phone: false, dark: true, contrastOnly: true);
        });
    }

    private async Task LookAsync(string name, Func<PortalPage, Task> see)
    {
        var (_, user, go) = Stops.Concat(SideStops).Single(stop => stop.Name == name);
        if (name.StartsWith("refresh", StringComparison.Ordinal))
            await RefreshDemo.AddAsync(browser, "mobile");
        await using var page = user is null ? await browser.OpenAsync() : await browser.SignInAsync(user);
        if (name == "notifications")
            await browser.ExecuteAsync($"do $$ begin if not exists (select from portal.notice where title like 'Payments%') then {NotificationTests.Samples} end if; end $$");
        await go(page);
        await page.SettleAsync();
        await see(page);
        Assert.Empty(page.ConsoleErrors);
    }

    /// <summary>Looks at a page as it stands by day on a desk, then by night on a phone; afterwards it is as it was.</summary>
    internal static async Task SeeBothAsync(PortalPage page, string name)
    {
        await page.SettleAsync();
        await SeeAsync(page, name, phone: false, dark: false);
        await page.Page.SetViewportSizeAsync(390, 844);
        await SeeAsync(page, name, phone: true, dark: true);
        await page.Page.SetViewportSizeAsync(1440, 900);
        await page.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
    }

    private static async Task SeeAsync(PortalPage page, string name, bool phone, bool dark, bool contrastOnly = false)
    {
        await page.Page.EmulateMediaAsync(new() { ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light });
        await KeepPictureAsync(page.Page, $"{name}{(phone ? "-phone" : "")}-{(dark ? "dark" : "light")}.png");
        await page.AssertAccessibleAsync(contrastOnly);
        var overflow = await page.Page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        if (overflow > 0)
        {
            var culprits = await page.Page.EvaluateAsync<string>("[...document.querySelectorAll('main *')].filter(one => one.getBoundingClientRect().right > document.documentElement.clientWidth && !one.closest('.table-wrap')).map(one => `${one.tagName.toLowerCase()}.${one.className}`).slice(-3).join(', ')");
            Assert.Fail($"{name} is {overflow} px wider than a screen of {(phone ? 390 : 1440)} px: {culprits}");
        }
    }

    /// <summary>With a file that was looked into.</summary>
    private static async Task ImportFilesAsync(PortalPage page)
    {
        await page.GoAsync("/import?from=files");
        await page.Page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = "people.csv", MimeType = "text/csv", Buffer = System.Text.Encoding.UTF8.GetBytes("id;e-mail;joined\n" + string.Concat(Enumerable.Range(1, 50).Select(n => $"{n};p{n}@example.org;2026-01-{1 + (n % 28):00}\n")) + "broken\n") });
        await Assertions.Expect(page.Page.GetByText("1 line is no row")).ToBeVisibleAsync();
    }

    private static async Task StorageAsync(PortalPage page)
    {
        await page.GoAsync("/admin/storage");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Datasets", Exact = true }).ClickAsync();
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Look for orphans" }).ClickAsync();
        await Assertions.Expect(page.Page.GetByText("There are no orphans.")).ToBeVisibleAsync();
    }

    /// <summary>With the bell's panel open.</summary>
    private static async Task NotificationsAsync(PortalPage page)
    {
        await page.GoAsync("/notifications");
        await Assertions.Expect(page.Page.Locator("main [data-notice]").Filter(new() { HasText = "Payments could not be refreshed" })).ToBeVisibleAsync();
        await page.Page.Locator(".bell").ClickAsync();
        await Assertions.Expect(page.Page.Locator("#notice-menu [data-notice]").Filter(new() { HasText = "Payments could not be refreshed" })).ToBeVisibleAsync();
    }

    /// <summary>With one that cannot be delivered, which the first look makes.</summary>
    private static async Task WebhookAsync(PortalPage page)
    {
        await page.FollowFirstAsync("/", "nav a[href^='/teams/']");
        await page.GoAsync(new Uri(page.Page.Url).AbsolutePath + "/webhooks");
        await page.SettleAsync();
        if (await page.Page.Locator("[data-webhook]").CountAsync() == 0)
        {
            await page.Page.GetByRole(AriaRole.Button, new() { Name = "New webhook" }).ClickAsync();
            await page.Page.GetByLabel("Name", new() { Exact = true }).FillAsync("Chat");
            await page.Page.GetByLabel("Address").FillAsync("https://localhost:1/hook");
            await page.Page.GetByRole(AriaRole.Button, new() { Name = "Make it" }).ClickAsync();
            await page.Page.GetByRole(AriaRole.Button, new() { Name = "Done" }).ClickAsync();
            await page.Page.GetByRole(AriaRole.Link, new() { Name = "Chat", Exact = true }).ClickAsync();
            await page.Page.GetByRole(AriaRole.Button, new() { Name = "Send a test" }).First.ClickAsync();
        }
        else
        {
            await page.Page.GetByRole(AriaRole.Link, new() { Name = "Chat", Exact = true }).ClickAsync();
        }

        await page.Page.Locator("[data-delivery] summary").ClickAsync();
        await Assertions.Expect(page.Page.GetByText("private or reserved address range").First).ToBeVisibleAsync();
    }

    /// <summary>With what a run does opened.</summary>
    private static async Task RefreshScheduleAsync(PortalPage page)
    {
        await page.FollowFirstAsync("/refresh", "tr[data-schedule] a");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Change", Exact = true }).ClickAsync();
        await page.Page.GetByText("Others in every run").ClickAsync();
    }

    private static async Task TeamAuditAsync(PortalPage page)
    {
        await page.FollowFirstAsync("/", "nav a[href^='/teams/']");
        await page.GoAsync(new Uri(page.Page.Url).AbsolutePath + "/audit");
    }

    private static async Task AuditAsync(PortalPage page)
    {
        await page.GoAsync("/admin/audit?action=team.member_added");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Details of record" }).First.ClickAsync();
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Check the chain" }).ClickAsync();
        await Assertions.Expect(page.Page.GetByText("The chain is whole.")).ToBeVisibleAsync();
    }

    private static async Task VersionsAsync(PortalPage page, string part)
    {
        await page.FollowFirstAsync("/datasets", "main a[href^='/datasets/']:not([href*='/generate'])");
        await page.GoAsync(new Uri(page.Page.Url).AbsolutePath + "/" + part);
    }

    /// <summary>With a rule that is being written, and what it finds.</summary>
    private static async Task QualityRulesAsync(PortalPage page)
    {
        await page.FollowFirstAsync("/schemas", "main a[href^='/schemas/']:not([href$='/new'])");
        await page.GoAsync(new Uri(page.Page.Url).AbsolutePath + "/quality?new=true");
        await Assertions.Expect(page.Page.Locator(".trial-words")).ToBeVisibleAsync();
    }

    /// <summary>With a copy, which the first look makes.</summary>
    private static async Task ScratchAsync(PortalPage page)
    {
        await page.GoAsync("/scratch");
        if (await page.Page.Locator("[data-scratch]").CountAsync() > 0)
            return;
        await VersionsAsync(page, "versions");
        await EnvironmentTests.MakeScratchCopyAsync(page.Page, "Try the new import");
        await page.Page.GetByRole(AriaRole.Link, new() { Name = "All scratch copies" }).ClickAsync();
        await Assertions.Expect(page.Page.Locator("[data-scratch]")).ToHaveCountAsync(1);
    }

    /// <summary>With one, which the first look makes.</summary>
    private static async Task OverridesAsync(PortalPage page)
    {
        await page.FollowFirstAsync("/schemas", "main a[href^='/schemas/']:not([href$='/new'])");
        await page.GoAsync(new Uri(page.Page.Url).AbsolutePath + "/overrides");
        if (await page.Page.Locator("[data-override]").CountAsync() == 0)
            await SchemaSharingTests.OverrideRowsAsync(page.Page, "1,234", "A phone has room for few");
    }

    /// <summary>What an override would change, which is not set.</summary>
    private static async Task WhatChangesAsync(PortalPage page)
    {
        await page.FollowFirstAsync("/schemas", "main a[href^='/schemas/']:not([href$='/new'])");
        await page.GoAsync(new Uri(page.Page.Url).AbsolutePath + "/overrides");
        await page.Page.GetByLabel("What", new() { Exact = true }).SelectOptionAsync(new SelectOptionValue { Index = 2 });
        await page.Page.GetByLabel("Null %").FillAsync("50");
        await page.Page.GetByLabel("Why").FillAsync("Half have none");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Override", Exact = true }).ClickAsync();
        await Assertions.Expect(page.Page.Locator("[data-change-preview='ready'] [data-changed]").First).ToBeVisibleAsync();
    }

    private static async Task DesignerAsync(PortalPage page, string view)
    {
        await page.FollowFirstAsync("/schemas", "main a[href^='/schemas/']:not([href$='/new'])");
        await page.Page.Locator($"#tab-{view}").ClickAsync();
        await Assertions.Expect(page.Page.Locator($"#tab-{view}")).ToHaveAttributeAsync("aria-selected", "true");
    }

    /// <summary>Where pictures are asked for; notices of a moment are left out.</summary>
    internal static Task KeepPictureAsync(IPage page, string file) => Pictures is null
        ? Task.CompletedTask
        : page.ScreenshotAsync(new() { Path = Path.Combine(Repository.Root, Pictures, file), Animations = ScreenshotAnimations.Disabled, Style = ".rz-notification { display: none; }" });
}
