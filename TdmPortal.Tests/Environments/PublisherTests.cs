using Npgsql;
using TdmPortal.Core.Errors;
using TdmPortal.Data.Datasets;
using TdmPortal.Tests.Datasets;
using Xunit;

namespace TdmPortal.Tests.Environments;

/// <summary>Going live and rolling back under the eyes of the team's own clients.</summary>
public class PublisherTests(DatasetPortal portal) : IClassFixture<DatasetPortal>
{
    private string password = "";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Requirement", "N3")]
    public async Task Generate_NewDataset_IsLiveForTheTeamsLogin()
    {
        await portal.ShopAsync("fresh");
        await using var client = await ClientAsync();
        Assert.Equal(200L, await ScalarAsync(client, "select count(*) from checkout_fresh.customer"));
        Assert.Equal(0L, await ScalarAsync(client, "select count(*) from checkout_fresh.\"order\" o left join checkout_fresh.customer c on c.id = o.customer_id where c.id is null"));
        // The row number is the portal's own affair.
        Assert.Equal(0L, await ScalarAsync(client, "select count(*) from information_schema.columns where table_schema = 'checkout_fresh' and column_name like '\\_%'"));
    }

    [Fact]
    [Trait("Requirement", "N2")]
    public async Task Publish_AndRollBack_MovesWhatIsLiveAndKeepsTheHistory()
    {
        var (dataset, first, second) = await TwoVersionsAsync("moved", 10, 20);
        await using var client = await ClientAsync();
        Assert.Equal(20L, await ScalarAsync(client, "select count(*) from checkout_moved.customer"));

        await portal.Publisher.PublishAsync(portal.Tester, first, "The totals of version 2 are wrong", Cancellation);

        Assert.Equal(10L, await ScalarAsync(client, "select count(*) from checkout_moved.customer"));
        Assert.Equal(first, (await portal.Datasets.GetAsync(portal.Tester, dataset, Cancellation)).Current!.VersionId);
        var history = await portal.Publisher.HistoryAsync(portal.Tester, dataset, 10, Cancellation);
        Assert.Equal([1, 2, 1], history.Select(publication => publication.Number));
        Assert.Equal(("The totals of version 2 are wrong", "tom", (DateTimeOffset?)null), (history[0].Note, history[0].PublishedBy, history[0].EndedAt));
        Assert.All(history.Skip(1), publication => Assert.NotNull(publication.EndedAt));
        var refused = await Assert.ThrowsAsync<ConflictException>(() => portal.Publisher.PublishAsync(portal.Tester, first, null, Cancellation));
        Assert.Equal("dataset.already_live", refused.Code);
        await Assert.ThrowsAsync<NotFoundException>(() => portal.Publisher.PublishAsync(portal.Stranger, second, null, Cancellation));
        Assert.Empty(await portal.Publisher.HistoryAsync(portal.Stranger, dataset, 10, Cancellation));
    }

    [Fact]
    [Trait("Requirement", "N2")]
    public async Task Generate_WithoutPublishing_LeavesTheLiveVersion()
    {
        var first = await portal.ShopAsync("held", 10, 10);
        var after = await portal.GenerateAsync(portal.Tester, DatasetPortal.Request("held", first.Current!.SchemaId!.Value, 30, 10) with { Publish = false });
        Assert.Equal(1, after.Current!.Number);
        Assert.Equal([2, 1], (await portal.Datasets.VersionsAsync(portal.Tester, first.Id, Cancellation)).Select(version => version.Number));
        await using var client = await ClientAsync();
        Assert.Equal(10L, await ScalarAsync(client, "select count(*) from checkout_held.customer"));
        // What is kept is read by its own name all the while.
        Assert.Equal(30L, await ScalarAsync(client, "select count(*) from checkout_held__v2.customer"));
    }

    [Fact]
    [Trait("Requirement", "N2")]
    public async Task Publish_AHundredTimesUnderReaders_BreaksAndDelaysNobody()
    {
        var (_, first, second) = await TwoVersionsAsync("busy", 10, 20);
        var login = await portal.LoginAsync(portal.Lead);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        // Idle in transactions that hold locks on the live views, taken in either order.
        string[] tables = ["customer", "\"order\""];
        var idle = new List<NpgsqlConnection>();
        foreach (var order in (string[][])[tables, [.. tables.Reverse()]])
        {
            var holder = new NpgsqlConnection(login + ";Pooling=false");
            await holder.OpenAsync(Cancellation);
            await ExecuteAsync(holder, "begin");
            foreach (var table in order)
                await ScalarAsync(holder, $"select count(*) from checkout_busy.{table}");
            idle.Add(holder);
        }

        var readers = Enumerable.Range(0, 3).Select(kind => Task.Run(() => ReadAsync(login, prepared: kind > 0, inTransaction: kind == 2, stop.Token), Cancellation)).ToArray();
        for (var turn = 0; turn < 100; turn++)
        {
            await portal.Publisher.PublishAsync(portal.Tester, turn % 2 == 0 ? first : second, null, Cancellation);
            if (turn % 20 == 0)
                await portal.Sweeper.SweepAsync(Cancellation);
        }

        await stop.CancelAsync();
        var statements = await Task.WhenAll(readers);
        Assert.All(statements, count => Assert.True(count > 20, $"{count} statements"));
        foreach (var holder in idle)
        {
            // They see what is live now, like everybody, and could go on.
            Assert.Equal(20L, await ScalarAsync(holder, "select count(*) from checkout_busy.customer"));
            await ExecuteAsync(holder, "commit");
            await holder.DisposeAsync();
        }

        await portal.Sweeper.SweepAsync(Cancellation);
        Assert.Equal(["checkout_busy", "checkout_busy__v1", "checkout_busy__v2"], await portal.ScalarAsync<string[]>("select array_agg(nspname::text order by nspname) from pg_namespace where nspname like 'checkout\\_busy%'") ?? []);
    }

    [Fact]
    [Trait("Requirement", "N2")]
    public async Task Publish_OtherColumns_FailsAPreparedSelectStarOnceAndNothingElse()
    {
        var first = await portal.ShopAsync("shape", 10, 10);
        var changed = DatasetPortal.Shop.Replace("""{ "name": "ratio", "type": "double", "generator": "number.decimal", "args": { "min": 0, "max": 1 } }""", """{ "name": "nickname", "type": "string", "generator": "person.firstName" }""", StringComparison.Ordinal);
        await using var client = await ClientAsync();
        await using var star = new NpgsqlCommand("select * from checkout_shape.customer", client);
        await star.PrepareAsync(Cancellation);
        await using var named = new NpgsqlCommand("select id, tier from checkout_shape.customer", client);
        await named.PrepareAsync(Cancellation);

        await portal.GenerateAsync(portal.Tester, DatasetPortal.Request("shape", await portal.SchemaAsync(portal.Tester, changed, "shape_changed"), 10, 10));

        await named.ExecuteNonQueryAsync(Cancellation);
        var announced = await Assert.ThrowsAsync<PostgresException>(() => star.ExecuteNonQueryAsync(Cancellation));
        Assert.Equal("0A000", announced.SqlState);
        Assert.Contains("cached plan must not change result type", announced.MessageText, StringComparison.Ordinal);
        Assert.Equal(10L, await ScalarAsync(client, "select count(nickname) from checkout_shape.customer"));
        await portal.Publisher.PublishAsync(portal.Tester, first.Current!.VersionId, null, Cancellation);
        Assert.Equal(10L, await ScalarAsync(client, "select count(ratio) from checkout_shape.customer"));
    }

    [Fact]
    [Trait("Requirement", "N2")]
    public async Task Publish_KilledBetweenItsSteps_LeavesTheFormerVersionLiveAndIsTidiedUp()
    {
        var (dataset, _, _) = await TwoVersionsAsync("halfway", 10, 20);
        var first = (await portal.Datasets.VersionsAsync(portal.Tester, dataset, Cancellation))[1];
        var stored = await StoredVersion.FindAsync(portal.Database, portal.Tester, first.VersionId, Cancellation);
        await portal.Publisher.PrepareAsync(dataset, stored, Cancellation);
        // Here it is killed.
        await using var client = await ClientAsync();
        Assert.Equal(20L, await ScalarAsync(client, "select count(*) from checkout_halfway.customer"));
        await portal.Sweeper.SweepAsync(Cancellation);
        Assert.Equal("{1,2}", await portal.ScalarAsync<string>("select numbers::text from portal.live_dataset where schema_name = 'checkout_halfway'"));

        await portal.ScalarAsync<object>("update portal.live_dataset set preparing_until = now() - interval '1 second' where schema_name = 'checkout_halfway'");
        await portal.Sweeper.SweepAsync(Cancellation);

        Assert.Equal("{2}", await portal.ScalarAsync<string>("select numbers::text from portal.live_dataset where schema_name = 'checkout_halfway'"));
        Assert.Equal(20L, await ScalarAsync(client, "select count(*) from checkout_halfway.customer"));
        Assert.Equal(["checkout_halfway", "checkout_halfway__v1", "checkout_halfway__v2"], await portal.ScalarAsync<string[]>("select array_agg(nspname::text order by nspname) from pg_namespace where nspname like 'checkout\\_halfway%'") ?? []);
        await portal.Publisher.PublishAsync(portal.Tester, first.VersionId, null, Cancellation);
        Assert.Equal(10L, await ScalarAsync(client, "select count(*) from checkout_halfway.customer"));
    }

    [Fact]
    [Trait("Requirement", "N2")]
    public async Task Delete_LiveDataset_TakesItsViewsAwayToo()
    {
        var dataset = await portal.ShopAsync("dropped", 5, 5);
        await portal.Datasets.DeleteAsync(portal.Tester, dataset.Id, Cancellation);
        var again = await portal.GenerateAsync(portal.Tester, DatasetPortal.Request("dropped", dataset.Current!.SchemaId!.Value, 7, 5));
        await using var client = await ClientAsync();
        Assert.Equal(7L, await ScalarAsync(client, "select count(*) from checkout_dropped.customer"));
        await portal.Datasets.DeleteAsync(portal.Tester, again.Id, Cancellation);
        await portal.Sweeper.SweepAsync(Cancellation);
        Assert.Null(await portal.ScalarAsync<string[]>("select array_agg(nspname::text) from pg_namespace where nspname like 'checkout\\_dropped%'"));
        Assert.Equal(0L, await portal.ScalarAsync<long>("select count(*) from portal.dataset where name = 'dropped'"));
    }

    [Fact]
    [Trait("Requirement", "N2")]
    public async Task Publish_WhileAnOlderSnapshotIsOpen_ShowsThatReaderTheFormerVersionToTheEnd()
    {
        await portal.ShopAsync("patient", 5, 5);
        await using var reader = await ClientAsync();
        await ExecuteAsync(reader, "begin isolation level repeatable read");
        Assert.Equal(5L, await ScalarAsync(reader, "select count(*) from checkout_patient.customer"));
        var schema = (await portal.Datasets.GetByNameAsync(portal.Tester, "patient", Cancellation)).Current!.SchemaId!.Value;
        foreach (var customers in (long[])[6, 7])
        {
            await portal.GenerateAsync(portal.Tester, DatasetPortal.Request("patient", schema, customers, 5));
            await portal.Sweeper.SweepAsync(Cancellation);
            await using var other = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(reader.ConnectionString) { Password = password }.ConnectionString);
            await other.OpenAsync(Cancellation);
            Assert.Equal(customers, await ScalarAsync(other, "select count(*) from checkout_patient.customer"));
            Assert.Equal(5L, await ScalarAsync(reader, "select count(*) from checkout_patient.customer c where exists (select from checkout_patient.\"order\")"));
        }

        await ExecuteAsync(reader, "commit");
        Assert.Equal(7L, await ScalarAsync(reader, "select count(*) from checkout_patient.customer"));
        await portal.Sweeper.SweepAsync(Cancellation);
        Assert.Equal(1, await portal.ScalarAsync<int>("select cardinality(numbers) from portal.live_dataset where schema_name = 'checkout_patient'"));
    }

    private async Task<(Guid Dataset, Guid First, Guid Second)> TwoVersionsAsync(string name, long customersFirst, long customersSecond)
    {
        var first = await portal.ShopAsync(name, customersFirst, 10);
        var second = await portal.GenerateAsync(portal.Tester, DatasetPortal.Request(name, first.Current!.SchemaId!.Value, customersSecond, 10));
        return (first.Id, first.Current.VersionId, second.Current!.VersionId);
    }

    /// <summary>Reads until told to stop: each statement sees one version whole.</summary>
    private static async Task<int> ReadAsync(string login, bool prepared, bool inTransaction, CancellationToken stop)
    {
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(login) { MaxPoolSize = 2, MaxAutoPrepare = prepared ? 10 : 0, AutoPrepareMinUsages = 2 }.ConnectionString);
        var count = 0;
        for (; !stop.IsCancellationRequested; count++)
        {
            await using var connection = await source.OpenConnectionAsync(CancellationToken.None);
            await using var transaction = inTransaction ? await connection.BeginTransactionAsync(CancellationToken.None) : null;
            await using var command = new NpgsqlCommand("""select count(distinct c.id), count(*), (select count(*) from checkout_busy.customer) from checkout_busy."order" o join checkout_busy.customer c on c.id = o.customer_id""", connection);
            await using var reader = await command.ExecuteReaderAsync(CancellationToken.None);
            await reader.ReadAsync(CancellationToken.None);
            Assert.Equal(10, reader.GetInt64(1));
            Assert.True(reader.GetInt64(2) is 10 or 20);
        }

        return count;
    }

    private async Task<NpgsqlConnection> ClientAsync()
    {
        var login = await portal.LoginAsync(portal.Lead);
        password = new NpgsqlConnectionStringBuilder(login).Password!;
        var connection = new NpgsqlConnection(login + ";Pooling=false");
        await connection.OpenAsync(Cancellation);
        return connection;
    }

    private static async Task<long> ScalarAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return (long)(await command.ExecuteScalarAsync(Cancellation))!;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Cancellation);
    }
}
