using System.Globalization;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using TdmPortal.Core.Formats;
using TdmPortal.Core.Schemas;
using TdmPortal.Core.Teams;
using TdmPortal.Data;
using TdmPortal.Data.Datasets;
using TdmPortal.Data.Environments;
using TdmPortal.Data.Jobs;
using TdmPortal.Data.Notifications;
using TdmPortal.Data.Schemas;
using TdmPortal.Data.Teams;
using TdmPortal.Tests.Testing;
using Xunit;

namespace TdmPortal.Tests.Datasets;

/// <summary>A migrated portal database with two teams, and one node's services on it; jobs run when a test says so.</summary>
public sealed class DatasetPortal : IAsyncLifetime
{
    /// <summary>Two entities with a relationship, every type among their columns, ties and nulls.</summary>
    public const string Shop = """
        {
          "name": "shop",
          "entities": [
            { "name": "customer", "rows": 200,
              "fields": [
                { "name": "id", "type": "integer", "generator": "sequence" },
                { "name": "code", "type": "uuid", "generator": "uuid" },
                { "name": "tier", "type": "string", "generator": "choice", "args": { "values": ["bronze", "Silver", "gold"] } },
                { "name": "limit", "type": "decimal", "scale": 2, "generator": "number.decimal", "args": { "min": 0, "max": 5000 } },
                { "name": "score", "type": "integer", "generator": "number.integer", "args": { "min": 1, "max": 9 }, "nullPercent": 25 },
                { "name": "ratio", "type": "double", "generator": "number.decimal", "args": { "min": 0, "max": 1 } },
                { "name": "active", "type": "boolean", "generator": "boolean" },
                { "name": "born", "type": "date", "generator": "date.between", "args": { "from": "1950-01-01", "to": "2005-12-31" }, "nullPercent": 10 },
                { "name": "seen_at", "type": "timestamp", "generator": "date.between", "args": { "from": "2024-01-01T00:00:00Z", "to": "2025-12-31T23:59:59Z" } },
                { "name": "tags", "type": "string", "generator": "choice", "args": { "values": ["a b", "c\"d", "e,f"] }, "array": { "min": 0, "max": 3 } }
              ],
              "primaryKey": ["id"], "unique": [["code"]] },
            { "name": "order", "rows": 1000,
              "fields": [
                { "name": "id", "type": "integer", "generator": "sequence", "args": { "start": 1000 } },
                { "name": "customer_id", "type": "integer" },
                { "name": "status", "type": "string", "generator": "choice", "args": { "values": ["new", "paid", "sent"] } },
                { "name": "total", "type": "decimal", "scale": 2, "generator": "number.decimal", "args": { "min": 5, "max": 2000 } },
                { "name": "note", "type": "string", "maxLength": 12, "generator": "pattern", "args": { "regex": "[a-z]{4,8}(-[0-9]{2})?" }, "nullPercent": 30 }
              ],
              "primaryKey": ["id"] }
          ],
          "relationships": [
            { "name": "order_customer", "from": { "entity": "order", "fields": ["customer_id"] }, "to": { "entity": "customer", "fields": ["id"] } }
          ],
          "constraints": [ { "name": "total_positive", "entity": "order", "check": "total > 0" } ]
        }
        """;

    private readonly Func<Task<string>> createDatabase;
    private string administrator = "";
    private string folder = "";
    private ServiceProvider? services;

    public DatasetPortal(DatabaseServer server)
        : this(() => server.CreateEmptyDatabaseAsync())
    {
    }

    /// <summary>On a server of the test's own.</summary>
    internal DatasetPortal(Func<Task<string>> createDatabase) => this.createDatabase = createDatabase;

    public PortalDatabase Database { get; private set; } = null!;
    public Actor Lead { get; private set; } = null!;
    public Actor Tester { get; private set; } = null!;
    public Actor OtherTester { get; private set; } = null!;
    /// <summary>Of another team.</summary>
    public Actor Stranger { get; private set; } = null!;

    public DatasetStore Datasets => Get<DatasetStore>();
    public JobStore Jobs => Get<JobStore>();
    public RowBrowser Rows => Get<RowBrowser>();
    public Publisher Publisher => Get<Publisher>();
    public VersionSweeper Sweeper => Get<VersionSweeper>();
    /// <summary>Makes a portal process a node on the same database; what others left is taken up and swept sooner than usual.</summary>
    public IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>(StringComparer.Ordinal) { ["ConnectionStrings__Portal"] = administrator, ["PORTAL_DATA"] = folder, ["Jobs__Lease"] = "00:00:08", ["Jobs__Sweep"] = "00:00:02" };
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public T Get<T>()
        where T : notnull => services!.GetRequiredService<T>();

    public async ValueTask InitializeAsync()
    {
        administrator = await createDatabase();
        folder = TestFolder.Create();
        await OpenAsync();
        var (checkout, billing) = (await TeamAsync("checkout"), await TeamAsync("billing"));
        Lead = new Actor(await UserAsync("lena"), "lena", false, checkout, "checkout", TeamRole.Lead);
        Tester = new Actor(await UserAsync("tom"), "tom", false, checkout, "checkout", TeamRole.Tester);
        OtherTester = new Actor(await UserAsync("tina"), "tina", false, checkout, "checkout", TeamRole.Tester);
        Stranger = new Actor(await UserAsync("bill"), "bill", false, billing, "billing", TeamRole.Lead);
    }

    /// <summary>Opens the database anew: connections of before know nothing of settings changed since.</summary>
    public async Task ReopenAsync()
    {
        await services!.DisposeAsync();
        await Database.DisposeAsync();
        await OpenAsync();
    }

    /// <summary>The services of a node of its own on the same database; the caller disposes them.</summary>
    /// <param name="time">Its clock; null: the real one.</param>
    public ServiceProvider Node(JobOptions options, TimeProvider? time = null) => new ServiceCollection().AddSingleton(time ?? TimeProvider.System).AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance).AddSingleton(typeof(ILogger<>), typeof(NullLogger<>))
        .AddPortalData(Database).AddDatasets(options).AddNotifications().BuildServiceProvider();

    public Task<Guid> SchemaAsync(Actor actor, string json, string name) =>
        Get<SchemaStore>().CreateAsync(actor, SchemaReader.Read(Encoding.UTF8.GetBytes(json)).Document! with { Name = name }, null, Cancellation);

    public static GenerateRequest Request(string name, Guid schema) =>
        new(name, "", schema, null, 1, new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), 1, new Dictionary<string, long>(), "standard", []);

    public static GenerateRequest Request(string name, Guid schema, long customers, long orders, params RowFormat[] prepare) =>
        Request(name, schema) with { Rows = new Dictionary<string, long> { ["customer"] = customers, ["order"] = orders }, Prepare = prepare };

    /// <summary>Generates and waits for the end.</summary>
    public async Task<DatasetDetail> GenerateAsync(Actor actor, GenerateRequest request)
    {
        var job = await Datasets.GenerateAsync(actor, request, Cancellation);
        await Get<JobRunner>().RunPendingAsync(Cancellation);
        var end = await Jobs.GetAsync(actor, job, Cancellation);
        Assert.True(end.State == Core.Jobs.JobState.Completed, $"{end.State}: {end.Error?.Message}");
        return await Datasets.GetByNameAsync(actor, request.Name, Cancellation);
    }

    /// <summary>A dataset of the shop, made from a schema of its own.</summary>
    public async Task<DatasetDetail> ShopAsync(string name, long customers = 200, long orders = 1000, params RowFormat[] prepare) =>
        await GenerateAsync(Tester, Request(name, await SchemaAsync(Tester, Shop, name), customers, orders, prepare));

    /// <summary>The connection string of a team's own login, made anew for its lead.</summary>
    public async Task<string> LoginAsync(Actor lead)
    {
        var password = await Get<TeamLogins>().RotateAsync(lead, Cancellation);
        var login = await Get<TeamLogins>().GetAsync(lead, Cancellation);
        return new NpgsqlConnectionStringBuilder { Host = login.Address.Host, Port = login.Address.Port, Database = login.Address.Database, Username = login.UserName, Password = password }.ConnectionString;
    }

    /// <summary>One value, as the server's administrator sees it.</summary>
    public async Task<T?> ScalarAsync<T>(string sql)
    {
        await using var connection = await AdministratorAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(Cancellation) is T value ? value : default;
    }

    private async Task OpenAsync()
    {
        Database = await PortalDatabase.OpenAsync(new PortalDataOptions { ConnectionString = administrator, DataFolder = folder }, NullLoggerFactory.Instance, TimeProvider.System, Cancellation);
        services = Node(new JobOptions());
    }

    public async Task<NpgsqlConnection> AdministratorAsync()
    {
        var connection = new NpgsqlConnection(administrator);
        await connection.OpenAsync(Cancellation);
        return connection;
    }

    public Task<string> EmptyDatabaseAsync() => createDatabase();

    /// <summary>Schemas of versions that stand in the catalogue for a dataset.</summary>
    public async Task<string[]> SchemasOfAsync(string dataset) =>
        await ScalarAsync<string[]>($"SELECT coalesce(array_agg(nspname::text ORDER BY nspname), '{{}}') FROM pg_namespace WHERE nspname LIKE 'checkout\\_{dataset}\\_\\_v%'") ?? [];

    public async ValueTask DisposeAsync()
    {
        if (services is not null)
            await services.DisposeAsync();
        if (Database is not null)
            await Database.DisposeAsync();
        if (folder.Length > 0)
            Directory.Delete(folder, recursive: true);
    }

    /// <summary>The lead of a further team.</summary>
    public async Task<Actor> LeadOfAsync(string team, string user) => new(await UserAsync(user), user, false, await TeamAsync(team), team, TeamRole.Lead);

    private Task<Guid> TeamAsync(string key) => Get<TeamStore>().CreateAsync(new Actor(Guid.NewGuid(), "admin", true, Guid.Empty, "", TeamRole.Lead), key, key, "Etc/UTC", Cancellation);

    private async Task<Guid> UserAsync(string name) => await ScalarAsync<Guid>(string.Create(CultureInfo.InvariantCulture, $"""
        INSERT INTO portal.app_user (id, user_name, normalized_user_name, email_confirmed, phone_number_confirmed, two_factor_enabled, lockout_enabled, access_failed_count, display_name, disabled, created_at)
        VALUES (gen_random_uuid(), '{name}', '{name.ToUpperInvariant()}', true, false, false, true, 0, '{name}', false, now()) RETURNING id
        """));
}
