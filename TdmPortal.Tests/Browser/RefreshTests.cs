using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace TdmPortal.Tests.Browser;

/// <summary>Schedules of refreshes, their runs and their calendar, as people set and see them.</summary>
[Collection(BrowserTests.Name)]
[Trait("Requirement", "D6")]
public sealed class RefreshTests(BrowserFixture browser)
{
    [Fact]
    public async Task Schedule_SetChangedSkippedPausedAndRun_FromTheDatasetsPage()
    {
        await browser.DemoIsReadyAsync();
        await using var portal = await browser.SignInAsync("billing-lead");
        var page = portal.Page;
        await portal.FollowFirstAsync("/datasets", "main a[href^='/datasets/']:not([href*='/generate'])");
        await page.GetByRole(AriaRole.Link, new() { Name = "Not refreshed by itself" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Set a schedule" }).ClickAsync();

        // The sentence is its own editor, and the runs follow it.
        await page.GetByLabel("How often").SelectOptionAsync("Biweekly");
        await page.GetByLabel("First day").FillAsync("2030-12-03");
        await page.GetByLabel("Time of day").FillAsync("02:30");
        await page.GetByRole(AriaRole.Combobox, new() { Name = "Time zone" }).FillAsync("Europe/Berlin");
        await page.GetByRole(AriaRole.Combobox, new() { Name = "Time zone" }).PressAsync("Tab");
        await Expect(page.Locator(".rule-sentence [role=status]")).ToHaveTextAsync("Every second Tuesday at 02:30, Europe/Berlin, from 3 December 2030");
        await Expect(page.Locator("[data-run]")).ToHaveCountAsync(10);
        await page.GetByRole(AriaRole.Button, new() { Name = "Add blackout days" }).ClickAsync();
        await page.GetByLabel("From", new() { Exact = true }).FillAsync("2030-12-30");
        await page.GetByLabel("To, itself included").FillAsync("2031-01-01");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add", Exact = true }).ClickAsync();
        await Expect(page.Locator("[data-run='2030-12-31']")).ToContainTextAsync("Left out");
        await page.GetByLabel("A run on such a day").SelectOptionAsync("After");
        await Expect(page.Locator("[data-run='2031-01-02']")).ToContainTextAsync("Moved");
        await portal.AssertAccessibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Start this schedule" }).ClickAsync();
        await Expect(page.Locator("[data-schedule=saved]")).ToBeVisibleAsync();

        // Other values in every run: what that costs, and what changes, before it is saved.
        await page.GetByRole(AriaRole.Button, new() { Name = "Change", Exact = true }).ClickAsync();
        await page.GetByText("Others in every run").ClickAsync();
        await Expect(page.Locator("[data-cost]")).ToContainTextAsync("customer 42");
        await page.GetByRole(AriaRole.Group, new() { Name = "Stay the same in every run" }).GetByRole(AriaRole.Checkbox).First.CheckAsync();
        await portal.AssertAccessibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await Expect(page.Locator("[data-change-preview=ready]")).ToBeVisibleAsync(new() { Timeout = 30_000 });
        await page.GetByRole(AriaRole.Button, new() { Name = "Save the schedule" }).ClickAsync();
        await Expect(page.Locator("[data-schedule=saved]")).ToBeVisibleAsync();
        await Expect(page.GetByText("Others in every run, but for")).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Skip the next" }).ClickAsync();
        await Expect(page.Locator("[data-run='2030-12-03']")).ToContainTextAsync("Skipped");
        await page.GetByRole(AriaRole.Button, new() { Name = "Run on 3 Dec after all" }).ClickAsync();
        await Expect(page.Locator("[data-run='2030-12-03']")).Not.ToContainTextAsync("Skipped");
        await page.GetByRole(AriaRole.Button, new() { Name = "Pause" }).ClickAsync();
        await Expect(page.GetByText("Nothing runs until it is resumed")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Resume" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Pause" })).ToBeVisibleAsync();

        // Out of turn: who uses it is said first; the run is seen to its end.
        var dataset = OrdersDataset.DatasetAddress().Match(page.Url).Value["/datasets/".Length..];
        await browser.ExecuteAsync($"insert into portal.version_pin select gen_random_uuid(), team_id, current_version_id, (select id from portal.app_user where user_name = 'billing-tester1'), 'nightly run', now(), now() + interval '1 hour' from portal.dataset where id = '{dataset}'");
        await page.GetByRole(AriaRole.Button, new() { Name = "Run now" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog).Locator("[data-user]")).ToContainTextAsync(new Regex("holds version [0-9]+ until"));
        await portal.AssertAccessibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Run it now" }).ClickAsync();
        await Expect(page.Locator(".figure", new() { HasText = "Last run" })).ToContainTextAsync("Done", new() { Timeout = 30_000 });
        await page.GetByRole(AriaRole.Link, new() { Name = "Runs", Exact = true }).ClickAsync();
        await Expect(page.Locator("[data-state=succeeded]")).ToContainTextAsync("By billing-lead");
        Assert.Empty(portal.ConsoleErrors);
    }

    [Fact]
    public async Task History_OpensOnTheErrorAndCompares_CalendarTurnsAndLeadsThere()
    {
        await browser.DemoIsReadyAsync();
        await RefreshDemo.AddAsync(browser, "mobile");
        await using var portal = await browser.SignInAsync("mobile-lead");
        var page = portal.Page;
        await portal.GoAsync("/refresh");
        await Expect(page.Locator("tr[data-schedule]")).ToContainTextAsync("Every Monday at 06:00");
        await page.Locator("tr[data-schedule]").GetByRole(AriaRole.Link).Nth(1).ClickAsync();

        // The latest failed: it is open, on the error and what to do.
        var failed = page.Locator(".run.open");
        await Expect(failed.GetByRole(AriaRole.Alert)).ToContainTextAsync("Free some space");
        await portal.AssertAccessibleAsync();
        await page.Locator("[data-state=succeeded]").First.GetByRole(AriaRole.Link).First.ClickAsync();
        await Expect(page.Locator("[data-neighbours]")).ToContainTextAsync("+2,000");
        await Expect(page.Locator(".run.open")).ToContainTextAsync("Validate");
        Assert.Contains("?run=", page.Url, StringComparison.Ordinal);

        await portal.GoAsync("/refresh/calendar?view=month&day=2026-01-15");
        await Expect(page.Locator(".rz-event")).ToHaveCountAsync(3);
        await Expect(page.GetByText("Busiest:")).ToBeVisibleAsync();
        await portal.AssertAccessibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Next", Exact = true }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("day=2026-02"));
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Load per hour" }).GetByText("Nothing runs in this time.")).ToBeVisibleAsync();
        await page.GoBackAsync();
        await page.Locator(".rz-event").First.ClickAsync();
        await Expect(page.Locator(".run.open")).ToBeVisibleAsync();
        Assert.Empty(portal.ConsoleErrors);
    }
}
