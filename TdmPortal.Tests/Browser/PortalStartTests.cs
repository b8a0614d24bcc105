using System.Text.RegularExpressions;
using Npgsql;
using TdmPortal.Tests.Testing;
using Xunit;

namespace TdmPortal.Tests.Browser;

/// <summary>The portal with a database of its own, as <c>./run</c> starts it: first start, a crash, a clean end.</summary>
public sealed partial class PortalStartTests(DatabaseServer server) : IDisposable
{
    private readonly string folder = TestFolder.Create();

    private Dictionary<string, string> Settings => new(StringComparer.Ordinal)
    {
        ["PORTAL_DATA"] = Path.Combine(folder, "data"),
        ["PORTAL_DEMO"] = "false",
        ["ConnectionStrings__Portal"] = "",
        ["PORTAL_ADMIN_PASSWORD"] = "",
    };

    private string LockFile => Path.Combine(folder, "data", "postgres", "cluster", "postmaster.pid");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Start_FirstThenKilledThenAgain_KeepsTheAccountAndEndsItsServer()
    {
        var cancellation = TestContext.Current.CancellationToken;
        string password;
        await using (var first = await PortalProcess.StartAsync(Settings, cancellation))
        {
            password = PrintedPassword().Match(await first.WaitForOutputAsync(PrintedPassword(), cancellation)).Groups["password"].Value;
            Assert.True(await SignInAsync(first, password));
            await first.KillAsync();
        }

        // Its server was left running: nobody told it to stop.
        Assert.True(File.Exists(LockFile));

        await using (var second = await PortalProcess.StartAsync(Settings, cancellation))
        {
            Assert.DoesNotMatch(PrintedPassword(), second.Output);
            Assert.True(await SignInAsync(second, password));
            Assert.False(await SignInAsync(second, password + "x"));
        }

        Assert.False(File.Exists(LockFile));
    }

    [Fact]
    public async Task Start_AfterAFirstStartThatWasCutOff_PrintsANewPassword()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var settings = Settings;
        settings["ConnectionStrings__Portal"] = await server.CreateEmptyDatabaseAsync();
        settings["PORTAL_DEMO"] = "true";
        string lost;
        await using (var first = await PortalProcess.StartAsync(settings, cancellation))
            lost = PrintedPassword().Match(await first.WaitForOutputAsync(PrintedPassword(), cancellation)).Groups["password"].Value;
        await using (var connection = new NpgsqlConnection(settings["ConnectionStrings__Portal"]))
        {
            // The role is what a first start gives last.
            await connection.OpenAsync(cancellation);
            await using var command = new NpgsqlCommand("delete from portal.app_user_role", connection);
            Assert.Equal(1, await command.ExecuteNonQueryAsync(cancellation));
        }

        await using var second = await PortalProcess.StartAsync(settings, cancellation);
        var password = PrintedPassword().Match(await second.WaitForOutputAsync(PrintedPassword(), cancellation)).Groups["password"].Value;
        Assert.NotEqual(lost, password);
        Assert.True(await SignInAsync(second, password));
        Assert.False(await SignInAsync(second, lost));
    }

    private static async Task<bool> SignInAsync(PortalProcess portal, string password)
    {
        using var handler = new HttpClientHandler { AllowAutoRedirect = false };
        using var client = new HttpClient(handler) { BaseAddress = portal.Address };
        var form = await client.GetStringAsync(new Uri("sign-in", UriKind.Relative), TestContext.Current.CancellationToken);
        using var answer = await client.PostAsync(new Uri("sign-in", UriKind.Relative), new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["_handler"] = "sign-in",
            ["__RequestVerificationToken"] = Token().Match(form).Groups["token"].Value,
            ["Input.UserName"] = "admin",
            ["Input.Password"] = password,
        }), TestContext.Current.CancellationToken);
        return answer.StatusCode == System.Net.HttpStatusCode.Redirect;
    }

    [GeneratedRegex(@"Sign in as  admin  with password  (?<password>\S+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex PrintedPassword();

    [GeneratedRegex("__RequestVerificationToken\" value=\"(?<token>[^\"]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Token();
}
