using Microsoft.EntityFrameworkCore;
using Npgsql;
using TdmPortal.Tests.Schemas;
using Xunit;

namespace TdmPortal.Tests.Server;

/// <summary>Model and migrations are written apart from each other; this is what keeps them together.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class ModelTests(StoreFixture fixture) : IClassFixture<StoreFixture>
{
    [Fact]
    public async Task EveryMappedColumn_IsInTheDatabaseAndNoLaxerThere()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var mapped = await fixture.Database.ReadAsSystemAsync((context, _) => Task.FromResult(context.Model.GetEntityTypes()
            .SelectMany(entity => entity.GetProperties().Select(property => $"{entity.GetSchema()}.{entity.GetTableName()}.{property.GetColumnName()}{(property.IsNullable ? "?" : "")}"))
            .ToHashSet(StringComparer.Ordinal)), cancellation);
        var stored = await fixture.Database.ProvisionAsync(async (connection, token) =>
        {
            var columns = new HashSet<string>(StringComparer.Ordinal);
            await using var command = new NpgsqlCommand("select table_schema || '.' || table_name || '.' || column_name || case is_nullable when 'YES' then '?' else '' end from information_schema.columns where table_schema = 'portal'", connection);
            await using var reader = await command.ExecuteReaderAsync(token);
            while (await reader.ReadAsync(token))
                columns.Add(reader.GetString(0));
            return columns;
        }, cancellation);

        Assert.NotEmpty(mapped);
        // The database may refuse a null that the model (Identity's, which is not ours) would allow; never the other way round.
        Assert.Empty(mapped.Where(column => !stored.Contains(column) && !stored.Contains(column.TrimEnd('?'))).Order(StringComparer.Ordinal));
    }
}
