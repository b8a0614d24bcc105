using Microsoft.EntityFrameworkCore;
using Npgsql;
using Xunit;

namespace TdmPortal.Tests.Server;

/// <summary>The SQL files and what is coded against them agree.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class DatabaseModelTests(OwnServer server) : IClassFixture<OwnServer>
{
    [Fact]
    public async Task EveryMappedTableAndColumn_IsInTheDatabaseAndBack()
    {
        var connection = server.NewDatabase();
        await using var database = await server.OpenAsync(connection);
        await using var context = database.CreateSystemContext();
        var mapped = context.Model.GetEntityTypes()
            .SelectMany(entity => entity.GetProperties().Select(property => $"{entity.GetSchema()}.{entity.GetTableName()}.{property.GetColumnName()} {(property.IsNullable ? "null" : "not null")}"))
            .ToHashSet(StringComparer.Ordinal);

        var there = await ColumnsAsync(connection, "portal");
        // Read by SQL alone: the migrator's own tables and the key ring.
        there.RemoveWhere(column => column.StartsWith("portal.migration.", StringComparison.Ordinal) || column.StartsWith("portal.installation.", StringComparison.Ordinal) || column.StartsWith("portal.data_protection_key.", StringComparison.Ordinal));

        // Identity maps as nullable what its managers always fill.
        mapped = [.. mapped.Select(WithoutIdentitysNulls)];
        there = [.. there.Select(WithoutIdentitysNulls)];
        Assert.Empty(mapped.Except(there));
        Assert.Empty(there.Except(mapped));
    }

    [Fact]
    public async Task QuartzTables_AreWhatItsJobStoreWouldMake()
    {
        var connection = server.NewDatabase();
        await using (await server.OpenAsync(connection)) { }
        var assembly = typeof(global::Quartz.IScheduler).Assembly;
        using var reader = new StreamReader(assembly.GetManifestResourceStream("Quartz.Impl.AdoJobStore.Schema.create_postgres.sql")!);
        var script = (await reader.ReadToEndAsync(TestContext.Current.CancellationToken)).Replace("{0}", "expected.qrtz_", StringComparison.Ordinal).Replace("{1}", "qrtz_", StringComparison.Ordinal);
        await OwnServer.QueryAsync(connection, "create schema expected;" + script);

        var expected = (await ColumnsAsync(connection, "expected")).Select(column => column["expected.".Length..]).Order(StringComparer.Ordinal);
        var ours = (await ColumnsAsync(connection, "quartz")).Select(column => column["quartz.".Length..]).Order(StringComparer.Ordinal);

        Assert.Equal(expected, ours);
    }

    private static string WithoutIdentitysNulls(string column) => column.StartsWith("portal.app_", StringComparison.Ordinal) ? column.Split(' ')[0] : column;

    private static async Task<HashSet<string>> ColumnsAsync(string connection, string schema)
    {
        await using var open = new NpgsqlConnection(connection);
        await open.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand("""
            select format('%s.%s.%s %s%s', table_schema, table_name, column_name, case when $1 = 'portal' then '' else format_type(a.atttypid, a.atttypmod) || ' ' end, case is_nullable when 'YES' then 'null' else 'not null' end)
            from information_schema.columns
            join pg_attribute a on a.attrelid = format('%I.%I', table_schema, table_name)::regclass and a.attname = column_name
            where table_schema = $1
            """, open) { Parameters = { new() { Value = schema } } };
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var columns = new HashSet<string>(StringComparer.Ordinal);
        while (await reader.ReadAsync(TestContext.Current.CancellationToken)) columns.Add(reader.GetString(0));
        return columns;
    }
}
