using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace TdmPortal.Tests.Browser;

/// <summary>The field grid as a spreadsheet.</summary>
[Collection(BrowserTests.Name)]
public sealed class SchemaEditingTests(BrowserFixture browser)
{
    [Fact]
    public async Task UndoAndRedo_ByKeys_GoThroughTheWholeSession()
    {
        await using var page = await browser.SignInAsync("mobile-tester1");
        var designer = new SchemaDesignerDriver(page);
        await designer.NewBlankAsync("undone");
        await designer.AddFieldsAsync("city", "phone");
        await designer.Cell(1, 0).ClickAsync();
        await page.Page.Keyboard.TypeAsync("town");
        await page.Page.Keyboard.PressAsync("Enter");
        await Expect(designer.NameOf(1)).ToHaveTextAsync("town");

        await page.Page.Keyboard.PressAsync("Control+z");
        await Expect(designer.NameOf(1)).ToHaveTextAsync("city");
        await page.Page.Keyboard.PressAsync("Control+z");
        await page.Page.Keyboard.PressAsync("Control+z");
        await Expect(designer.NameOf(1)).ToHaveCountAsync(1); // the line for a new field
        await Expect(page.Page.Locator(".fg-row:not(.add):not(.head)")).ToHaveCountAsync(1);
        for (var i = 0; i < 3; i++)
            await page.Page.Keyboard.PressAsync("Control+y");
        await Expect(designer.NameOf(1)).ToHaveTextAsync("town");
        Assert.Equal(["id", "town", "phone"], await designer.NamesAsync());
    }

    [Fact]
    public async Task BulkEdit_SeveralSelected_SetsNullsAndPrefixOfAll()
    {
        await using var page = await browser.SignInAsync("mobile-tester2");
        var designer = new SchemaDesignerDriver(page);
        await designer.NewBlankAsync("bulk");
        await designer.AddFieldsAsync("street", "city", "phone");
        await designer.SelectRowsAsync(1, 3);
        var bar = page.Page.GetByRole(AriaRole.Toolbar, new() { Name = "Selected fields" });
        await Expect(bar.GetByText("3 fields")).ToBeVisibleAsync();
        await bar.GetByLabel("Null %").FillAsync("25");
        await page.Page.Keyboard.PressAsync("Enter");
        await Expect(designer.Cell(3, 4)).ToContainTextAsync("25");
        await bar.GetByLabel("Prefix").FillAsync("bill_");
        await page.Page.Keyboard.PressAsync("Enter");
        await Expect(designer.NameOf(3)).ToHaveTextAsync("bill_phone");
        Assert.Equal(["id", "bill_street", "bill_city", "bill_phone"], await designer.NamesAsync());
        await Expect(designer.Preview.GetByText("null", new() { Exact = true }).First).ToBeVisibleAsync();

        await bar.GetByRole(AriaRole.Button, new() { Name = "Generator" }).ClickAsync();
        await Expect(page.Page.GetByRole(AriaRole.Combobox)).ToBeFocusedAsync();
        await page.Page.Keyboard.TypeAsync("lorem.word");
        await page.Page.Keyboard.PressAsync("Enter");
        await Expect(designer.GeneratorOf(1)).ToHaveTextAsync("lorem.word");
        await Expect(designer.GeneratorOf(3)).ToHaveTextAsync("lorem.word");
    }

    [Fact]
    public async Task FillDown_SelectedCells_CopiesTheFirst()
    {
        await using var page = await browser.SignInAsync("mobile-lead");
        var designer = new SchemaDesignerDriver(page);
        await designer.NewBlankAsync("filled");
        await designer.AddFieldsAsync("a1", "a2", "a3");
        await designer.Cell(1, 4).ClickAsync();
        await page.Page.Keyboard.TypeAsync("12.5");
        await page.Page.Keyboard.PressAsync("Enter");
        await Expect(designer.Cell(1, 4)).ToContainTextAsync("12.5");
        await designer.Cell(1, 4).ClickAsync();
        await designer.Cell(3, 4).ClickAsync(new() { Modifiers = [KeyboardModifier.Shift] });
        await page.Page.Keyboard.PressAsync("Control+d");
        await Expect(designer.Cell(2, 4)).ToContainTextAsync("12.5");
        await Expect(designer.Cell(3, 4)).ToContainTextAsync("12.5");
    }

    [Fact]
    public async Task MoveAndDelete_ByKeys_FollowTheSelection()
    {
        await using var page = await browser.SignInAsync("billing-lead");
        var designer = new SchemaDesignerDriver(page);
        await designer.NewBlankAsync("moved");
        await designer.AddFieldsAsync("a", "b", "c");
        await designer.Cell(3, 0).ClickAsync();
        await page.Page.Keyboard.PressAsync("Alt+ArrowUp");
        await Expect(designer.NameOf(2)).ToHaveTextAsync("c");
        await page.Page.Keyboard.PressAsync("Alt+ArrowUp");
        await Expect(designer.NameOf(1)).ToHaveTextAsync("c");
        await page.Page.Keyboard.PressAsync("Delete");
        await Expect(page.Page.Locator(".fg-row:not(.add):not(.head)")).ToHaveCountAsync(3);
        Assert.Equal(["id", "a", "b"], await designer.NamesAsync());
    }

    [Fact]
    public async Task Paste_RowsFromASpreadsheet_AddsTheirColumnsAsFields()
    {
        await using var page = await browser.SignInAsync("checkout-lead");
        var designer = new SchemaDesignerDriver(page);
        await designer.NewBlankAsync("pasted");
        await designer.Cell(0, 0).ClickAsync();
        await page.Page.EvaluateAsync("navigator.clipboard.writeText('Email\\tCountry Code\\tSigned Up\\nada@example.org\\tGB\\t2024-03-01\\nlinus@example.org\\tFI\\t2024-03-04')");
        await page.Page.Keyboard.PressAsync("Control+v");
        await Expect(designer.NameOf(3)).ToHaveTextAsync("signed_up");
        Assert.Equal(["id", "email", "country_code", "signed_up"], await designer.NamesAsync());
        await Expect(designer.GeneratorOf(1)).ToHaveTextAsync("internet.email");

        await page.Page.EvaluateAsync("navigator.clipboard.writeText('amount\\tnumeric(12,2)\\nremark\\tvarchar(80)')");
        await page.Page.Keyboard.PressAsync("Control+v");
        await Expect(designer.Page.GetByText("decimal(12,2)")).ToBeVisibleAsync();
        await Expect(designer.Page.GetByText("string(80)")).ToBeVisibleAsync();
    }
}
