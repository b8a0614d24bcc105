using Microsoft.Playwright;
using Xunit;

namespace TdmPortal.Tests.Browser.Teams;

/// <summary>Teams, who is in them, and that one does not see another.</summary>
[Collection(BrowserTests.Name)]
[Trait("Requirement", "D4")]
public class TeamTests(BrowserFixture browser)
{
    [Fact]
    public async Task Switcher_AnotherTeam_ShowsThatTeamsHome()
    {
        await using var page = await browser.OpenAsync();
        await page.SignInAsync("admin", BrowserFixture.AdminPassword);
        await page.InteractiveAsync();
        foreach (var team in new[] { "Mobile", "Checkout" })
        {
            await page.Page.GetByRole(AriaRole.Button, new() { Name = "Switch team" }).ClickAsync();
            await page.Page.Locator("#team-menu").GetByRole(AriaRole.Button, new() { Name = team }).ClickAsync();
            await Assertions.Expect(page.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync($"{team} at a glance");
        }
    }

    [Fact]
    public async Task Team_OfOthers_ByTypedAddress_IsNotFound()
    {
        await using var lead = await browser.SignInAsync("billing-lead");
        await lead.GoAsync("/");
        await lead.Page.GetByRole(AriaRole.Link, new() { Name = "Team", Exact = true }).ClickAsync();
        await Assertions.Expect(lead.Page.GetByRole(AriaRole.Table)).ToContainTextAsync("billing-tester1");
        var address = new Uri(lead.Page.Url).PathAndQuery;

        await using var stranger = await browser.SignInAsync("checkout-tester1");
        await stranger.GoAsync(address);
        await Assertions.Expect(stranger.Page.GetByRole(AriaRole.Heading, new() { Name = "Not found" })).ToBeVisibleAsync();
        await Assertions.Expect(stranger.Page.GetByText("billing-tester1")).Not.ToBeVisibleAsync();
    }

    [Fact]
    public async Task Members_AreManagedByTheLead_AndNotByATester()
    {
        await using var lead = await browser.SignInAsync("mobile-lead");
        await lead.GoAsync("/");
        await lead.Page.GetByRole(AriaRole.Link, new() { Name = "Team", Exact = true }).ClickAsync();
        await lead.Page.GetByRole(AriaRole.Button, new() { Name = "Add member" }).ClickAsync();
        var dialog = lead.Page.GetByRole(AriaRole.Dialog, new() { Name = "Add a member" });
        await dialog.GetByLabel("User name or e-mail address").FillAsync("checkout-tester2");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Add", Exact = true }).ClickAsync();
        var row = lead.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = "checkout-tester2" });
        await Assertions.Expect(row).ToBeVisibleAsync();
        await row.GetByRole(AriaRole.Button, new() { Name = "Remove checkout-tester2" }).ClickAsync();
        await Assertions.Expect(row).Not.ToBeVisibleAsync();
        await lead.AssertAccessibleAsync();

        await using var tester = await browser.SignInAsync("mobile-tester1");
        await tester.GoAsync(new Uri(lead.Page.Url).PathAndQuery);
        await Assertions.Expect(tester.Page.GetByRole(AriaRole.Table)).ToContainTextAsync("mobile-lead");
        await Assertions.Expect(tester.Page.GetByRole(AriaRole.Button, new() { Name = "Add member" })).Not.ToBeVisibleAsync();
        await Assertions.Expect(tester.Page.GetByRole(AriaRole.Combobox)).Not.ToBeVisibleAsync();
    }

    [Fact]
    [Trait("Requirement", "D9")]
    public async Task Quota_SetByAnAdministrator_IsAGaugeAndStopsTheClick()
    {
        await browser.DemoIsReadyAsync();
        await using var admin = await browser.OpenAsync();
        await admin.SignInAsync("admin", BrowserFixture.AdminPassword);
        await admin.GoAsync("/admin/teams");
        await admin.Page.GetByRole(AriaRole.Link, new() { Name = "Mobile" }).ClickAsync();
        await SetAsync("1,000", "2", "7");
        await Assertions.Expect(admin.Page.Locator("[data-use]").GetByRole(AriaRole.Meter, new() { Name = "Storage" })).ToHaveAttributeAsync("aria-valuetext", new System.Text.RegularExpressions.Regex(" of 2 GB$"));
        try
        {
            await using var lead = await browser.SignInAsync("mobile-lead");
            await lead.GoAsync("/datasets/generate");
            await Assertions.Expect(lead.Page.GetByRole(AriaRole.Meter, new() { Name = "Rows" })).ToHaveAttributeAsync("aria-valuetext", new System.Text.RegularExpressions.Regex(@" \+ [\d,]+ of 1,000$"));
            await Assertions.Expect(lead.Page.GetByText("This is more than the team may keep.")).ToBeVisibleAsync();
            await Assertions.Expect(lead.Page.GetByRole(AriaRole.Button, new() { Name = "Generate", Exact = true })).ToBeDisabledAsync();
            await lead.AssertAccessibleAsync();
        }
        finally
        {
            await SetAsync("", "", "");
        }

        async Task SetAsync(string rows, string gigabytes, string versions)
        {
            await admin.Page.GetByLabel("Most rows").FillAsync(rows);
            await admin.Page.GetByLabel("Most storage, in GB").FillAsync(gigabytes);
            await admin.Page.GetByLabel("Most versions").FillAsync(versions);
            await admin.Page.GetByRole(AriaRole.Button, new() { Name = "Set quotas" }).ClickAsync();
            await Assertions.Expect(admin.Page.GetByText("The quotas were set").First).ToBeVisibleAsync();
        }
    }

    [Fact]
    public async Task Settings_SavedByTheLead_DecideTheLocaleOfNewSchemas()
    {
        await using var lead = await browser.SignInAsync("mobile-lead");
        await lead.GoAsync("/");
        await lead.Page.GetByRole(AriaRole.Link, new() { Name = "Team", Exact = true }).ClickAsync();
        await lead.Page.GetByLabel("Locale of new schemas").SelectOptionAsync("ja");
        await lead.Page.GetByLabel("Whom to ask").FillAsync("Grace, grace@example.com");
        await lead.Page.GetByRole(AriaRole.Button, new() { Name = "Save settings" }).ClickAsync();
        await Assertions.Expect(lead.Page.GetByText("The team's settings were saved")).ToBeVisibleAsync();
        var address = new Uri(lead.Page.Url).PathAndQuery;

        await lead.GoAsync("/schemas/new");
        await lead.Page.Locator("section").Filter(new() { HasText = "One entity with a numbered key" }).GetByRole(AriaRole.Button, new() { Name = "Open in the designer" }).ClickAsync();
        await lead.Page.GetByTitle("Name, title and locale").ClickAsync();
        await Assertions.Expect(lead.Page.Locator("#ds-locale")).ToHaveValueAsync("ja");

        await using var tester = await browser.SignInAsync("mobile-tester1");
        await tester.GoAsync(address);
        await Assertions.Expect(tester.Page.GetByText("Grace, grace@example.com")).ToBeVisibleAsync();
        await Assertions.Expect(tester.Page.GetByText("Japanese (Japan)")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task NewTeam_CreatedByAnAdministrator_CanBeWorkedIn()
    {
        await using var admin = await browser.OpenAsync();
        await admin.SignInAsync("admin", BrowserFixture.AdminPassword);
        await admin.GoAsync("/admin/teams");
        await admin.Page.GetByRole(AriaRole.Button, new() { Name = "New team" }).First.ClickAsync();
        var dialog = admin.Page.GetByRole(AriaRole.Dialog, new() { Name = "New team" });
        await dialog.GetByLabel("Name", new() { Exact = true }).FillAsync("Search & Find");
        await dialog.GetByLabel("Key").ClickAsync();
        await Assertions.Expect(dialog.GetByLabel("Key")).ToHaveValueAsync("searchfind");
        await dialog.GetByLabel("Time zone").FillAsync("Nowhere/Atlantis");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Create team" }).ClickAsync();
        await Assertions.Expect(dialog.GetByText("No such time zone")).ToBeVisibleAsync();
        await dialog.GetByLabel("Time zone").FillAsync("Europe/Lisbon");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Create team" }).ClickAsync();
        await Assertions.Expect(admin.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Search & Find");
        await Assertions.Expect(admin.Page.GetByRole(AriaRole.Heading, new() { Name = "Nobody is in this team" })).ToBeVisibleAsync();
    }
}
