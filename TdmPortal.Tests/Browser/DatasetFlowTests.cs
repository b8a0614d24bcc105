using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace TdmPortal.Tests.Browser;

/// <summary>What can go another way while a dataset is made.</summary>
[Collection(BrowserTests.Name)]
public sealed partial class DatasetFlowTests(BrowserFixture browser)
{
    [Fact]
    public async Task Form_WrongInput_IsSaidInPlaceAndCannotBeSent()
    {
        await using var portal = await browser.SignInAsync("checkout-tester2");
        var page = portal.Page;
        await OrdersDataset.OpenFormAsync(portal, "Customers and orders");
        await page.Locator("#rows-customer").FillAsync("-5");
        await Expect(page.Locator("#rows-customer")).ToHaveClassAsync(InvalidClass());
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Generate", Exact = true })).ToBeDisabledAsync();
        await page.Locator("#rows-customer").FillAsync("25");
        await page.GetByLabel("Dataset name").FillAsync("Not a name");
        await Expect(page.GetByText("Lower-case letters, digits and single underscores")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Generate", Exact = true })).ToBeDisabledAsync();
        await page.GetByLabel("Dataset name").FillAsync("fine");
        // Choosing what is chosen already takes nothing away that was typed.
        await page.GetByLabel("Schema", new() { Exact = true }).DispatchEventAsync("change");
        await page.GetByRole(AriaRole.Button, new() { Name = "Copy as tdm" }).ClickAsync();
        await Expect(page.GetByText("The command is on the clipboard")).ToBeVisibleAsync();
        Assert.Contains("--rows customer=25", await page.EvaluateAsync<string>("() => navigator.clipboard.readText()"), StringComparison.Ordinal);
        await Expect(page.GetByLabel("Dataset name")).ToHaveValueAsync("fine");
    }

    [Fact]
    public async Task Cancel_ARunningJob_LeavesNothingBehind()
    {
        await using var portal = await browser.SignInAsync("checkout-tester2");
        var page = portal.Page;
        await OrdersDataset.OpenFormAsync(portal, "Customers and orders");
        await page.GetByLabel("Dataset name").FillAsync("cancelled_one");
        // The form begins with what the team asked for last; typed rows would not be scaled.
        await page.GetByRole(AriaRole.Button, new() { Name = "As designed", Exact = true }).ClickAsync();
        await page.GetByLabel("Scale factor").FillAsync("5");
        await Expect(page.Locator("[data-estimate=rows]")).ToHaveTextAsync("6,000,000");
        await page.GetByRole(AriaRole.Button, new() { Name = "Generate", Exact = true }).ClickAsync();
        await Expect(page).ToHaveURLAsync(OrdersDataset.JobAddress(), new() { Timeout = 15_000 });

        // The job's own button: the form that is being left has one of that name too.
        await page.Locator("[data-job]").GetByRole(AriaRole.Button, new() { Name = "Cancel", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Cancel the job" }).ClickAsync();

        await Expect(page.Locator("[data-state=cancelled]")).ToBeVisibleAsync();
        await Expect(page.GetByText("Nothing half-made was left behind.")).ToBeVisibleAsync();
        await portal.AssertAccessibleAsync();
        await portal.GoAsync("/jobs?state=cancelled&q=cancelled_one");
        await Expect(page.Locator(".job-list li")).ToHaveCountAsync(1);
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Run again" })).ToBeVisibleAsync();
        await portal.AssertAccessibleAsync();
        Assert.Empty(portal.ConsoleErrors);
    }

    [GeneratedRegex("invalid")]
    private static partial Regex InvalidClass();
}
