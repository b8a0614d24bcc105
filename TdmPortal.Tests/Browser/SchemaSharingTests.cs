using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace TdmPortal.Tests.Browser;

/// <summary>Drafts, versions and two people at one schema.</summary>
[Collection(BrowserTests.Name)]
public sealed class SchemaSharingTests(BrowserFixture browser)
{
    [Fact]
    public async Task Draft_PageReloaded_IsStillThere()
    {
        await using var page = await browser.SignInAsync("billing-tester1");
        var designer = new SchemaDesignerDriver(page);
        await designer.NewBlankAsync("kept");
        await designer.AddFieldsAsync("city");
        await Expect(designer.Kept).ToBeVisibleAsync();
        await page.Page.ReloadAsync();
        await page.InteractiveAsync();
        await Expect(designer.NameOf(1)).ToHaveTextAsync("city");
        await page.GoAsync("/schemas");
        await Expect(page.Page.GetByText("was never saved")).ToBeVisibleAsync();
    }

    [Fact]
    [Trait("Requirement", "D1")]
    public async Task Draft_ConnectionLost_IsThereElsewhereAndThePageGoesOnAfterwards()
    {
        await using var page = await browser.SignInAsync("billing-tester1");
        var (lost, sockets) = (false, new List<IWebSocketRoute>());
        await page.Page.RouteWebSocketAsync(address => address.Contains("_blazor", StringComparison.Ordinal), socket =>
        {
            if (lost)
            {
                _ = socket.CloseAsync(new() { Code = 1011 });
                return;
            }

            socket.ConnectToServer();
            sockets.Add(socket);
        });
        var designer = new SchemaDesignerDriver(page);
        await designer.NewBlankAsync("cut_off");
        await designer.AddFieldsAsync("city");
        lost = true;
        foreach (var socket in sockets)
            await socket.CloseAsync(new() { Code = 1011 });
        await Expect(page.Page.GetByText("The connection to the portal was lost")).ToBeVisibleAsync();

        // Whoever lost the page for good finds the work in the next one.
        await using var elsewhere = await browser.SignInAsync("billing-tester1");
        await elsewhere.GoAsync("/schemas/draft");
        await Expect(new SchemaDesignerDriver(elsewhere).NameOf(1)).ToHaveTextAsync("city");

        lost = false;
        await Expect(page.Page.GetByText("The connection to the portal was lost")).ToBeHiddenAsync(new() { Timeout = 30_000 });
        await designer.AddFieldsAsync("phone");
        Assert.Equal(["id", "city", "phone"], await designer.NamesAsync());
    }

    [Fact]
    [Trait("Requirement", "D4")]
    public async Task Share_AnotherTeam_OverridesGeneratesAndSettlesAConflict()
    {
        await using var owner = await browser.SignInAsync("checkout-lead");
        var designer = new SchemaDesignerDriver(owner);
        await designer.NewBlankAsync("shared_base");
        await designer.AddFieldsAsync("city");
        await designer.SaveAsync("Begun");
        await Expect(owner.Page.GetByText("Version 1", new() { Exact = true })).ToBeVisibleAsync(new() { Timeout = 20_000 });
        await owner.Page.GetByRole(AriaRole.Button, new() { Name = "More", Exact = true }).ClickAsync();
        await owner.Page.GetByRole(AriaRole.Button, new() { Name = "Share with all teams" }).ClickAsync();
        await Expect(owner.Page.GetByText("All teams can use this schema now")).ToBeVisibleAsync();
        var address = new Uri(owner.Page.Url).AbsolutePath;

        await using var user = await browser.SignInAsync("billing-lead");
        await user.GoAsync("/schemas?shared=true");
        await user.Page.GetByRole(AriaRole.Link, new() { Name = "shared_base" }).First.ClickAsync();
        await Expect(user.Page.GetByText("Shared by Checkout, read only")).ToBeVisibleAsync();
        await user.GoAsync(address + "/overrides");
        await OverrideRowsAsync(user.Page, "1,234", "Ours are fewer");
        await user.Page.GetByLabel("What", new() { Exact = true }).SelectOptionAsync("city");
        await user.Page.GetByLabel("Null %").FillAsync("50");
        await user.Page.GetByLabel("Why").FillAsync("Half have none");
        await user.Page.GetByRole(AriaRole.Button, new() { Name = "Override", Exact = true }).ClickAsync();
        await ConfirmAsync(user.Page, "Override");
        await Expect(user.Page.Locator("[data-override]")).ToHaveCountAsync(2);
        await user.AssertAccessibleAsync();
        await user.Page.GetByRole(AriaRole.Link, new() { Name = "Generate", Exact = true }).ClickAsync();
        await Expect(user.Page.Locator("[data-overrides]")).ToContainTextAsync("2 overrides of your team apply");
        await Expect(user.Page.Locator("[data-estimate='rows']")).ToHaveTextAsync("1,234");

        // The owner's next version says something else of the same field.
        await designer.Cell(1, 4).ClickAsync();
        await owner.Page.Keyboard.TypeAsync("10");
        await owner.Page.Keyboard.PressAsync("Enter");
        await Expect(designer.Cell(1, 4)).ToContainTextAsync("10");
        await designer.SaveAsync("Some without");
        await Expect(owner.Page.GetByText("Version 2", new() { Exact = true })).ToBeVisibleAsync(new() { Timeout = 20_000 });

        await user.GoAsync(address + "/overrides");
        var conflict = user.Page.Locator("[data-conflict]");
        await Expect(conflict).ToContainTextAsync("10 % null now");
        await conflict.GetByRole(AriaRole.Button, new() { Name = "Keep yours" }).ClickAsync();
        await ConfirmAsync(user.Page, "Keep yours");
        await Expect(conflict).ToHaveCountAsync(0);
        await Expect(user.Page.Locator("[data-override]")).ToHaveCountAsync(2);
    }

    private static Task ConfirmAsync(IPage page, string button) => page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();

    /// <summary>On the overrides page: sets how many rows the first entity has.</summary>
    internal static async Task OverrideRowsAsync(IPage page, string rows, string reason)
    {
        await page.GetByLabel("Rows", new() { Exact = true }).FillAsync(rows);
        await page.GetByLabel("Why").FillAsync(reason);
        await page.GetByRole(AriaRole.Button, new() { Name = "Override", Exact = true }).ClickAsync();
        await ConfirmAsync(page, "Override");
        await Expect(page.Locator("[data-override]").Filter(new() { HasText = reason })).ToBeVisibleAsync();
    }

    [Fact]
    [Trait("Requirement", "D1")]
    public async Task Merge_TwoEditorsSave_KeepsBothAndAsksAtTheConflict()
    {
        await using var ada = await browser.SignInAsync("checkout-tester1");
        var mine = new SchemaDesignerDriver(ada);
        await mine.NewBlankAsync("shared_by_two");
        await mine.AddFieldsAsync("city");
        await mine.SaveAsync("Begun");
        await Expect(ada.Page.GetByText("Version 1", new() { Exact = true })).ToBeVisibleAsync();
        var address = new Uri(ada.Page.Url).AbsolutePath;

        await using var ben = await browser.SignInAsync("checkout-tester2");
        var theirs = new SchemaDesignerDriver(ben);
        await ben.GoAsync(address);
        await theirs.AddFieldsAsync("phone");
        await theirs.Cell(1, 4).ClickAsync();
        await ben.Page.Keyboard.TypeAsync("10");
        await ben.Page.Keyboard.PressAsync("Enter");
        await Expect(theirs.Cell(1, 4)).ToContainTextAsync("10");

        await mine.AddFieldsAsync("street");
        await mine.Cell(1, 4).ClickAsync();
        await ada.Page.Keyboard.TypeAsync("20");
        await ada.Page.Keyboard.PressAsync("Enter");
        await Expect(mine.Cell(1, 4)).ToContainTextAsync("20");
        await Expect(ada.Page.GetByText("is editing too")).ToBeVisibleAsync(new() { Timeout = 20_000 });
        await theirs.SaveAsync("A phone");
        await Expect(ben.Page.GetByText("Version 2", new() { Exact = true })).ToBeVisibleAsync();

        await mine.SaveAsync("A street");
        var dialog = ada.Page.GetByRole(AriaRole.Dialog).Filter(new() { HasText = "Two people changed this schema" });
        await Expect(dialog.GetByRole(AriaRole.Radiogroup)).ToHaveCountAsync(1);
        await dialog.GetByRole(AriaRole.Radio).Nth(1).CheckAsync();
        await ada.AssertAccessibleAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Merge", Exact = true }).ClickAsync();
        await Expect(ada.Page.GetByText("Version 3", new() { Exact = true })).ToBeVisibleAsync();
        Assert.Equal(["city", "id", "phone", "street"], (await mine.NamesAsync()).Order(StringComparer.Ordinal));
        await Expect(mine.Cell(1, 4)).ToContainTextAsync("10");

        await mine.ViewAsync("History");
        await Expect(ada.Page.GetByText("A street", new() { Exact = true })).ToBeVisibleAsync();
        await ada.Page.GetByRole(AriaRole.Button, new() { Name = "Version 1" }).ClickAsync();
        await ada.Page.GetByRole(AriaRole.Button, new() { Name = "Restore version 1" }).ClickAsync();
        await mine.ViewAsync("Fields");
        await Expect(ada.Page.Locator(".fg-row:not(.add):not(.head)")).ToHaveCountAsync(2);
    }

    [Fact]
    public async Task Json_WithProblems_ListsThemByPathAndKeepsTheText()
    {
        await using var page = await browser.SignInAsync("mobile-tester1");
        var designer = new SchemaDesignerDriver(page);
        await designer.NewBlankAsync("as_text");
        await designer.ViewAsync("JSON");
        var text = page.Page.GetByLabel("The schema document as JSON");
        await Expect(text).ToHaveValueAsync(new System.Text.RegularExpressions.Regex("as_text"));
        await text.FillAsync("""{ "name": "as_text", "entities": [ { "name": "a", "rows": "many", "fields": [ { "name": "x", "type": "number" } ] } ] }""");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Apply" }).ClickAsync();
        var problems = page.Page.GetByRole(AriaRole.Region, new() { Name = "Not applied" });
        await Expect(problems.GetByText("entities[0].rows", new() { Exact = true })).ToBeVisibleAsync();
        await Expect(problems.GetByText("entities[0].fields[0].type", new() { Exact = true })).ToBeVisibleAsync();
        await Expect(text).ToHaveValueAsync(new System.Text.RegularExpressions.Regex("many"));
        await text.FillAsync("""{ "name": "as_text", "title": "As text", "entities": [ { "name": "a", "rows": 5, "fields": [ { "name": "x", "type": "integer", "generator": "sequence" } ] } ] }""");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Apply" }).ClickAsync();
        await Expect(page.Page.GetByRole(AriaRole.Heading, new() { Name = "As text" })).ToBeVisibleAsync();
        await Expect(designer.Preview.GetByText("of 5")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Sample_Opened_IsReadOnlyAndCopiesToTheTeam()
    {
        await using var page = await browser.SignInAsync("billing-lead");
        await page.FollowFirstAsync("/schemas?samples=true", "td a.cover");
        await Expect(page.Page.GetByText("Sample, read only")).ToBeVisibleAsync();
        await Expect(page.Page.Locator(".fg-row.add")).ToHaveCountAsync(0);
        var sample = page.Page.Url;
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Copy to my team" }).Last.ClickAsync();
        await Expect(page.Page).Not.ToHaveURLAsync(new Regex(Regex.Escape(sample.Split('?')[0])), new() { Timeout = 15_000 });
        await Expect(page.Page.Locator(".fg-row.add")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Delete_ThenUndo_BringsTheSchemaBack()
    {
        await using var page = await browser.SignInAsync("mobile-tester2");
        var designer = new SchemaDesignerDriver(page);
        await designer.NewBlankAsync("deleted_soon");
        await designer.SaveAsync("");
        await Expect(page.Page.GetByText("Version 1", new() { Exact = true })).ToBeVisibleAsync();
        await page.GoAsync("/schemas?search=deleted_soon");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Delete deleted_soon" }).ClickAsync();
        await Expect(page.Page.Locator("td a.cover")).ToHaveCountAsync(0);
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Undo", Exact = true }).ClickAsync();
        await Expect(page.Page.Locator("td a.cover")).ToHaveCountAsync(1);
    }
}
