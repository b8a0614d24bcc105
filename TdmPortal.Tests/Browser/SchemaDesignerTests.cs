using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace TdmPortal.Tests.Browser;

[Collection(BrowserTests.Name)]
public sealed class SchemaDesignerTests(BrowserFixture browser)
{
    [Fact]
    [Trait("Requirement", "D1")]
    public async Task NewSchema_TwoEntitiesAndARelationshipByClicking_ShowsRowsThatBelongTogether()
    {
        await using var page = await browser.SignInAsync("checkout-tester1");
        var designer = new SchemaDesignerDriver(page);
        await designer.NewBlankAsync("clicked_shop");
        await designer.AddFieldsAsync("first_name", "email");
        await Expect(designer.GeneratorOf(2)).ToContainTextAsync("email");
        await Expect(designer.Preview.Locator("tbody tr")).ToHaveCountAsync(20);

        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Add entity" }).ClickAsync();
        await designer.ViewAsync("Keys & rules");
        await page.Page.GetByLabel("Name", new() { Exact = true }).FillAsync("purchase");
        await page.Page.Keyboard.PressAsync("Tab");
        await Expect(designer.Entities.GetByText("purchase")).ToBeVisibleAsync();
        await page.Page.GetByLabel("Belongs to").SelectOptionAsync("entity");
        var dialog = page.Page.GetByRole(AriaRole.Dialog);
        await Expect(dialog.GetByText("Each purchase belongs to any entity")).ToBeVisibleAsync();
        await dialog.GetByText("So many each").ClickAsync();
        await dialog.GetByLabel("Fewest for a parent").FillAsync("2");
        await dialog.GetByLabel("Most for a parent").FillAsync("2");
        await page.Page.Keyboard.PressAsync("Tab");
        await Expect(dialog.GetByText("Each entity has 2 to 2 purchase")).ToBeVisibleAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Done" }).ClickAsync();

        await designer.ViewAsync("Fields");
        await Expect(designer.NameOf(1)).ToHaveTextAsync("entity_id");
        await Expect(designer.Preview.GetByText("of 2,000")).ToBeVisibleAsync();
        Assert.All(await designer.ValuesAsync("entity_id"), value => Assert.InRange(int.Parse(value, System.Globalization.CultureInfo.InvariantCulture), 1, 1000));

        // A row's children unfold below it.
        await designer.OpenEntityAsync("entity");
        await designer.Preview.GetByRole(AriaRole.Button, new() { Name = "Children of row 1", Exact = true }).ClickAsync();
        await Expect(designer.Preview.Locator("tr.children tbody tr")).ToHaveCountAsync(2);

        await designer.ViewAsync("Diagram");
        await Expect(page.Page.GetByRole(AriaRole.Button, new() { Name = "Relationship purchase_entity" })).ToBeAttachedAsync();
        await page.AssertAccessibleAsync();
        Assert.Empty(page.ConsoleErrors);
    }

    [Fact]
    [Trait("Requirement", "D1")]
    public async Task CreateTable_Pasted_OpensTheDesignerWithReasonsAndRows()
    {
        await using var page = await browser.SignInAsync("checkout-tester2");
        var designer = new SchemaDesignerDriver(page);
        await page.GoAsync("/schemas/new");
        await page.Page.GetByLabel("CREATE TABLE statements").FillAsync("""
            CREATE TABLE customer (id bigint PRIMARY KEY, email varchar(120) NOT NULL UNIQUE, created_at timestamp);
            CREATE TABLE invoice (id bigint PRIMARY KEY, customer_id bigint NOT NULL REFERENCES customer (id), total numeric(12,2));
            """);
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Open in the designer" }).Nth(1).ClickAsync();
        await Expect(designer.Entities.GetByText("invoice")).ToBeVisibleAsync();
        await Expect(designer.GeneratorOf(1)).ToContainTextAsync("internet.email");
        await Expect(page.Page.GetByText("A generator was chosen for each")).ToBeVisibleAsync();
        await Expect(designer.Preview.Locator("tbody tr")).ToHaveCountAsync(20);
        await page.AssertAccessibleAsync();
    }

    [Fact]
    public async Task GeneratorPicker_SynonymTyped_TakesTheGeneratorWithoutAMouse()
    {
        await using var page = await browser.SignInAsync("billing-tester1");
        var designer = new SchemaDesignerDriver(page);
        await designer.NewBlankAsync("picked");
        await designer.AddFieldsAsync("thing");
        await designer.Cell(1, 2).ClickAsync();
        // A pointer that lies where the list comes up chooses nothing.
        await page.Page.Mouse.MoveAsync(900, 600);
        await page.Page.Keyboard.PressAsync("Enter");
        var picker = page.Page.GetByRole(AriaRole.Dialog, new() { Name = "Generator of thing" });
        await Expect(picker.GetByText("Proposed")).ToBeVisibleAsync();
        await page.AssertAccessibleAsync();
        await Expect(picker.GetByRole(AriaRole.Option).First).ToHaveAttributeAsync("aria-selected", "true");
        await page.Page.Keyboard.TypeAsync("zip");
        await Expect(picker.GetByRole(AriaRole.Option).First).ToContainTextAsync("postcode");
        await page.Page.Keyboard.PressAsync("Enter");
        await Expect(designer.GeneratorOf(1)).ToHaveTextAsync("address.postcode");
        await Expect(picker).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Problem_BadArgument_IsShownAtItsField()
    {
        await using var page = await browser.SignInAsync("billing-tester2");
        var designer = new SchemaDesignerDriver(page);
        await designer.NewBlankAsync("troubled");
        await designer.AddFieldsAsync("age");
        await page.Page.GetByRole(AriaRole.Tab, new() { Name = "Fields" }).ClickAsync();
        await designer.Cell(1, 2).ClickAsync();
        await page.Page.Keyboard.TypeAsync("number.integer");
        await page.Page.Keyboard.PressAsync("Enter");
        await Expect(designer.GeneratorOf(1)).ToHaveTextAsync("number.integer");
        await designer.Cell(1, 3).ClickAsync();
        await page.Page.Keyboard.PressAsync("Enter");
        var details = page.Page.GetByRole(AriaRole.Complementary, new() { Name = "Details of age" });
        await details.GetByLabel("min", new() { Exact = true }).FillAsync("10");
        await details.GetByLabel("max", new() { Exact = true }).FillAsync("5");
        await page.Page.Keyboard.PressAsync("Tab");
        await Expect(designer.Row(1).Locator(".bad")).Not.ToHaveCountAsync(0);
        await Expect(details.Locator(".wrong, .problem-line").First).ToBeVisibleAsync();
        await Expect(page.Page.GetByText("1 problem", new() { Exact = true })).ToBeVisibleAsync();
        // The other fields still show rows.
        await Expect(designer.Preview.Locator("tbody tr")).ToHaveCountAsync(20);
        await details.GetByLabel("max", new() { Exact = true }).FillAsync("50");
        await page.Page.Keyboard.PressAsync("Tab");
        await Expect(page.Page.GetByText("No problems")).ToBeVisibleAsync();
        await page.AssertAccessibleAsync();
    }

    [Fact]
    public async Task Pages_ListNewAndViews_AreAccessibleOnAPhoneInTheDark()
    {
        await using var page = await browser.SignInAsync("checkout-lead", 390, 844, dark: true);
        await page.GoAsync("/schemas");
        await page.SettleAsync();
        await page.AssertAccessibleAsync();
        await page.GoAsync("/schemas/new");
        await page.SettleAsync();
        await page.AssertAccessibleAsync();
        await page.FollowFirstAsync("/schemas", "td a.cover");
        var address = page.Page.Url.Split('?')[0];
        await Expect(page.Page.Locator(".fg-row:not(.head)").First).ToBeVisibleAsync();
        foreach (var view in (string[])["fields", "entity", "json", "history"])
        {
            await page.GoAsync($"{address}?view={view}");
            await page.SettleAsync();
            await Expect(page.Page.GetByRole(AriaRole.Tabpanel)).ToBeVisibleAsync();
            await page.AssertAccessibleAsync();
        }

        Assert.Equal(390, await page.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
    }
}
