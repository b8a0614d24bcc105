using System.Text.RegularExpressions;
using Microsoft.Playwright;
using TdmPortal.Tests.Testing;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace TdmPortal.Tests.Browser;

/// <summary>Notices from the bell to the mail server and the webhook's receiver, as people see them.</summary>
[Collection(BrowserTests.Name)]
public class NotificationTests(BrowserFixture browser)
{
    [Fact]
    public async Task Bell_TellsAtOnce_LeadsThere_AndKeepsTheHistory()
    {
        // Other tests' refreshes may tell this person something too: what counts is found by its title.
        await using var page = await browser.SignInAsync("mobile-tester1");
        await page.GoAsync("/schemas");
        await Expect(page.Page.Locator(".bell")).ToBeVisibleAsync();

        await browser.ExecuteAsync(Written("mobile", "refresh_failed", "shop could not be refreshed", "The gate found 3 orphans.", "/datasets"));
        await page.Page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Notifications, .* unread$") }).ClickAsync();
        await page.Page.Locator("#notice-menu").GetByRole(AriaRole.Link, new() { Name = "shop could not be refreshed" }).ClickAsync();
        await Expect(page.Page).ToHaveURLAsync(new Regex("/datasets$"));

        // One that comes while the history is open appears by itself; the one that was followed is read.
        await page.GoAsync("/notifications");
        await Expect(Notice(page, "shop could not be refreshed")).ToBeVisibleAsync();
        await browser.ExecuteAsync(Written("mobile", "schedule_changed", "The schedule of shop was paused", "", "/datasets"));
        await Expect(Notice(page, "The schedule of shop was paused")).ToBeVisibleAsync();
        await page.Page.GetByRole(AriaRole.Link, new() { NameRegex = new("^Unread") }).ClickAsync();
        await Expect(Notice(page, "shop could not be refreshed")).ToHaveCountAsync(0);
        await Expect(Notice(page, "The schedule of shop was paused")).ToBeVisibleAsync();
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Mark all read", Exact = true }).ClickAsync();
        await Expect(Notice(page, "The schedule of shop was paused")).ToHaveCountAsync(0);

        // What somebody does not want to know is not told.
        await page.GoAsync("/account/notifications");
        await page.Page.GetByLabel("A schedule changed: in the portal").UncheckAsync();
        await Expect(page.Page.GetByText("Saved.")).ToBeVisibleAsync();
        await page.GoAsync("/notifications");
        await browser.ExecuteAsync(Written("mobile", "schedule_changed", "The schedule of shop was resumed", "", "/datasets"));
        await browser.ExecuteAsync(Written("mobile", "refresh_succeeded", "shop was refreshed to version 7", "", "/datasets"));
        await Expect(Notice(page, "shop was refreshed to version 7")).ToBeVisibleAsync();
        await Expect(Notice(page, "The schedule of shop was resumed")).ToHaveCountAsync(0);
        Assert.Empty(page.ConsoleErrors);
    }

    [Fact]
    public async Task MailServerAndWebhook_AreSetAndTested_AndTheKeyIsShownOnce()
    {
        await using var sink = SmtpSink.Start();
        await using var receiver = await HttpReceiver.StartAsync();
        await browser.ExecuteAsync("update portal.app_user set email = 'admin@example.com' where user_name = 'admin'");
        await using (var admin = await browser.SignInAsync("admin"))
        {
            await admin.GoAsync("/admin/notifications");
            await admin.Page.GetByLabel("Host", new() { Exact = true }).FillAsync("127.0.0.1");
            await admin.Page.GetByRole(AriaRole.Spinbutton, new() { Name = "Port" }).FillAsync("1");
            await admin.Page.GetByLabel("Encrypt by STARTTLS").UncheckAsync();
            await admin.Page.GetByLabel("Mails come from").FillAsync("Test data <tdm@example.com>");
            await admin.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
            await admin.Page.GetByRole(AriaRole.Button, new() { Name = "Send me a test" }).ClickAsync();
            await Expect(admin.Page.GetByText("no mail server listens there")).ToBeVisibleAsync();
            await admin.Page.GetByRole(AriaRole.Spinbutton, new() { Name = "Port" }).FillAsync(sink.Port.ToString(System.Globalization.CultureInfo.InvariantCulture));
            await admin.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
            await Expect(admin.Page.GetByText("no mail server listens there")).ToHaveCountAsync(0);
            await admin.Page.GetByRole(AriaRole.Button, new() { Name = "Send me a test" }).ClickAsync();
            await Expect(admin.Page.GetByText("took the test for admin@example.com")).ToBeVisibleAsync();
            Assert.Equal("admin@example.com", Assert.Single(sink.Mails).To);

            await admin.Page.GetByLabel("Host to allow").FillAsync("127.0.0.1");
            await admin.Page.GetByRole(AriaRole.Button, new() { Name = "Allow", Exact = true }).ClickAsync();
            await Expect(admin.Page.Locator("[data-host='127.0.0.1']")).ToBeVisibleAsync();
            // The shared portal sends no mails to people of other tests.
            await admin.Page.GetByRole(AriaRole.Button, new() { Name = "Remove", Exact = true }).ClickAsync();
            await admin.Page.GetByRole(AriaRole.Button, new() { Name = "Remove it" }).ClickAsync();
            await Expect(admin.Page.GetByText("There is none yet")).ToBeVisibleAsync();
            Assert.Empty(admin.ConsoleErrors);
        }

        await using var page = await browser.SignInAsync("mobile-lead");
        await page.FollowFirstAsync("/", "nav a[href^='/teams/']");

        // The calendar is read by who knows its address and has no session.
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Make an address" }).ClickAsync();
        var address = await page.Page.Locator("#calendar-address").InputValueAsync();
        using (var client = new HttpClient())
        {
            var calendar = await client.GetAsync(new Uri(address), TestContext.Current.CancellationToken);
            Assert.Equal("text/calendar", calendar.Content.Headers.ContentType?.MediaType);
            Assert.StartsWith("BEGIN:VCALENDAR\r\n", await calendar.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
            Assert.Equal(System.Net.HttpStatusCode.NotFound, (await client.GetAsync(new Uri(address.Replace(".ics", "x.ics", StringComparison.Ordinal)), TestContext.Current.CancellationToken)).StatusCode);
        }

        await page.Page.GetByRole(AriaRole.Link, new() { Name = "Webhooks" }).ClickAsync();
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "New webhook" }).ClickAsync();
        await page.Page.GetByLabel("Name", new() { Exact = true }).FillAsync("CI");
        await page.Page.GetByLabel("Address").FillAsync(new Uri(receiver.Address, "/hook").AbsoluteUri);
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Make it" }).ClickAsync();
        Assert.StartsWith("whsec_", await page.Page.GetByLabel("Signing key").InputValueAsync(), StringComparison.Ordinal);
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Done" }).ClickAsync();
        await page.Page.GetByRole(AriaRole.Link, new() { Name = "CI", Exact = true }).ClickAsync();
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Send a test" }).First.ClickAsync();
        await Expect(page.Page.Locator("[data-delivery]").GetByText("Delivered")).ToBeVisibleAsync();
        await page.Page.Locator("[data-delivery] summary").ClickAsync();
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Replay" }).ClickAsync();
        await Expect(page.Page.Locator(".tries > li")).ToHaveCountAsync(2);
        Assert.Equal(2, receiver.Calls.Count);
        Assert.Empty(page.ConsoleErrors);
    }

    private static ILocator Notice(PortalPage page, string title) => page.Page.Locator("main [data-notice]").Filter(new() { HasText = title });

    /// <summary>Three for the team Checkout.</summary>
    internal static string Samples => Written("checkout", "refresh_succeeded", "Shop was refreshed to version 12", "1,200,000 rows in 41 seconds.", "/datasets")
        + Written("checkout", "refresh_failed", "Payments could not be refreshed", "The gate found 3 rows of payment without an order. Version 8 stays live.", "/datasets")
        + Written("checkout", "schedule_changed", "The schedule of Shop was paused by checkout-lead", "", "/datasets");

    /// <summary>As the portal writes one, within whatever happened.</summary>
    private static string Written(string team, string kind, string title, string text, string link) => $"""
        insert into portal.notice (id, team_id, kind, title, body, link, created_at) select gen_random_uuid(), id, '{kind}', '{title}', '{text}', '{link}', clock_timestamp() from portal.team where key = '{team}';
        notify tdm_change, '{Data.Notifications.Notices.Changed:N}';
        """;
}
