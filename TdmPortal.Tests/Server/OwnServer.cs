using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using TdmPortal.Core.Teams;
using TdmPortal.Data;
using TdmPortal.Data.Server;
using TdmPortal.Data.Teams;
using Xunit;

namespace TdmPortal.Tests.Server;

/// <summary>A server that a test class may break: restarted, its roles changed.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class OwnServer : IAsyncLifetime
{
    public const string Key = "a key for tests";
    private readonly string folder = Directory.CreateTempSubdirectory("tdm-own-").FullName;
    private int databases;

    public EmbeddedPostgres Postgres { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        File.SetUnixFileMode(folder, File.GetUnixFileMode(folder) | UnixFileMode.OtherExecute);
        await StartAsync();
    }

    /// <summary>Starts it, after <see cref="StopAsync"/> at the same address with what it held.</summary>
    public async Task StartAsync() =>
        Postgres = await EmbeddedPostgres.StartAsync(new EmbeddedPostgresOptions { DataFolder = folder, Durable = false }, NullLogger.Instance, TimeProvider.System);

    /// <summary>Stops it for as long as the test likes: nobody starts it again.</summary>
    public ValueTask StopAsync() => Postgres.DisposeAsync();

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        await Postgres.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>The administrator's connection to a database that does not exist yet.</summary>
    public string NewDatabase() => Postgres.ConnectionString($"portal{Interlocked.Increment(ref databases)}");

    public Task<PortalDatabase> OpenAsync(string connection, string key = Key) => PortalDatabase.OpenAsync(
        new PortalDataOptions { ConnectionString = connection, DataFolder = folder, Key = key }, NullLoggerFactory.Instance, TimeProvider.System, TestContext.Current.CancellationToken);

    /// <summary>A user and a team of their own.</summary>
    internal static async Task<Actor> NewTeamAsync(PortalDatabase database, string key, TeamRole role = TeamRole.Lead)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var admin = new Actor(Guid.NewGuid(), "admin", true, Guid.Empty, "", TeamRole.Lead);
        var teams = new TeamStore(database, TimeProvider.System);
        var team = await teams.CreateAsync(admin, key, "Team " + key, "UTC", cancellation);
        return await NewMemberAsync(database, team, key, role);
    }

    internal static async Task<Actor> NewMemberAsync(PortalDatabase database, Guid team, string key, TeamRole role)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var user = Guid.NewGuid();
        var name = $"{key}-{user:N}";
        await database.MaintainAsync(async (context, token) =>
        {
            context.Users.Add(new() { Id = user, UserName = name, NormalizedUserName = name.ToUpperInvariant(), DisplayName = "Person of " + key, CreatedAt = TimeProvider.System.GetUtcNow() });
            await context.SaveChangesAsync(token);
            return true;
        }, cancellation);
        await new TeamStore(database, TimeProvider.System).SetMemberAsync(new Actor(user, name, true, team, key, TeamRole.Lead), team, user, role, cancellation);
        return new Actor(user, name, false, team, key, role);
    }

    public static async Task<object?> QueryAsync(string connection, string sql)
    {
        await using var open = new NpgsqlConnection(connection + ";Pooling=false");
        await open.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(sql, open);
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }
}
