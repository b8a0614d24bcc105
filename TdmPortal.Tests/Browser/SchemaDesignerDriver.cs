using System.Globalization;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace TdmPortal.Tests.Browser;

/// <summary>The designer as a person with a keyboard and a mouse meets it.</summary>
internal sealed class SchemaDesignerDriver(PortalPage portal)
{
    private const int Name = 0, Generator = 2;

    public IPage Page => portal.Page;

    /// <summary>Begins a blank schema: one entity with an id.</summary>
    public async Task NewBlankAsync(string name)
    {
        await portal.GoAsync("/schemas/new");
        await Page.GetByLabel("Called").Last.FillAsync(name);
        await Page.Locator("section", new() { HasText = "One entity with a numbered key" }).GetByRole(AriaRole.Button, new() { Name = "Open in the designer" }).ClickAsync();
        await ReadyAsync();
    }

    /// <summary>Waits until the grid is drawn and its scripts listen.</summary>
    public async Task ReadyAsync()
    {
        await Expect(Row(0)).ToBeVisibleAsync();
        await portal.SettleAsync();
    }

    /// <summary>Types names into the grid's last line, Enter after each.</summary>
    public async Task AddFieldsAsync(params string[] names)
    {
        foreach (var name in names)
        {
            await Page.Locator(".fg-row.add [data-col='0']").ClickAsync();
            await Page.Keyboard.TypeAsync(name);
            await Page.Keyboard.PressAsync("Enter");
            await Expect(Page.Locator(".fg-row:not(.add) .name .text").GetByText(name, new() { Exact = true })).ToBeVisibleAsync();
        }
    }

    public ILocator Row(int row) => Page.Locator($".fg-row[data-row='{row.ToString(CultureInfo.InvariantCulture)}']");
    public ILocator Cell(int row, int column) => Row(row).Locator($"[data-col='{column.ToString(CultureInfo.InvariantCulture)}']");
    public ILocator NameOf(int row) => Cell(row, Name).Locator(".text");
    public ILocator GeneratorOf(int row) => Cell(row, Generator).Locator(".text");
    public ILocator Entities => Page.GetByRole(AriaRole.Navigation, new() { Name = "Entities" });
    public ILocator Preview => Page.GetByRole(AriaRole.Region, new() { Name = "Preview", Exact = true });
    public ILocator Kept => Page.GetByText("draft kept");

    public async Task<IReadOnlyList<string>> NamesAsync() => await Page.Locator(".fg-row:not(.add):not(.head) .name .text").AllInnerTextsAsync();

    /// <summary>The first shown values of a preview column.</summary>
    public async Task<IReadOnlyList<string>> ValuesAsync(string column)
    {
        var headers = (await Preview.Locator("thead th").AllInnerTextsAsync()).Select(text => text.Split('\n')[^1].Trim()).ToList();
        var at = headers.FindIndex(text => text.EndsWith(column, StringComparison.Ordinal));
        return at < 0 ? [] : await Preview.Locator($"tbody tr > :nth-child({(at + 1).ToString(CultureInfo.InvariantCulture)})").AllInnerTextsAsync();
    }

    /// <summary>Opens an entity by its line in the tree.</summary>
    public Task OpenEntityAsync(string name) => Entities.Locator("button.open").Filter(new() { Has = Page.GetByText(name, new() { Exact = true }) }).ClickAsync();

    public Task ViewAsync(string name) => Page.GetByRole(AriaRole.Tab, new() { Name = name }).ClickAsync();

    public async Task SelectRowsAsync(int from, int to)
    {
        await Cell(from, Name).ClickAsync();
        await Cell(to, Name).ClickAsync(new() { Modifiers = [KeyboardModifier.Shift] });
    }

    public async Task SaveAsync(string note)
    {
        await Page.Keyboard.PressAsync("Control+s");
        await Page.GetByLabel("What for").FillAsync(note);
        await Page.Keyboard.PressAsync("Enter");
    }
}
