using Microsoft.Playwright;
using TdmPortal.Tests.Testing;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace TdmPortal.Tests.Browser;

/// <summary>What an edit changes is seen before it is saved, and in a team that wants it another lead approves it.</summary>
[Collection(BrowserTests.Name)]
[Trait("Requirement", "N17")]
public class ReviewTests(BrowserFixture browser)
{
    private static readonly string? Pictures = Environment.GetEnvironmentVariable("PORTAL_SCREENSHOTS");

    [Fact]
    public async Task Edit_OfAPublishedSchema_IsSeenProposedAndApprovedByAnotherLead()
    {
        await browser.DemoIsReadyAsync();
        await LeadAsync("Lead");
        try
        {
            await using var author = await browser.SignInAsync("mobile-lead");
            await author.FollowFirstAsync("/", "nav a[href^='/teams/']");
            await author.Page.GetByLabel("Another lead approves changes").CheckAsync();
            await author.Page.GetByRole(AriaRole.Button, new() { Name = "Save settings" }).ClickAsync();
            await Expect(author.Page.GetByText("The team's settings were saved")).ToBeVisibleAsync();

            // By its exact name: other tests of the team make schemas too. The save dialog: who uses it, what changes, rows before and after; it becomes a proposal.
            await author.FollowFirstAsync("/schemas?search=event", "tr:has(.faint:text-is('event')) a.cover");
            var designer = new SchemaDesignerDriver(author);
            await designer.ReadyAsync();
            await designer.OpenEntityAsync("session");
            await Expect(designer.NameOf(3)).ToHaveTextAsync("user_agent");
            await designer.Cell(3, 4).ClickAsync();
            await author.Page.Keyboard.TypeAsync("30");
            await author.Page.Keyboard.PressAsync("Enter");
            await Expect(designer.Cell(3, 4)).ToContainTextAsync("30");
            await author.Page.Keyboard.PressAsync("Control+s");
            var preview = author.Page.Locator("[data-change-preview='ready']");
            await Expect(preview.Locator("[data-use='app_events']")).ToBeVisibleAsync();
            await Expect(preview).ToContainTextAsync("1 column changes value.");
            await Expect(preview.Locator("[data-changed]")).ToHaveCountAsync(20);
            await KeepPictureAsync(author, "save-dialog-light.png");
            await author.AssertAccessibleAsync();
            await author.Page.GetByLabel("What for").FillAsync("Some visitors hide it");
            await author.Page.GetByRole(AriaRole.Button, new() { Name = "Propose", Exact = true }).ClickAsync();
            await Expect(author.Page.Locator("[data-state='open']")).ToBeVisibleAsync();
            await Expect(author.Page.GetByText("It waits for a lead other than you.")).ToBeVisibleAsync();
            await Expect(author.Page.GetByRole(AriaRole.Button, new() { Name = "Approve" })).ToHaveCountAsync(0);

            // The other lead, on a phone in the dark.
            await using var other = await browser.SignInAsync("mobile-tester2", 390, 844, dark: true, touch: true);
            await other.GoAsync("/reviews");
            await Expect(other.Page.Locator("[data-waiting]")).ToHaveTextAsync("1");
            await KeepPictureAsync(other, "reviews-phone-dark.png");
            await other.AssertAccessibleAsync();
            await other.Page.GetByRole(AriaRole.Link, new() { Name = "Schema event" }).ClickAsync();
            await Expect(other.Page.Locator("[data-change-preview='ready'] [data-changed]").First).ToBeVisibleAsync();
            await KeepPictureAsync(other, "proposal-phone-dark.png");
            await other.AssertAccessibleAsync();
            Assert.True(await other.Page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0);
            await other.Page.GetByRole(AriaRole.Button, new() { Name = "Approve" }).ClickAsync();
            var dialog = other.Page.GetByRole(AriaRole.Dialog);
            await dialog.GetByLabel("Comment").FillAsync("Good");
            await dialog.GetByRole(AriaRole.Button, new() { Name = "Approve" }).ClickAsync();
            await Expect(other.Page.Locator("[data-state='approved']")).ToBeVisibleAsync();
            await Expect(other.Page.Locator("[data-waiting]")).ToHaveCountAsync(0);

            // The author sees it at once.
            await Expect(author.Page.Locator("[data-state='approved']")).ToBeVisibleAsync();
            await KeepPictureAsync(author, "proposal-light.png");
            await author.AssertAccessibleAsync();
            await author.Page.GetByRole(AriaRole.Link, new() { Name = "Open the schema" }).ClickAsync();
            await Expect(author.Page.GetByText("Version 2", new() { Exact = true })).ToBeVisibleAsync();
            Assert.Empty(author.ConsoleErrors.Concat(other.ConsoleErrors));
        }
        finally
        {
            // As the other tests know the team.
            await browser.ExecuteAsync("update portal.team set review = false where key = 'mobile'");
            await LeadAsync("Tester");
        }
    }

    private Task LeadAsync(string role) => browser.ExecuteAsync($"update portal.team_member set role = '{role}' where user_id = (select id from portal.app_user where user_name = 'mobile-tester2')");

    private static Task KeepPictureAsync(PortalPage page, string file) => Pictures is null
        ? Task.CompletedTask
        : page.Page.ScreenshotAsync(new() { Path = Path.Combine(Repository.Root, Pictures, file), Animations = ScreenshotAnimations.Disabled, FullPage = true });
}
