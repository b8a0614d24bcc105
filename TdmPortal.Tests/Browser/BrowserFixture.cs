using Microsoft.Playwright;
using Npgsql;
using TdmPortal.Tests.Testing;
using Xunit;

namespace TdmPortal.Tests.Browser;

/// <summary>
/// One portal with demo content and one Chromium for all browser tests of a run; each test has a browser context
/// (cookies, storage) of its own. Started when the first test asks, so that other tests don't pay for it.
/// </summary>
public sealed class BrowserFixture(DatabaseServer databases) : IAsyncLifetime
{
    public const string AdminPassword = "Correct-horse-7-battery";

    private readonly Dictionary<string, string> signedIn = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim gate = new(1, 1);
    private IPlaywright? playwright;
    private IBrowser? browser;
    private Task<PortalProcess>? portal;
    private bool demoIsReady;
    private string administrator = "";

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>The shared portal.</summary>
    public async Task<PortalProcess> PortalAsync()
    {
        await gate.WaitAsync();
        try
        {
            // The task is kept, not its result: when the start fails, every test says so at once.
            portal ??= StartPortalAsync();
        }
        finally
        {
            gate.Release();
        }

        return await portal;
    }

    /// <summary>Waits until the demo's datasets are generated: they are made in the background after the start.</summary>
    public async Task DemoIsReadyAsync()
    {
        if (demoIsReady)
            return;
        await using var page = await SignInAsync("checkout-lead");
        await page.GoAsync("/datasets");
        // The list updates itself; the rows' state badge says so.
        await page.Page.GetByText("Ready", new() { Exact = true }).First.WaitForAsync(new() { Timeout = 60_000 });
        demoIsReady = true;
    }

    /// <summary>Brings about in the shared portal's database what otherwise only time or another release would.</summary>
    public async Task ExecuteAsync(string sql)
    {
        _ = await PortalAsync();
        await using var connection = new NpgsqlConnection(administrator);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Settings of a portal on a fresh database, with demo content and known passwords.</summary>
    public async Task<IReadOnlyDictionary<string, string>> SettingsAsync() => Settings(await databases.CreateEmptyDatabaseAsync());

    /// <summary>The same on a database of the test's choice.</summary>
    public static IReadOnlyDictionary<string, string> Settings(string connection) => new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["ConnectionStrings__Portal"] = connection,
        ["PORTAL_DATA"] = TestFolder.Create(),
        ["PORTAL_ADMIN_PASSWORD"] = AdminPassword,
        ["PORTAL_DEMO_PASSWORD"] = AdminPassword,
    };

    /// <summary>A new page, signed out, with its own cookies.</summary>
    public Task<PortalPage> OpenAsync(int width = 1440, int height = 900, bool dark = false, bool touch = false) => OpenAsync(width, height, dark, touch, cookies: null);

    /// <summary>A new page, signed out, on a portal of the test's own.</summary>
    public Task<PortalPage> OpenAsync(PortalProcess portal) => OpenAsync(portal, 1440, 900, dark: false, touch: false, cookies: null);

    private async Task<PortalPage> OpenAsync(int width, int height, bool dark, bool touch, string? cookies) => await OpenAsync(await PortalAsync(), width, height, dark, touch, cookies);

    private async Task<PortalPage> OpenAsync(PortalProcess started, int width, int height, bool dark, bool touch, string? cookies)
    {
        var chromium = await ChromiumAsync();
        var context = await chromium.NewContextAsync(new()
        {
            StorageState = cookies,
            BaseURL = started.Address.ToString(),
            ViewportSize = new() { Width = width, Height = height },
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
            Locale = "en-GB",
            TimezoneId = "Europe/Berlin",
            HasTouch = touch,
            AcceptDownloads = true,
            Permissions = ["clipboard-read", "clipboard-write"],
        });
        context.SetDefaultTimeout(15_000);
        return new(context, await context.NewPageAsync(), started);
    }

    /// <summary>
    /// A new page, signed in: <c>admin</c>, or a demo account such as <c>checkout-lead</c>, <c>billing-tester1</c>. The
    /// second time the cookies of the first are taken; a test that signs out or changes an account signs in by itself.
    /// </summary>
    public async Task<PortalPage> SignInAsync(string user, int width = 1440, int height = 900, bool dark = false, bool touch = false)
    {
        if (signedIn.TryGetValue(user, out var cookies))
            return await OpenAsync(width, height, dark, touch, cookies);
        var page = await OpenAsync(width, height, dark, touch);
        await page.SignInAsync(user, AdminPassword);
        signedIn[user] = await page.Page.Context.StorageStateAsync();
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null)
            await browser.DisposeAsync();
        playwright?.Dispose();
        if (portal is { IsCompletedSuccessfully: true })
            await (await portal).DisposeAsync();
        gate.Dispose();
    }

    private async Task<PortalProcess> StartPortalAsync() => await PortalProcess.StartAsync(Settings(administrator = await databases.CreateEmptyDatabaseAsync()), CancellationToken.None);

    private async Task<IBrowser> ChromiumAsync()
    {
        await gate.WaitAsync();
        try
        {
            playwright ??= await Playwright.CreateAsync();
            // As long as a page's own limit: other tests run beside these.
            Assertions.SetDefaultExpectTimeout(15_000);
            return browser ??= await playwright.Chromium.LaunchAsync(new()
            {
                ExecutablePath = Environment.GetEnvironmentVariable("PORTAL_CHROMIUM") ?? "/usr/bin/chromium",
                Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run", "--disable-quic"],
            });
        }
        finally
        {
            gate.Release();
        }
    }
}
