using System.Diagnostics;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using TdmPortal.Core.Errors;
using TdmPortal.Data.Server;
using Xunit;

namespace TdmPortal.Tests.Server;

/// <summary>The portal's own server: made, found again, taken over and repaired.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class EmbeddedPostgresTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("tdm-server-").FullName;

    public EmbeddedPostgresTests()
    {
        // A temporary folder is closed to others, and root's server runs as another user.
        File.SetUnixFileMode(folder, File.GetUnixFileMode(folder) | UnixFileMode.OtherExecute);
    }

    private EmbeddedPostgresOptions Options => new() { DataFolder = folder, Durable = false, FallbackFolder = Path.Combine(Path.GetTempPath(), "tdm-fallback-" + Path.GetFileName(folder)) };

    public void Dispose()
    {
        Directory.Delete(folder, recursive: true);
        if (Directory.Exists(Options.FallbackFolder)) Directory.Delete(Options.FallbackFolder, recursive: true);
    }

    private Task<EmbeddedPostgres> StartAsync() => EmbeddedPostgres.StartAsync(Options, NullLogger.Instance, TimeProvider.System, TestContext.Current.CancellationToken);

    private static async Task<object?> QueryAsync(EmbeddedPostgres server, string sql)
    {
        await using var connection = new NpgsqlConnection(server.ConnectionString("postgres") + ";Pooling=false");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Start_SecondTime_FindsTheDataOnTheSamePort()
    {
        int port;
        await using (var first = await StartAsync())
        {
            port = first.Port;
            await QueryAsync(first, "create table kept as select 42 as answer");
            Assert.NotEmpty(ClusterProcesses.All(Path.Combine(folder, "postgres", "cluster")));
        }
        Assert.Empty(ClusterProcesses.All(Path.Combine(folder, "postgres", "cluster")));

        await using var second = await StartAsync();
        Assert.Equal(port, second.Port);
        Assert.Equal(42, await QueryAsync(second, "select answer from kept"));
    }

    [Fact]
    public async Task Start_Always_ListensOnLoopbackWithPasswordsOnly()
    {
        await using var server = await StartAsync();

        Assert.Equal("127.0.0.1", await QueryAsync(server, "show listen_addresses"));
        Assert.Equal("", await QueryAsync(server, "show unix_socket_directories"));
        Assert.Equal(0L, await QueryAsync(server, "select count(*) from pg_hba_file_rules where auth_method <> 'scram-sha-256'"));
        var wrong = new NpgsqlConnectionStringBuilder(server.ConnectionString("postgres")) { Password = "guess", Pooling = false };
        await using var connection = new NpgsqlConnection(wrong.ConnectionString);
        var refused = await Assert.ThrowsAsync<PostgresException>(() => connection.OpenAsync(TestContext.Current.CancellationToken));
        Assert.Equal(PostgresErrorCodes.InvalidPassword, refused.SqlState);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(folder, "postgres.json")));
    }

    [Fact]
    [Trait("Requirement", "N3")]
    public async Task Start_OpenToTheNetwork_LetsOthersInByTlsOnlyAndNeverTheAdministrator()
    {
        // Who connects to this machine by its own address comes from that address, as from another machine. One that has
        // none but loopback can show the first half only.
        var address = NetworkInterface.GetAllNetworkInterfaces().SelectMany(one => one.GetIPProperties().UnicastAddresses).Select(one => one.Address)
            .FirstOrDefault(one => one.AddressFamily == AddressFamily.InterNetwork && !IPAddress.IsLoopback(one))?.ToString() ?? "127.0.0.1";
        await using var server = await EmbeddedPostgres.StartAsync(Options with { Listen = address }, NullLogger.Instance, TimeProvider.System, TestContext.Current.CancellationToken);
        await QueryAsync(server, "create database portal");
        await QueryAsync(server, "create role guest login password 'guest-of-the-house'");
        Assert.Equal(address, server.Host);
        Assert.Equal(0L, await QueryAsync(server, "select count(*) from pg_hba_file_rules where auth_method not in ('scram-sha-256', 'reject') or error is not null"));

        var guest = new NpgsqlConnectionStringBuilder { Host = address, Port = server.Port, Database = "portal", Username = "guest", Password = "guest-of-the-house", Pooling = false, SslMode = SslMode.Require };
        await using (var connection = new NpgsqlConnection(guest.ConnectionString))
        {
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            await using var command = new NpgsqlCommand("select version from pg_stat_ssl where pid = pg_backend_pid()", connection);
            Assert.StartsWith("TLSv1.", (string?)await command.ExecuteScalarAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }

        if (address == "127.0.0.1")
            return;
        var administrator = new NpgsqlConnectionStringBuilder(server.ConnectionString("portal")) { Host = address, Pooling = false, SslMode = SslMode.Require };
        foreach (var refused in (NpgsqlConnectionStringBuilder[])[administrator, new(guest.ConnectionString) { SslMode = SslMode.Disable }, new(guest.ConnectionString) { Database = "postgres" }])
        {
            await using var connection = new NpgsqlConnection(refused.ConnectionString);
            var error = await Assert.ThrowsAsync<PostgresException>(() => connection.OpenAsync(TestContext.Current.CancellationToken));
            Assert.Equal(PostgresErrorCodes.InvalidAuthorizationSpecification, error.SqlState);
        }
    }

    [Theory]
    [InlineData("my-host", "is no IP address")]
    [InlineData("192.0.2.77", "is no address of this machine")]
    public async Task Start_AtAnAddressThatCannotBe_IsRefused(string address, string why)
    {
        var refused = await Assert.ThrowsAsync<PortalException>(() => EmbeddedPostgres.StartAsync(Options with { Listen = address }, NullLogger.Instance, TimeProvider.System, TestContext.Current.CancellationToken));
        Assert.Equal("platform.db_listen", refused.Code);
        Assert.Contains(why, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_WhileAnotherPortalHoldsTheFolder_IsRefused()
    {
        await using var first = await StartAsync();

        var refused = await Assert.ThrowsAsync<PortalException>(StartAsync);

        Assert.Equal("platform.data_folder_in_use", refused.Code);
    }

    [Fact]
    public async Task Start_AfterTheServerWasKilled_Recovers()
    {
        var first = await StartAsync();
        await QueryAsync(first, "create table kept as select 42 as answer");
        await first.AbandonAsync();
        using (var postmaster = Process.GetProcessById(first.ProcessId!.Value)) postmaster.Kill();

        await using var second = await StartAsync();

        Assert.Equal(42, await QueryAsync(second, "select answer from kept"));
    }

    [Fact]
    public async Task Start_AfterThePortalWasKilled_TakesOverTheServerLeftRunning()
    {
        var first = await StartAsync();
        var processId = first.ProcessId;
        await first.AbandonAsync();

        await using var second = await StartAsync();

        Assert.Equal(processId, second.ProcessId);
        Assert.Equal(1, await QueryAsync(second, "select 1"));
    }

    [Fact]
    public async Task Start_WithALockFileThatNamesAnotherProgram_Starts()
    {
        await using (var first = await StartAsync()) { }
        // The process id of the dead server now belongs to somebody else: to this very test.
        var file = Path.Combine(folder, "postgres", "cluster", "postmaster.pid");
        await File.WriteAllTextAsync(file, $"{Environment.ProcessId}\n{Path.GetDirectoryName(file)}\n", TestContext.Current.CancellationToken);

        await using var second = await StartAsync();

        Assert.Equal(1, await QueryAsync(second, "select 1"));
    }

    [Fact]
    public async Task Start_WhenItsPortIsTaken_ChoosesAnother()
    {
        int port;
        await using (var first = await StartAsync()) port = first.Port;
        using var squatter = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, port);
        squatter.Start();

        await using var second = await StartAsync();

        Assert.NotEqual(port, second.Port);
        Assert.Equal(1, await QueryAsync(second, "select 1"));
    }

    [Fact]
    public async Task Server_KilledWhileThePortalRuns_IsStartedAgain()
    {
        await using var server = await StartAsync();
        var processId = server.ProcessId!.Value;
        using (var postmaster = Process.GetProcessById(processId)) postmaster.Kill();

        while (server.ProcessId is null || server.ProcessId == processId)
            await Task.Delay(50, TestContext.Current.CancellationToken);

        await using var connection = new NpgsqlConnection(server.ConnectionString("postgres") + ";Pooling=false");
        while (connection.State != System.Data.ConnectionState.Open)
        {
            try { await connection.OpenAsync(TestContext.Current.CancellationToken); }
            catch (NpgsqlException) { await Task.Delay(50, TestContext.Current.CancellationToken); }
        }
    }

    [Fact]
    public async Task Start_AsRootWhereItsUserCannotEnter_UsesTheFallbackFolder()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Only root's server runs as another user.");
        File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        await using var server = await StartAsync();

        Assert.StartsWith(Options.FallbackFolder, server.Folder, StringComparison.Ordinal);
        Assert.Equal(1, await QueryAsync(server, "select 1"));
    }
}
