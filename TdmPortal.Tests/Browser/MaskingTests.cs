using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using TdmPortal.Tests.Masking;
using TdmPortal.Tests.Testing;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace TdmPortal.Tests.Browser;

/// <summary>
/// Masking as a lead of a new team does it, from the first policy to the drift of its source. Each page is looked at on the
/// way as the tour of pages does it, since only here it has something to show.
/// </summary>
[Collection(BrowserTests.Name)]
[Trait("Requirement", "D3")]
[Trait("Requirement", "D9")]
public sealed class MaskingTests(BrowserFixture browser, DatabaseServer databases)
{
    private const string Phone = "[data-column='customer.phone']";

    [Fact]
    public async Task Masking_FromAStrategyToTheProof_AndThroughTheDriftOfItsSource()
    {
        var customers = await CustomerDatabase.CreateAsync(await databases.CreateEmptyDatabaseAsync());
        await using var portal = await TeamAsync();
        var page = portal.Page;
        await ConnectAsync(portal, customers);

        // A policy from a strategy: what becomes of each column, and which are masked alike.
        await portal.GoAsync("/masking");
        await Expect(page.GetByText("No policy yet")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Start by pseudonymising" }).ClickAsync();
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Customers for the checkout tests");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make the policy" }).ClickAsync();
        await Expect(page.Locator(Phone)).ToHaveAttributeAsync("data-decided", "Strategy", new() { Timeout = 60_000 });
        await page.GetByRole(AriaRole.Link, new() { Name = "Same values" }).ClickAsync();
        await Expect(page.Locator("[data-group]", new() { HasText = "newsletter.email" })).ToContainTextAsync("customer.email");
        await PageTourTests.KeepPictureAsync(page, "masking-same-values-light.png");
        await page.GetByRole(AriaRole.Link, new() { Name = "Scope and risk" }).ClickAsync();
        await page.GetByLabel("Check another table").SelectOptionAsync("customer");
        foreach (var column in new[] { "gender", "postcode" })
            await page.GetByLabel("Add a column of customer").SelectOptionAsync(column);
        await page.GetByText("A part that holds together").ClickAsync();
        await Expect(page.Locator("[data-forecast=ready]")).ToContainTextAsync(new Regex(@"[1-9]\d* of 9,691 rows, from [1-9] of 10 tables"));
        await PageTourTests.KeepPictureAsync(page, "masking-scope-light.png");
        await page.GetByRole(AriaRole.Button, new() { Name = "Undo", Exact = true }).ClickAsync();
        await Expect(page.Locator("[data-forecast=ready]")).ToContainTextAsync("9,691 rows of 10 tables");

        // Two columns at once become coarser, so that combinations with them are shared by many.
        await page.GetByRole(AriaRole.Link, new() { NameRegex = new Regex("^Columns") }).ClickAsync();
        foreach (var column in new[] { "address.postcode", "customer.postcode" })
            await page.GetByLabel($"Select {column}", new() { Exact = true }).CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Choose a masker" }).ClickAsync();
        await page.GetByLabel("Search maskers").FillAsync("zip area");
        await page.Locator("[data-masker=prefix]").ClickAsync();
        await Expect(page.Locator("[data-column='customer.postcode']")).ToHaveAttributeAsync("data-decided", "Column");

        // One column is decided otherwise. Originals are shapes until a lead says why they must be seen.
        await page.Locator(Phone).GetByRole(AriaRole.Link).ClickAsync();
        var panel = page.Locator("[data-column-panel='customer.phone']");
        await Expect(panel.Locator(".was").First).ToHaveTextAsync("+99 999 99999999");
        await panel.GetByRole(AriaRole.Button, new() { Name = "Decide for this column" }).ClickAsync();
        await panel.Locator(".masker-chosen").ClickAsync();
        await Expect(panel.GetByLabel("Search maskers")).ToBeFocusedAsync();
        await panel.GetByLabel("Search maskers").FillAsync("last four");
        await PageTourTests.KeepPictureAsync(page, "masking-picker-light.png");
        await panel.Locator("[data-masker=partial]").ClickAsync();
        await Expect(page.Locator(Phone)).ToHaveAttributeAsync("data-decided", "Column");
        await panel.GetByLabel("style").SelectOptionAsync("custom");
        await panel.GetByLabel("last", new() { Exact = true }).FillAsync("4");
        await panel.GetByLabel("last", new() { Exact = true }).PressAsync("Tab");
        await Expect(panel.Locator(".now").First).ToHaveTextAsync(new Regex("^[*]{12}[0-9]{4}$"));
        await Expect(page.Locator("main")).Not.ToContainTextAsync(new Regex(CustomerDatabase.Pattern, RegexOptions.IgnoreCase));
        await panel.EvaluateAsync("one => one.scrollTop = 0");
        await PageTourTests.SeeBothAsync(portal, "masking-policy");
        await panel.GetByRole(AriaRole.Button, new() { Name = "Show originals…" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByLabel("Why").FillAsync("Support case 4711");
        await portal.AssertAccessibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Show 1 column" }).ClickAsync();
        await Expect(panel.Locator(".was").First).ToHaveTextAsync(new Regex(@"^\+49 151 7731"));
        await panel.GetByRole(AriaRole.Button, new() { Name = "Hide originals" }).ClickAsync();
        await Expect(panel.Locator(".was").First).ToHaveTextAsync("+99 999 99999999");

        // Tried on a sample, the draft lets one person be alone; a digit less and nobody is. It is saved and run.
        await page.GetByRole(AriaRole.Button, new() { Name = "Test on a sample" }).ClickAsync();
        await Expect(page.Locator("[data-trial=unproved]")).ToContainTextAsync("1 row of customer hides among too few others", new() { Timeout = 60_000 });
        await Expect(page.Locator("[data-group-proof=fails]")).ToContainTextAsync("10600");
        await PageTourTests.KeepPictureAsync(page, "masking-trial-light.png");
        await page.GetByRole(AriaRole.Link, new() { Name = "Back to the columns" }).ClickAsync();
        await page.Locator("[data-column='customer.postcode']").GetByRole(AriaRole.Link).ClickAsync();
        panel = page.Locator("[data-column-panel='customer.postcode']");
        await panel.GetByLabel("length", new() { Exact = true }).FillAsync("2");
        await panel.GetByLabel("length", new() { Exact = true }).PressAsync("Tab");
        await Expect(panel.Locator(".now").First).ToHaveTextAsync("10000");
        await page.GetByLabel("Why, for the versions").FillAsync("Testers know customers by the end of the number");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save version 2" }).ClickAsync();
        await Expect(page.GetByText("saved as version 2")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "What it will do" }).ClickAsync();
        await Expect(page.Locator("[data-table-effect=customer]")).ToContainTextAsync(new Regex("600.*13 of 16 columns.*customer_no, email stay unique", RegexOptions.Singleline));
        await PageTourTests.KeepPictureAsync(page, "masking-effect-light.png");
        await page.GetByRole(AriaRole.Button, new() { Name = "Run", Exact = true }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Into the dataset").FillAsync("crm");
        await dialog.GetByLabel("Goes live as soon as it is proved").CheckAsync();
        await Expect(dialog.GetByRole(AriaRole.Status).First).ToHaveTextAsync("9,691 rows of 10 tables.");
        await PageTourTests.SeeBothAsync(portal, "masking-run-dialog");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Run it" }).ClickAsync();
        await Expect(page.Locator("[data-verdict=proved]")).ToBeVisibleAsync(new() { Timeout = 60_000 });

        // What was proved: columns, combinations, risk.
        await Expect(page.Locator("[data-proof]")).ToBeVisibleAsync();
        await Expect(page.Locator("[data-group-proof=holds]")).ToContainTextAsync("Highest risk of one person");
        await Expect(page.Locator("tr[data-proved=yes]", new() { HasText = "customer.phone" })).ToBeVisibleAsync();
        await PageTourTests.SeeBothAsync(portal, "masking-run");
        await page.Locator("[data-group-proof]").ScrollIntoViewIfNeededAsync();
        await PageTourTests.KeepPictureAsync(page, "masking-risk-light.png");

        // A column more in the source: the next run stops and says what would become of it; one button takes it over.
        await customers.ExecuteAsync("alter table crm.employee add private_email text; update crm.employee set private_email = 'zqxboris.' || id || '@zqxmail.example'");
        await page.GetByRole(AriaRole.Link, new() { Name = "Customers for the checkout tests" }).First.ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Run", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByLabel("Into the dataset").FillAsync("crm");
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Run it" }).ClickAsync();
        await Expect(page.Locator("[data-verdict=stopped]")).ToBeVisibleAsync(new() { Timeout = 60_000 });
        var drifted = page.Locator("[data-drifted='employee.private_email']");
        await Expect(drifted.Locator(".was")).ToHaveTextAsync(new Regex("^x+"));
        await PageTourTests.SeeBothAsync(portal, "masking-drift");
        await page.GetByRole(AriaRole.Button, new() { Name = "Apply all and run again" }).ClickAsync();
        await Expect(page.Locator("[data-verdict=proved]")).ToBeVisibleAsync(new() { Timeout = 60_000 });
        await Expect(page.Locator("[data-decision='employee.private_email']")).ToBeVisibleAsync();

        // From now on by itself: by the same policy, from the same source.
        await page.GetByRole(AriaRole.Link, new() { Name = "Open the dataset" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Not refreshed by itself" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Set a schedule" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Change", Exact = true }).ClickAsync();
        await Expect(page.GetByLabel("From the source").Locator("option:checked")).ToHaveTextAsync("Customers, production copy");
        await PageTourTests.KeepPictureAsync(page, "masking-refresh-form-light.png");
        await page.GetByRole(AriaRole.Button, new() { Name = "Start this schedule" }).ClickAsync();
        await Expect(page.Locator("[data-schedule=saved]")).ToBeVisibleAsync();
        await Expect(page.Locator("dl.words")).ToContainTextAsync("as it is at the time of the run");
        await PageTourTests.SeeBothAsync(portal, "masking-refresh");
        await portal.GoAsync("/masking");
        await Expect(page.Locator("[data-policy]")).ToContainTextAsync("Proved");
        await PageTourTests.SeeBothAsync(portal, "masking-policies");
        Assert.Empty(portal.ConsoleErrors);
    }

    /// <summary>A team of its own with one lead: what others count in theirs stays as it is.</summary>
    private async Task<PortalPage> TeamAsync()
    {
        await using (var admin = await browser.SignInAsync("admin"))
        {
            await admin.GoAsync("/admin/teams");
            await admin.Page.GetByRole(AriaRole.Button, new() { Name = "New team" }).ClickAsync();
            await admin.Page.GetByLabel("Name", new() { Exact = true }).FillAsync("Care");
            await admin.Page.GetByLabel("Name", new() { Exact = true }).PressAsync("Tab");
            await Expect(admin.Page.GetByLabel("Key", new() { Exact = true })).ToHaveValueAsync("care");
            await admin.Page.GetByRole(AriaRole.Button, new() { Name = "Create team" }).ClickAsync();
            await Expect(admin.Page.GetByRole(AriaRole.Heading, new() { Name = "Care" })).ToBeVisibleAsync();
        }

        await browser.ExecuteAsync("""
            insert into portal.app_user select (jsonb_populate_record(one, '{"id": "00000000-0000-4000-8000-0000000ca4e1", "user_name": "care-lead", "normalized_user_name": "CARE-LEAD", "email": null, "normalized_email": null, "display_name": "Care lead", "current_team_id": null}')).* from portal.app_user one where user_name = 'checkout-lead';
            insert into portal.team_member (team_id, user_id, role, since) select id, '00000000-0000-4000-8000-0000000ca4e1', 'Lead', now() from portal.team where key = 'care';
            insert into portal.source_host values ('127.0.0.1', 'admin', now()) on conflict do nothing;
            """);
        return await browser.SignInAsync("care-lead");
    }

    private static async Task ConnectAsync(PortalPage portal, CustomerDatabase customers)
    {
        var page = portal.Page;
        await portal.GoAsync("/sources");
        await page.GetByRole(AriaRole.Button, new() { Name = "New connection" }).ClickAsync();
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Customers, production copy");
        await page.GetByLabel("Host", new() { Exact = true }).FillAsync(customers.Settings.Host);
        await page.GetByLabel("Port", new() { Exact = true }).FillAsync(customers.Settings.Port.ToString(CultureInfo.InvariantCulture));
        await page.GetByLabel("Database", new() { Exact = true }).FillAsync(customers.Settings.Database);
        await page.GetByLabel("User", new() { Exact = true }).FillAsync(customers.Settings.UserName);
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(CustomerDatabase.Password);
        await page.GetByLabel("Encryption").SelectOptionAsync("None");
        await page.GetByRole(AriaRole.Button, new() { Name = "Keep it" }).ClickAsync();
        await Expect(page.GetByText("Customers, production copy").First).ToBeVisibleAsync();
    }
}
