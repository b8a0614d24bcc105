using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using TdmPortal.Core.Schemas;
using TdmPortal.Tests.Testing;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace TdmPortal.Tests.Browser;

/// <summary>Schemas as files, copies and versions.</summary>
[Collection(BrowserTests.Name)]
public sealed class SchemaFilesTests(BrowserFixture browser)
{
    [Fact]
    [Trait("Requirement", "D8")]
    public async Task Import_FileWithManyMistakes_ListsAllAndStoresNothing()
    {
        await using var page = await browser.SignInAsync("billing-tester2");
        var designer = new SchemaDesignerDriver(page);
        await designer.NewBlankAsync("before_the_import");
        await page.GoAsync("/schemas");
        await page.Page.GetByLabel("Import a file").SetInputFilesAsync(new FilePayload
        {
            Name = "bad.schema.json",
            MimeType = "application/json",
            Buffer = Encoding.UTF8.GetBytes("""
                { "name": "bad_import", "entities": [ { "name": "a'; DROP TABLE x; --", "rows": -3, "fields": [
                    { "name": "mail", "type": "string", "generator": "internet.mial" },
                    { "name": "price", "type": "decimal", "precision": 38, "scale": 40, "generator": "number.decimal" } ] } ],
                  "relationships": [ { "name": "r", "from": { "entity": "nowhere", "fields": ["id"] }, "to": { "entity": "nowhere", "fields": ["id"] } } ] }
                """),
        });
        var problems = page.Page.GetByRole(AriaRole.Region, new() { Name = "bad.schema.json was not imported" });
        foreach (var path in (string[])["entities[0].name", "entities[0].rows", "entities[0].fields[0].generator", "entities[0].fields[1].scale", "relationships[0].to.entity"])
            await Expect(problems.GetByText(path, new() { Exact = true })).ToBeVisibleAsync();
        await Expect(problems.GetByText("internet.email").First).ToBeVisibleAsync();
        await page.AssertAccessibleAsync();

        // Neither the team's schemas nor the author's draft know of it.
        await page.GoAsync("/schemas?search=bad_import");
        await Expect(page.Page.GetByText("Nothing found")).ToBeVisibleAsync();
        await page.GoAsync("/schemas/draft");
        await Expect(page.Page.GetByRole(AriaRole.Heading, new() { Name = "before_the_import" })).ToBeVisibleAsync();
    }

    [Fact]
    [Trait("Requirement", "D8")]
    public async Task Open_FileOf50Megabytes_IsRefusedWithItsSize()
    {
        await using var page = await browser.SignInAsync("billing-tester2");
        await page.GoAsync("/schemas/new");
        var path = Path.Combine(TestFolder.Create(), "huge.schema.json");
        await using (var file = File.Create(path))
            file.SetLength(50 * 1024 * 1024);
        await page.Page.GetByLabel("Schema file").SetInputFilesAsync(path);
        var problems = page.Page.GetByRole(AriaRole.Region, new() { Name = "huge.schema.json was not opened" });
        await Expect(problems).ToContainTextAsync("50");
        await Expect(problems).ToContainTextAsync("20 MB");
    }

    [Fact]
    [Trait("Requirement", "D1")]
    public async Task Export_ThenImport_GivesTheSameDocumentInFileTabAndDesigner()
    {
        await using var page = await browser.SignInAsync("billing-lead");
        var designer = new SchemaDesignerDriver(page);
        await designer.NewBlankAsync("to_and_fro");
        await designer.AddFieldsAsync("email", "city");
        await designer.ViewAsync("JSON");
        var json = page.Page.GetByLabel("The schema document as JSON");
        await Expect(json).ToHaveValueAsync(new System.Text.RegularExpressions.Regex("city"));
        var shown = await json.InputValueAsync();
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "More" }).ClickAsync();
        var download = await page.Page.RunAndWaitForDownloadAsync(() => page.Page.GetByRole(AriaRole.Button, new() { Name = "Download the file" }).ClickAsync());
        Assert.Equal("to_and_fro.schema.json", download.SuggestedFilename);
        var path = Path.Combine(TestFolder.Create(), download.SuggestedFilename);
        await download.SaveAsAsync(path);
        var text = await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);
        Assert.Equal(shown, text.ReplaceLineEndings("\n"));
        Assert.Equal(["id", "email", "city"], SchemaReader.ReadAndValidate(Encoding.UTF8.GetBytes(text)).Document!.Entities[0].Fields.Select(field => field.Name));

        await page.GoAsync("/schemas");
        await page.Page.GetByLabel("Import a file").SetInputFilesAsync(path);
        await designer.ReadyAsync();
        Assert.Equal(["id", "email", "city"], await designer.NamesAsync());
        await designer.ViewAsync("JSON");
        await Expect(json).ToHaveValueAsync(shown);
    }

    [Fact]
    [Trait("Requirement", "D1")]
    public async Task Duplicate_SavedSchema_OpensACopyUnderTheNextFreeName()
    {
        await using var page = await browser.SignInAsync("billing-lead");
        var designer = new SchemaDesignerDriver(page);
        await designer.NewBlankAsync("twin");
        await designer.AddFieldsAsync("phone");
        await designer.SaveAsync("");
        // The first save moves the page to the schema's own address, where it is read anew.
        await Expect(page.Page).ToHaveURLAsync(new Regex("/schemas/[0-9a-f]{8}-"));
        await Expect(page.Page.GetByText("Version 1", new() { Exact = true })).ToBeVisibleAsync();
        await designer.ReadyAsync();
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "More" }).ClickAsync();
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Duplicate", Exact = true }).ClickAsync();
        await Expect(page.Page.GetByRole(AriaRole.Heading, new() { Name = "twin_2" })).ToBeVisibleAsync();
        await Expect(designer.NameOf(1)).ToHaveTextAsync("phone");
        await page.GoAsync("/schemas?search=twin");
        await Expect(page.Page.Locator("td a.cover")).ToHaveTextAsync(["twin_2", "twin"]);
    }

    [Fact]
    [Trait("Requirement", "D1")]
    public async Task History_SecondVersion_SaysInWordsWhatChanged()
    {
        await using var page = await browser.SignInAsync("mobile-lead");
        var designer = new SchemaDesignerDriver(page);
        await designer.NewBlankAsync("told");
        await designer.AddFieldsAsync("email", "phone");
        await designer.SaveAsync("Begun");
        await Expect(page.Page.GetByText("Version 1", new() { Exact = true })).ToBeVisibleAsync();
        await designer.ReadyAsync();
        await designer.Cell(2, 4).ClickAsync();
        await page.Page.Keyboard.TypeAsync("15");
        await page.Page.Keyboard.PressAsync("Enter");
        await Expect(designer.Cell(2, 4)).ToContainTextAsync("15");
        await designer.AddFieldsAsync("city");
        await designer.SaveAsync("Where they live");
        await Expect(page.Page.GetByText("Version 2", new() { Exact = true })).ToBeVisibleAsync();

        await designer.ViewAsync("History");
        var versions = page.Page.GetByRole(AriaRole.List, new() { Name = "Versions" });
        await versions.GetByRole(AriaRole.Button, new() { Name = "Version 2" }).ClickAsync();
        await Expect(versions.GetByText("Where they live")).ToBeVisibleAsync();
        var difference = page.Page.GetByRole(AriaRole.Region, new() { Name = "Difference" });
        await Expect(difference.GetByText("entity.city was added")).ToBeVisibleAsync();
        await Expect(difference.Locator("summary").Filter(new() { HasText = "entity.phone" })).ToContainTextAsync("15");
        await Expect(difference.GetByText("entity.email")).ToHaveCountAsync(0);
    }

    [Fact]
    [Trait("Requirement", "D1")]
    public async Task Preview_AfterEachEdit_ShowsIt()
    {
        await using var page = await browser.SignInAsync("mobile-lead");
        var designer = new SchemaDesignerDriver(page);
        await page.GoAsync("/schemas");
        await page.Page.GetByLabel("Import a file").SetInputFilesAsync(Repository.PathOf("samples", "web-shop.schema.json"));
        await designer.ReadyAsync();
        await Expect(designer.Preview.GetByRole(AriaRole.Columnheader)).ToHaveCountAsync(17);

        // From the key that ends an edit to the preview's new head, in the browser's own clock: the figures go to the
        // test's output (docs/performance.md quotes them); what is asserted is that each edit shows.
        var times = new List<double>();
        for (var row = 1; row <= 8; row++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"b{row}");
            await designer.Cell(row, 0).ClickAsync();
            await page.Page.Keyboard.TypeAsync(name);
            await page.Page.EvaluateAsync("""
                name => {
                  let begun;
                  window.followed = 0;
                  addEventListener('keydown', () => { begun = performance.now(); }, { capture: true, once: true });
                  const look = () => {
                    if ([...document.querySelectorAll('[aria-label=Preview] thead th')].some(head => head.textContent.endsWith(name)))
                      window.followed = performance.now() - begun;
                    else
                      requestAnimationFrame(look);
                  };
                  look();
                }
                """, name);
            await page.Page.Keyboard.PressAsync("Enter");
            var followed = await page.Page.WaitForFunctionAsync("() => window.followed");
            times.Add(await followed.JsonValueAsync<double>());
        }

        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Preview after an edit: {string.Join(", ", times.Select(time => time.ToString("F0", CultureInfo.InvariantCulture)))} ms"));

        await designer.Cell(1, 4).ClickAsync();
        await page.Page.Keyboard.TypeAsync("100");
        await page.Page.Keyboard.PressAsync("Enter");
        await Expect(designer.Preview.GetByText("100 % null")).ToBeVisibleAsync();
        await designer.Cell(8, 0).ClickAsync();
        await page.Page.Keyboard.PressAsync("Delete");
        await Expect(designer.Preview.GetByRole(AriaRole.Columnheader)).ToHaveCountAsync(16);
        await page.Page.Keyboard.PressAsync("Control+z");
        await Expect(designer.Preview.GetByRole(AriaRole.Columnheader)).ToHaveCountAsync(17);
    }
}
