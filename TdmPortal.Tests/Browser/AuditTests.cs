using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace TdmPortal.Tests.Browser;

/// <summary>What people do in the portal stands in the audit, and administrators and leads read it there.</summary>
[Collection(BrowserTests.Name)]
public sealed class AuditTests(BrowserFixture browser)
{
    [Fact]
    [Trait("Requirement", "D9")]
    public async Task WhatATesterLooksAtTakesAndMayNot_IsRead_ByTheLeadAndTheAdministrator()
    {
        await browser.DemoIsReadyAsync();
        await using (var tester = await browser.SignInAsync("mobile-tester2"))
        {
            await tester.FollowFirstAsync("/datasets", "main a[href^='/datasets/']:not([href*='/generate'])");
            await Expect(tester.Page.GetByRole(AriaRole.Grid)).ToBeVisibleAsync();
            var taken = await tester.Page.Context.APIRequest.GetAsync($"{new Uri(tester.Page.Url).GetLeftPart(UriPartial.Authority)}/api/v1{new Uri(tester.Page.Url).AbsolutePath}/export?format=csv");
            Assert.Equal(200, taken.Status);
            await tester.GoStaticAsync("/admin/users");
            Assert.Equal(403, (await tester.Page.Context.APIRequest.GetAsync($"{new Uri(tester.Page.Url).GetLeftPart(UriPartial.Authority)}/api/v1/audit/export")).Status);
        }

        await using (var lead = await browser.SignInAsync("mobile-lead"))
        {
            await lead.FollowFirstAsync("/", "nav a[href^='/teams/']");
            await lead.Page.GetByRole(AriaRole.Link, new() { Name = "Audit" }).ClickAsync();
            await lead.Page.GetByLabel("Person").FillAsync("mobile-tester2");
            await lead.Page.GetByLabel("Person").PressAsync("Enter");
            // With the address that the open page came from.
            await Expect(lead.Page.Locator("tr[data-action='dataset.viewed']").First).ToContainTextAsync("Page, 127.0.0.1");
            await Expect(lead.Page.Locator("tr[data-action='dataset.downloaded']").First).ToContainTextAsync("Request, 127.0.0.1");
            // Of other teams and of sign-ins, which belong to no team, a lead sees nothing.
            await Expect(lead.Page.Locator("tr[data-action='auth.signed_in']")).ToHaveCountAsync(0);
            await lead.Page.Locator("tr[data-action='dataset.downloaded']").First.GetByRole(AriaRole.Button, new() { Name = "Details of record" }).ClickAsync();
            await Expect(lead.Page.Locator(".audit-details")).ToContainTextAsync("csv");
            await lead.AssertAccessibleAsync();
            Assert.Empty(lead.ConsoleErrors);
        }

        await using var admin = await browser.SignInAsync("admin");
        await admin.GoAsync("/admin/audit?person=mobile-tester2");
        await Expect(admin.Page.Locator("tr[data-action='auth.signed_in']").First).ToBeVisibleAsync();
        await Expect(admin.Page.Locator("tr[data-action='auth.failed']").First).ToBeVisibleAsync();
        await admin.Page.GetByLabel("What").SelectOptionAsync("auth.failed");
        await Expect(admin.Page.Locator("tr[data-action='auth.signed_in']")).ToHaveCountAsync(0);
        var file = await admin.Page.RunAndWaitForDownloadAsync(() => admin.Page.GetByRole(AriaRole.Link, new() { Name = "CSV", Exact = true }).ClickAsync());
        Assert.StartsWith("number,at,user_id,user_name,action", await File.ReadAllTextAsync(await file.PathAsync(), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        await admin.Page.GetByRole(AriaRole.Button, new() { Name = "Check the chain" }).ClickAsync();
        await Expect(admin.Page.GetByText("The chain is whole.")).ToBeVisibleAsync();
        Assert.Empty(admin.ConsoleErrors);
    }

    [Fact]
    [Trait("Requirement", "N15")]
    public async Task Versions_GoByTheirRule_AndComeBack_WithAPauseInBetween()
    {
        await browser.DemoIsReadyAsync();
        await using var lead = await browser.SignInAsync("billing-lead");
        var page = lead.Page;
        await GenerateAsync(lead);
        await GenerateAsync(lead);

        await lead.GoAsync(new Uri(page.Url).AbsolutePath + "/versions");
        await page.GetByRole(AriaRole.Button, new() { Name = "Set a rule" }).ClickAsync();
        await page.GetByLabel("Newest versions to keep").FillAsync("1");
        await page.GetByLabel("Newest versions to keep").PressAsync("Tab");
        await page.GetByLabel("Keep all younger than, days").FillAsync("0");
        await page.GetByLabel("Keep all younger than, days").PressAsync("Tab");
        await Expect(page.GetByText("1 version would be archived now")).ToBeVisibleAsync();
        await lead.AssertAccessibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();

        await using var admin = await browser.SignInAsync("admin");
        await admin.GoAsync("/admin/storage");
        await admin.Page.GetByLabel("Reason, shown to everybody").FillAsync("Backup until noon");
        await admin.Page.GetByRole(AriaRole.Button, new() { Name = "Pause all long work" }).ClickAsync();
        await Expect(page.GetByText("Backup until noon")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Archive now" }).ClickAsync();
        await Expect(page.GetByText("A job is at work on the archives")).ToBeVisibleAsync();
        await lead.AssertAccessibleAsync();
        await admin.Page.GetByRole(AriaRole.Button, new() { Name = "Let it go on" }).ClickAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Restore version 1" }).ClickAsync();
        await Expect(page.Locator("[data-version='3']")).ToContainTextAsync("Restored");
        await Expect(page.GetByText("Backup until noon")).ToHaveCountAsync(0);
        Assert.Empty(lead.ConsoleErrors);
        Assert.Empty(admin.ConsoleErrors);
    }

    private static async Task GenerateAsync(PortalPage lead)
    {
        await OrdersDataset.OpenFormAsync(lead, "Customers and orders");
        await lead.Page.GetByLabel("Dataset name").FillAsync("kept_flow");
        await lead.Page.Locator("#rows-customer").FillAsync("20");
        await lead.Page.Locator("#rows-order").FillAsync("100");
        await OrdersDataset.GenerateAsync(lead.Page, "120");
    }
}
