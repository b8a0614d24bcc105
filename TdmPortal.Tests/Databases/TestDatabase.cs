using System.Text;
using Npgsql;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Schemas;
using TdmPortal.Tests.Testing;
using Xunit;

namespace TdmPortal.Tests.Databases;

/// <summary>A database with what a script makes in it.</summary>
internal sealed class TestDatabase(string connectionString, NpgsqlDataSource source) : IAsyncDisposable
{
    public NpgsqlDataSource Source => source;

    public string ConnectionString => connectionString;

    public static async Task<TestDatabase> CreateAsync(DatabaseServer server, string script)
    {
        var connectionString = await server.CreateEmptyDatabaseAsync();
        var made = new TestDatabase(connectionString, NpgsqlDataSource.Create(connectionString));
        await made.RunAsync(script);
        return made;
    }

    public async Task RunAsync(string script)
    {
        await using var command = source.CreateCommand(script);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>The one text that a query gives.</summary>
    public async Task<string?> AskAsync(string query)
    {
        await using var command = source.CreateCommand($"SELECT ({query})::text");
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken) as string;
    }

    public ValueTask DisposeAsync() => source.DisposeAsync();

    /// <summary>A plan of a document given by what stands behind its name.</summary>
    public static GenerationPlan Plan(string parts)
    {
        var (plan, problems) = GenerationPlan.Compile(Document(parts), new());
        return plan ?? throw new InvalidOperationException(string.Join("; ", problems));
    }

    public static SchemaDocument Document(string parts)
    {
        var (document, problems) = SchemaReader.Read(Encoding.UTF8.GetBytes($$"""{ "name": "d", {{parts}} }"""));
        return document ?? throw new InvalidOperationException(string.Join("; ", problems));
    }
}
