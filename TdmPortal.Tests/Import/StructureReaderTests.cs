using Npgsql;
using TdmPortal.Core.Import;
using TdmPortal.Postgres;
using TdmPortal.Tests.Testing;
using Xunit;

namespace TdmPortal.Tests.Import;

/// <summary>Reading a real server's catalogue.</summary>
public sealed class StructureReaderTests(DatabaseServer server)
{
    [Fact]
    public async Task ReadAsync_EveryConstruct_IsReadAsItIs()
    {
        await using var connection = await OpenAsync(EveryConstruct.Extensions + EveryConstruct.Ddl + """
            create function touch() returns trigger language plpgsql as 'begin return new; end';
            create trigger account_touch before insert or update on account for each row execute function touch();
            create trigger account_gone after delete on account for each row execute function touch();
            insert into animal select i, 'n' || i % 3 from generate_series(1, 100) i;
            analyze animal;
            """);

        var structure = await StructureReader.ReadAsync(connection, null, null, TestContext.Current.CancellationToken);

        Assert.Equal(["Shop.Customer", "public.account", "public.animal", "public.dog", "public.event"], structure.Tables.Select(table => $"{table.Schema}.{table.Name}"));
        var customer = structure.Tables[0];
        var columns = customer.Columns.ToDictionary(column => column.Name, StringComparer.Ordinal);
        Assert.Equal("People who buy", customer.Comment);
        Assert.Equal("As written on the card", columns["name"].Comment);
        Assert.Equal(new DatabaseIdentity(true, 100, 10, "\"Shop\".\"Customer_CustomerID_seq\""), columns["CustomerID"].Identity);
        Assert.Equal(("public.email_address", "email_address", "public", true), (columns["E-Mail"].SqlType, columns["E-Mail"].BaseType, columns["E-Mail"].TypeSchema, columns["E-Mail"].NotNull));
        Assert.Equal(("'ok'::public.mood", "mood"), (columns["feeling"].Default, columns["feeling"].BaseType));
        Assert.True(columns["rank"].NotNull, "its domain is not null");
        Assert.Equal(("character varying(80)", "varchar", 80), (columns["name"].SqlType, columns["name"].BaseType, columns["name"].MaxLength));
        Assert.Equal(("bpchar", 3), (columns["code"].BaseType, columns["code"].MaxLength));
        Assert.Equal((10, 2), (columns["credit"].Precision, columns["credit"].Scale));
        Assert.Null(columns["big"].Precision);
        Assert.Equal(("text[]", "text", 1), (columns["tags"].SqlType, columns["tags"].BaseType, columns["tags"].Dimensions));
        Assert.Equal(2, columns["matrix"].Dimensions);
        Assert.Equal(("public.mood[]", "mood", "public", 1), (columns["moods"].SqlType, columns["moods"].BaseType, columns["moods"].TypeSchema, columns["moods"].Dimensions));
        Assert.Equal("timestamp(3) with time zone", columns["seen"].SqlType);
        Assert.Equal(("bit", 8, "varbit", 16), (columns["flags"].BaseType, columns["flags"].MaxLength, columns["more_flags"].BaseType, columns["more_flags"].MaxLength));
        Assert.Equal(("hstore", "public"), (columns["pairs"].BaseType, columns["pairs"].TypeSchema));
        Assert.Equal("upper((name)::text)", columns["full_name"].Generated);
        Assert.Null(columns["full_name"].Default);
        Assert.Equal(["credit_range", "either"], customer.Checks.Select(check => check.Name));
        Assert.Equal(["ip", "net"], customer.Checks[1].Columns);
        Assert.Equal("(num_nonnulls(ip, net) = 1)", customer.Checks[1].Expression);
        Assert.Equal(["Customer_pkey", "customer_active", "customer_email_lower"], customer.Keys.Select(key => key.Name));
        Assert.Equal("is_on", customer.Keys[1].Where);
        Assert.Equal(["code"], customer.Keys[2].Columns);
        Assert.Equal(["lower((name)::text)"], customer.Keys[2].Expressions);

        var account = structure.Tables[1];
        Assert.Equal(new DatabaseIdentity(false, 5, 2, "public.odd_numbers"), account.Columns[1].Identity);
        Assert.Equal("public.account_id_seq", account.Columns[2].Identity?.Sequence);
        Assert.Equal(["tenant", "number"], account.Keys.Single(key => key.IsPrimary).Columns);
        Assert.True(account.Keys.Single(key => key.Columns is ["owner"]).NullsEqual);
        Assert.True(account.Keys.Single(key => key.Columns is ["id"]).Deferrable);
        Assert.True(account.ForeignKeys.Single(key => key.Parent == "Customer") is { Deferrable: true, ParentSchema: "Shop", ParentColumns: ["CustomerID"] });
        Assert.True(account.ForeignKeys.Single(key => key.Parent == "account") is { MatchFull: true, ParentColumns: ["tenant", "number"] });
        Assert.Equal(["tenant", "valid"], Assert.Single(account.Exclusions).Columns);
        Assert.Contains("account_touch", Assert.Single(account.Triggers), StringComparison.Ordinal);

        var animal = structure.Tables[2];
        Assert.Equal((100L, 3.0), (animal.EstimatedRows, animal.Columns[1].Statistics?.Distinct));
        Assert.Empty(animal.Columns[1].Statistics!.Common);
        Assert.Equal(["public.animal"], structure.Tables[3].Inherits);
        Assert.Equal(["id", "name", "trick"], structure.Tables[3].Columns.Select(column => column.Name));

        var partitioning = structure.Tables[4].Partitioning!;
        Assert.Equal("range", partitioning.Strategy);
        Assert.Equal(["at"], partitioning.Columns);
        Assert.Equal(["public.event_2025", "public.event_2026"], partitioning.Partitions.Select(partition => partition.Name));
        Assert.Equal(["FOR VALUES IN ('eu', 'uk')", "DEFAULT"], partitioning.Partitions[0].Partitioning!.Partitions.Select(partition => partition.Bound));
        Assert.StartsWith("FOR VALUES FROM ('2026-01-01 ", partitioning.Partitions[1].Bound, StringComparison.Ordinal);
        Assert.Equal("event_2026_note", Assert.Single(structure.NotUnderstood).Name);

        var types = structure.Types.ToDictionary(type => type.Name, StringComparer.Ordinal);
        Assert.Equal(["sad", "ok", "happy'ish"], types["mood"].Values);
        Assert.Equal("(VALUE > 0)", Assert.Single(types["positive"].Checks).Expression);
        Assert.Equal(("positive", true), (types["small_positive"].Base!.BaseType, types["small_positive"].Base!.NotNull));
        Assert.Equal(["x", "y", "label"], types["point3"].Attributes.Select(attribute => attribute.Name));
        Assert.Equal("double precision", types["span"].Subtype);
    }

    [Fact]
    public async Task ReadAsync_ChosenTables_AndWithinATransaction_LeavesThePathAlone()
    {
        await using var connection = await OpenAsync(EveryConstruct.Extensions + EveryConstruct.Ddl);
        await using var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        var before = await Scalar(connection, "show search_path");

        var structure = await StructureReader.ReadAsync(connection, ["public"], ["animal", "public.event", "Customer"], TestContext.Current.CancellationToken);

        Assert.Equal(["animal", "event"], structure.Tables.Select(table => table.Name));
        Assert.Equal(before, await Scalar(connection, "show search_path"));
        Assert.Empty(structure.Types);
    }

    [Fact]
    public async Task ReadAsync_WithValues_ReadsTheMostCommonOnes()
    {
        await using var connection = await OpenAsync("create table t (a text); insert into t select case when i % 4 = 0 then 'few' else 'many' end from generate_series(1, 400) i; analyze t");

        var structure = await StructureReader.ReadAsync(connection, null, null, withValues: true, TestContext.Current.CancellationToken);

        Assert.Equal([new("many", 0.75), new("few", 0.25)], structure.Tables[0].Columns[0].Statistics!.Common);
    }

    private static async Task<object?> Scalar(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }

    private async Task<NpgsqlConnection> OpenAsync(string sql)
    {
        var connection = new NpgsqlConnection(await server.CreateEmptyDatabaseAsync());
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        return connection;
    }
}
