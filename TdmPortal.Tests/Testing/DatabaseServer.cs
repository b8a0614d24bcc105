using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using TdmPortal.Data.Server;
using TdmPortal.Tests.Testing;
using Xunit;

[assembly: AssemblyFixture(typeof(DatabaseServer))]

namespace TdmPortal.Tests.Testing;

/// <summary>One real PostgreSQL for a whole run, in a folder of its own, started when the first test asks; each asker gets a database.</summary>
public sealed class DatabaseServer : IAsyncLifetime
{
    private readonly SemaphoreSlim gate = new(1, 1);
    private readonly string folder = TestFolder.Create();
    private EmbeddedPostgres? server;
    private int databases;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>A new database without anything in it.</summary>
    /// <returns>Connection string of the server's administrator.</returns>
    public async Task<string> CreateEmptyDatabaseAsync(string? template = null)
    {
        var running = await ServerAsync();
        var name = "test_" + Interlocked.Increment(ref databases).ToString(CultureInfo.InvariantCulture);
        await using var connection = new NpgsqlConnection(running.ConnectionString("postgres"));
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var create = new NpgsqlCommand($"create database {name}{(template is null ? "" : " template " + template)}", connection);
        await create.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        return running.ConnectionString(name);
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        if (server is not null)
            await server.DisposeAsync();
        Directory.Delete(folder, recursive: true);
        gate.Dispose();
    }

    private async Task<EmbeddedPostgres> ServerAsync()
    {
        await gate.WaitAsync();
        try
        {
            return server ??= await EmbeddedPostgres.StartAsync(
                new() { DataFolder = folder, Durable = false, ProgramFolder = Environment.GetEnvironmentVariable("PORTAL_POSTGRES_BIN") }, NullLogger.Instance, TimeProvider.System);
        }
        finally
        {
            gate.Release();
        }
    }
}
