using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using TdmPortal.Tests.Import;
using TdmPortal.Tests.Testing;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace TdmPortal.Tests.Browser;

/// <summary>From somebody else's database to a schema that makes rows like its own.</summary>
[Collection(BrowserTests.Name)]
[Trait("Requirement", "D7")]
public sealed class ImportTests(BrowserFixture browser, DatabaseServer databases)
{
    [Fact]
    public async Task Wizard_FromAConnectionToASchemaThatGenerates()
    {
        var source = await SourceDatabase.CreateAsync(databases);
        await using var portal = await browser.SignInAsync("admin");
        await browser.ExecuteAsync("delete from portal.source_host");
        var page = portal.Page;
        await portal.GoAsync("/schemas");
        await page.GetByRole(AriaRole.Link, new() { Name = "Import…" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "A database" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "New connection" }).First.ClickAsync();
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Browser shop");
        await page.GetByLabel("Host", new() { Exact = true }).FillAsync("127.0.0.1");
        await page.GetByLabel("Port", new() { Exact = true }).FillAsync(source.Settings.Port.ToString(System.Globalization.CultureInfo.InvariantCulture));
        await page.GetByLabel("Database", new() { Exact = true }).FillAsync(source.Settings.Database);
        await page.GetByLabel("User", new() { Exact = true }).FillAsync(source.Settings.UserName);
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(SourceDatabase.Password);
        await page.GetByLabel("Encryption").SelectOptionAsync("None");

        // Nobody has allowed the host (but another test, if it came first); who may, can do so in place, and nothing that was typed is lost.
        await page.GetByRole(AriaRole.Button, new() { Name = "Test connection" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "You are an administrator" }).ClickAsync();
        await Expect(page.GetByText("2 tables can be read, 1 cannot")).ToBeVisibleAsync();
        await portal.AssertAccessibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Keep it" }).ClickAsync();

        await page.GetByLabel("Search tables").FillAsync("customer");
        await Expect(page.Locator(".import-tables li")).ToHaveCountAsync(1);
        await page.GetByLabel("Search tables").FillAsync("closed");
        await page.GetByRole(AriaRole.Button, new() { Name = "Select none" }).ClickAsync();
        await page.GetByLabel("Learn what is typical of the rows").CheckAsync();
        await page.GetByLabel("Name of the schema").FillAsync("browser_shop");
        await page.GetByRole(AriaRole.Button, new() { Name = "Propose a schema of 2 tables" }).ClickAsync();

        await page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Personal") }).ClickAsync(new() { Timeout = 60_000 });
        var email = page.Locator("[data-column='customer.email']");
        await Expect(email.GetByRole(AriaRole.Combobox)).ToHaveValueAsync("email");
        await Expect(page.Locator("main")).Not.ToContainTextAsync(SourceDatabase.Planted);
        await portal.AssertAccessibleAsync();
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^All") }).ClickAsync();
        await page.Locator("[data-column='customer.tier']").GetByRole(AriaRole.Combobox).SelectOptionAsync("none");
        await page.ReloadAsync();
        await portal.InteractiveAsync();
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^All") }).ClickAsync();
        await Expect(page.Locator("[data-column='customer.tier']").GetByRole(AriaRole.Combobox)).ToHaveValueAsync("none");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save the schema" }).ClickAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "Open the schema" }).ClickAsync();
        await Expect(page.Locator(".field-grid")).ToContainTextAsync("email");

        // The same by a file, dropped in: read, learned from, and nowhere on the disk.
        await portal.GoAsync("/import?from=files");
        await page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = "people.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes("id;e-mail;city\n" + string.Concat(Enumerable.Range(1, 200).Select(n => $"{n};{(n == 9 ? SourceDatabase.Planted : $"p{n}@example.org")};Köln\n")) + "broken\n") });
        await Expect(page.GetByText("1 line is no row")).ToBeVisibleAsync();
        await Expect(page.Locator("main")).Not.ToContainTextAsync("lindqvist");
        await portal.AssertAccessibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Learn from this file" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Save the schema" }).ClickAsync(new() { Timeout = 60_000 });
        await Expect(page.GetByText("It is a schema now")).ToBeVisibleAsync();
        await portal.GoAsync("/sources");
        await page.GetByRole(AriaRole.Link, new() { Name = "Browser shop" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Look again" }).ClickAsync();
        await Expect(page.GetByTestId("drift")).ToContainTextAsync("Nothing changed");
        await portal.AssertAccessibleAsync();
        Assert.Empty(portal.ConsoleErrors);

        // Another site's page may have the cookie sent along, but has not the token.
        Assert.Equal("upload.not_from_portal", await page.EvaluateAsync<string>("() => fetch('/api/v1/uploads?name=x.csv', { method: 'POST', body: 'id\\n1' }).then(answer => answer.json()).then(problem => problem.errorCode)"));
    }
}
