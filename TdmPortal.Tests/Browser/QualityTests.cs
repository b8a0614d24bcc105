using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using TdmPortal.Tests.Testing;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace TdmPortal.Tests.Browser;

/// <summary>Rules, the report that checks them, and what is done about it.</summary>
[Collection(BrowserTests.Name)]
[Trait("Requirement", "D5")]
public sealed class QualityTests(BrowserFixture browser)
{
    private const string Rule = "ticket.note is always filled in";

    private static readonly string? Pictures = Environment.GetEnvironmentVariable("PORTAL_SCREENSHOTS");

    [Fact]
    public async Task Rules_FromTheSchemaToAnAppliedSuggestion_AreTriedCheckedAndMended()
    {
        await using var portal = await browser.SignInAsync("billing-lead");
        var page = portal.Page;
        await ImportAsync(portal);
        await page.GetByRole(AriaRole.Button, new() { Name = "More" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Quality rules" }).ClickAsync();

        // What the schema says is there as rules; one that is thrown away comes back by deriving.
        var derived = page.Locator("[data-rule]");
        await Expect(derived.First).ToBeVisibleAsync();
        var count = await derived.CountAsync();
        await derived.First.GetByRole(AriaRole.Button).ClickAsync();
        await Expect(derived).ToHaveCountAsync(count - 1);
        await page.GetByRole(AriaRole.Button, new() { Name = "Derive from the schema" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Add 1 rule" }).ClickAsync();
        await Expect(derived).ToHaveCountAsync(count);

        // A rule is counted while it is written, on rows that are generated for it since there is no dataset.
        await page.GetByRole(AriaRole.Link, new() { Name = "Write a rule" }).ClickAsync();
        await page.GetByLabel("Column", new() { Exact = true }).SelectOptionAsync("note");
        await Expect(page.GetByLabel("Name", new() { Exact = true })).ToHaveValueAsync(Rule);
        await Expect(page.Locator(".trial-words")).ToHaveAttributeAsync("data-failing", new Regex("^[1-9]"));
        await Expect(page.Locator(".trial .failing-rows tbody tr").First).ToContainTextAsync("null");
        await portal.AssertAccessibleAsync();
        await KeepPictureAsync(page, "quality-rules-light.png");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add the rule" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Save version 1" }).ClickAsync();
        await Expect(page.GetByText("The rules are saved as version 1")).ToBeVisibleAsync();

        await OrdersDataset.OpenFormAsync(portal, "quality_flow");
        await page.GetByLabel("Dataset name").FillAsync("quality_flow");
        await OrdersDataset.GenerateAsync(page, "400");
        await page.Locator(".quality-line").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("does not hold");
        await Expect(page.GetByText("Does not pass the gate")).ToBeVisibleAsync();
        var rule = page.Locator($"[data-rule='{Rule}']");
        await rule.GetByRole(AriaRole.Link, new() { Name = Rule }).ClickAsync();
        await Expect(rule.Locator(".failing-rows tbody tr").First).ToBeVisibleAsync();
        await portal.AssertAccessibleAsync();
        await KeepPictureAsync(page, "quality-report-light.png");
        await page.GetByRole(AriaRole.Button, new() { Name = "Download" }).ClickAsync();
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "HTML, one file" }).ClickAsync());
        Assert.Equal("quality_flow-v1-quality.html", download.SuggestedFilename);
        Assert.Contains(Rule, await File.ReadAllTextAsync((await download.PathAsync())!, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        await page.Keyboard.PressAsync("Escape");

        // Known for now, with an owner; then mended at its root, which can be taken back.
        await rule.GetByRole(AriaRole.Button, new() { Name = "Accept as known" }).ClickAsync();
        await page.GetByLabel("Why it may stay as it is").FillAsync("Release 4.2 fills it");
        await page.GetByRole(AriaRole.Button, new() { Name = "Accept it" }).ClickAsync();
        await Expect(rule).ToContainTextAsync("Release 4.2 fills it");
        await page.Locator("[data-suggestion='ticket.note']").GetByRole(AriaRole.Button).ClickAsync();
        await Expect(page.GetByText("The schema has version 2 now")).ToBeVisibleAsync();
        await rule.Locator(".failing-rows a").First.ClickAsync();
        await Expect(page.Locator(".row-drawer")).ToBeVisibleAsync();
        Assert.Empty(portal.ConsoleErrors);
    }

    private static async Task ImportAsync(PortalPage portal)
    {
        await portal.GoAsync("/schemas");
        await portal.Page.GetByLabel("Import a file").SetInputFilesAsync(new FilePayload
        {
            Name = "quality_flow.schema.json",
            MimeType = "application/json",
            Buffer = Encoding.UTF8.GetBytes("""
                { "name": "quality_flow", "title": "quality_flow", "entities": [ { "name": "ticket", "rows": 400, "primaryKey": ["id"], "fields": [
                    { "name": "id", "type": "integer", "generator": "sequence" },
                    { "name": "state", "type": "string", "generator": "choice", "args": { "values": ["open", "done"] } },
                    { "name": "note", "type": "string", "generator": "lorem.sentence", "nullPercent": 30 } ] } ] }
                """),
        });
        var designer = new SchemaDesignerDriver(portal);
        await designer.ReadyAsync();
        await designer.SaveAsync("Tickets to look at");
        await Expect(portal.Page).ToHaveURLAsync(new Regex("/schemas/[0-9a-f-]{36}"));
        await portal.SettleAsync();
    }

    private static Task KeepPictureAsync(IPage page, string file) => Pictures is null
        ? Task.CompletedTask
        : page.ScreenshotAsync(new() { Path = Path.Combine(Repository.Root, Pictures, file), FullPage = true, Animations = ScreenshotAnimations.Disabled });
}
