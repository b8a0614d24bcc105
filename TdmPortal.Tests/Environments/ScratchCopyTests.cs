using Npgsql;
using TdmPortal.Core.Errors;
using TdmPortal.Core.Teams;
using TdmPortal.Data.Environments;
using TdmPortal.Data.Jobs;
using TdmPortal.Tests.Datasets;
using Xunit;

namespace TdmPortal.Tests.Environments;

/// <summary>Writable private clones of versions.</summary>
[Trait("Requirement", "N15")]
public sealed class ScratchCopyTests(DatasetPortal portal) : IClassFixture<DatasetPortal>, IAsyncLifetime
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private ScratchCopies Copies => portal.Get<ScratchCopies>();
    private ScratchSweeper Sweeper => portal.Get<ScratchSweeper>();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>Each test begins without copies.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var copy in await Copies.ListAsync(portal.Lead, Cancellation))
            await Copies.DeleteAsync(portal.Lead, copy.Id, Cancellation);
    }

    [Fact]
    public async Task Create_OfAVersion_GivesRealKeysAndSequencesToItsOwnLoginOnly()
    {
        var version = await VersionAsync("scratched", 200, 1000);
        var (copy, connection) = await OpenAsync(portal.Tester, version, "Try the import");
        await using (connection)
        {
            Assert.Equal((ScratchState.Ready, "Try the import", "scratched", 1, "tom", true), (copy.State, copy.Name, copy.Dataset, copy.Version, copy.Owner, copy.IsOwn));
            Assert.Equal(200L, await ScalarAsync(connection, "select count(*) from customer"));

            // A row can be added without its number, and keys hold.
            Assert.Equal(201L, await ScalarAsync(connection, "insert into customer (code, tier, \"limit\", ratio, active, seen_at, tags) values (gen_random_uuid(), 'gold', 1, 0, true, now(), '{}') returning id"));
            Assert.Equal(2000L, await ScalarAsync(connection, "insert into \"order\" (customer_id, status, total) values (201, 'new', 10) returning id"));
            await RefusedAsync(connection, "insert into \"order\" (customer_id, status, total) values (9999, 'new', 10)", PostgresErrorCodes.ForeignKeyViolation);
            await RefusedAsync(connection, "insert into \"order\" (customer_id, status, total) values (1, 'new', -1)", PostgresErrorCodes.CheckViolation);
            await RefusedAsync(connection, "update customer set code = (select code from customer where id = 2) where id = 1", PostgresErrorCodes.UniqueViolation);
            await RefusedAsync(connection, "delete from customer where id = (select customer_id from \"order\" limit 1)", PostgresErrorCodes.ForeignKeyViolation);
            // It is theirs: a migration can be tried on it.
            await ExecuteAsync(connection, "alter table customer add column nickname text; create table mine (id int primary key); create index on \"order\" (status)");

            foreach (var statement in new[]
            {
                "select * from checkout_scratched__v1.customer", "select * from checkout_scratched.customer", "select * from portal.dataset", "create schema other", "create table public.other (id int)", "create role other",
                "create temporary table other (id int)", $"alter schema {copy.Schema} rename to other", "select lo_create(0)", "select pg_advisory_lock(1)", "copy customer to '/tmp/stolen'", $"set role \"{portal.Database.ReaderRole("checkout")}\"",
            })
                await RefusedAsync(connection, statement, PostgresErrorCodes.InsufficientPrivilege);
            await RefusedAsync(connection, $"drop schema {copy.Schema} cascade", PostgresErrorCodes.InsufficientPrivilege);
        }

        // The version is as it was.
        Assert.Equal(200L, await portal.ScalarAsync<long>("select count(*) from checkout_scratched__v1.customer"));
        // Other copies are closed to it, as it is to the team's login.
        await using var team = new NpgsqlConnection(await portal.LoginAsync(portal.Lead) + ";Pooling=false");
        await team.OpenAsync(Cancellation);
        await RefusedAsync(team, $"select * from {copy.Schema}.customer", PostgresErrorCodes.InsufficientPrivilege);
    }

    [Fact]
    public async Task Reset_AfterWrites_TakesTheRowsFromTheVersionAgain()
    {
        var version = await VersionAsync("again", 50, 100);
        var (copy, connection) = await OpenAsync(portal.Tester, version, null);
        Assert.Equal("again v1", copy.Name);
        await using (connection)
        {
            await ExecuteAsync(connection, "truncate \"order\"; drop table customer cascade; create table mine (id int); create function f() returns int language sql as 'select 1'");
            await ExecuteAsync(connection, "begin; lock table mine");
            await Copies.ResetAsync(portal.Tester, copy.Id, Cancellation);
            await Assert.ThrowsAnyAsync<NpgsqlException>(() => ExecuteAsync(connection, "select 1"));
        }

        Assert.Equal("scratch.busy", (await Assert.ThrowsAsync<ConflictException>(() => Copies.ResetAsync(portal.Tester, copy.Id, Cancellation))).Code);
        await using (var closed = new NpgsqlConnection(connection.ConnectionString))
            Assert.Equal("28000", (await Assert.ThrowsAsync<PostgresException>(() => closed.OpenAsync(Cancellation))).SqlState);
        await RunJobsAsync();

        await using var again = new NpgsqlConnection(connection.ConnectionString);
        await again.OpenAsync(Cancellation);
        Assert.Equal((50L, 100L), (await ScalarAsync(again, "select count(*) from customer"), await ScalarAsync(again, "select count(*) from \"order\"")));
        Assert.Equal(0L, await ScalarAsync(again, $"select count(*) from pg_tables where schemaname = '{copy.Schema}' and tablename = 'mine'"));
        Assert.Equal(0L, await ScalarAsync(again, "select count(*) from pg_proc where proname = 'f' and pronamespace = current_schema()::regnamespace"));
    }

    [Fact]
    public async Task Sweep_OfACopyOverItsQuota_ClosesItUntilItIsGivenMoreOrReset()
    {
        var version = await VersionAsync("hungry", 50, 100);
        var (copy, connection) = await OpenAsync(portal.Tester, version, null, ScratchCopies.LeastQuota);
        await using (connection)
        {
            await ExecuteAsync(connection, "create table big as select repeat(md5(i::text), 60) as text from generate_series(1, 80000) i; alter table big alter column text set storage external");
            await ExecuteAsync(connection, "insert into big select repeat(md5(i::text), 200) from generate_series(1, 12000) i");
            await Sweeper.SweepAsync(Cancellation);
            await Assert.ThrowsAnyAsync<NpgsqlException>(() => ExecuteAsync(connection, "select 1"));
        }

        var full = await CopyAsync(copy.Id);
        Assert.Equal(ScratchState.Full, full.State);
        Assert.True(full.Bytes > ScratchCopies.LeastQuota, $"{full.Bytes} bytes");

        await Copies.ChangeAsync(portal.Tester, copy.Id, TimeSpan.FromDays(2), 1L << 30, Cancellation);
        Assert.Equal(ScratchState.Ready, (await CopyAsync(copy.Id)).State);
        await using (var open = new NpgsqlConnection(connection.ConnectionString))
            await open.OpenAsync(Cancellation);

        await Copies.ChangeAsync(portal.Tester, copy.Id, TimeSpan.FromDays(2), ScratchCopies.LeastQuota, Cancellation);
        await Sweeper.SweepAsync(Cancellation);
        Assert.Equal(ScratchState.Full, (await CopyAsync(copy.Id)).State);
        await Copies.ResetAsync(portal.Tester, copy.Id, Cancellation);
        await RunJobsAsync();
        var empty = await CopyAsync(copy.Id);
        Assert.Equal(ScratchState.Ready, empty.State);
        Assert.True(empty.Bytes < 10 << 20, $"{empty.Bytes} bytes");
    }

    [Fact]
    public async Task Sweep_WhenItsTimeIsOver_LeavesNothingOfACopy()
    {
        var version = await VersionAsync("brief", 20, 20);
        var (copy, connection) = await OpenAsync(portal.Tester, version, null);
        await using var held = connection;
        await ExecuteAsync(held, "begin; lock table customer");
        Assert.Equal("dataset.version_copied", (await Assert.ThrowsAsync<ConflictException>(async () => await portal.Datasets.DeleteAsync(portal.Lead, await DatasetIdAsync("brief"), Cancellation))).Code);
        await portal.ScalarAsync<int>($"update portal.scratch_copy set expires_at = now() - interval '1 second' where id = '{copy.Id}'");

        await Sweeper.SweepAsync(Cancellation);

        Assert.DoesNotContain(await Copies.ListAsync(portal.Lead, Cancellation), known => known.Id == copy.Id);
        Assert.Equal(0L, await portal.ScalarAsync<long>($"select (select count(*) from pg_namespace where nspname = '{copy.Schema}') + (select count(*) from pg_roles where rolname = '{copy.UserName}')"));
        await portal.Datasets.DeleteAsync(portal.Lead, await DatasetIdAsync("brief"), Cancellation);
    }

    [Fact]
    public async Task Create_WhoseJobIsCancelled_LeavesNothingHalfMadeAndAResetTriesAgain()
    {
        var version = await VersionAsync("late", 20, 20);
        var made = await Copies.CreateAsync(portal.Tester, version, null, TimeSpan.FromHours(4), null, Cancellation);
        var copy = await CopyAsync(made.CopyId);
        Assert.Equal(ScratchState.Building, copy.State);
        await portal.Jobs.CancelAsync(portal.Tester, copy.JobId!.Value, Cancellation);
        await RunJobsAsync();
        Assert.Equal(ScratchState.Failed, (await CopyAsync(made.CopyId)).State);
        Assert.Equal(0L, await portal.ScalarAsync<long>($"select count(*) from pg_namespace where nspname = '{copy.Schema}'"));

        await Copies.ResetAsync(portal.Tester, made.CopyId, Cancellation);
        await RunJobsAsync();
        Assert.Equal(ScratchState.Ready, (await CopyAsync(made.CopyId)).State);
    }

    [Fact]
    [Trait("Requirement", "D9")]
    public async Task Change_BySomebodyElse_IsRefusedAndByALeadAllowed()
    {
        var version = await VersionAsync("guarded", 20, 20);
        var (copy, connection) = await OpenAsync(portal.Tester, version, null);
        await connection.DisposeAsync();
        await Assert.ThrowsAsync<ForbiddenException>(() => Copies.ResetAsync(portal.OtherTester, copy.Id, Cancellation));
        await Assert.ThrowsAsync<ForbiddenException>(() => Copies.RotateAsync(portal.OtherTester, copy.Id, Cancellation));
        await Assert.ThrowsAsync<ForbiddenException>(() => Copies.DeleteAsync(portal.OtherTester, copy.Id, Cancellation));
        await Assert.ThrowsAsync<NotFoundException>(() => Copies.DeleteAsync(portal.Stranger, copy.Id, Cancellation));
        await Assert.ThrowsAsync<NotFoundException>(() => Copies.CreateAsync(portal.Stranger, version, null, TimeSpan.FromHours(1), null, Cancellation));
        Assert.Empty(await Copies.ListAsync(portal.Stranger, Cancellation));
        Assert.False(Assert.Single(await Copies.ListAsync(portal.OtherTester, Cancellation)).MayChange);

        var password = (await Copies.RotateAsync(portal.Lead, copy.Id, Cancellation)).Password;
        await using var former = new NpgsqlConnection(connection.ConnectionString);
        Assert.Equal("28P01", (await Assert.ThrowsAsync<PostgresException>(() => former.OpenAsync(Cancellation))).SqlState);
        await using var now = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connection.ConnectionString) { Password = password }.ConnectionString);
        await now.OpenAsync(Cancellation);
    }

    [Fact]
    public async Task Create_BeyondTheBounds_IsRefused()
    {
        var version = await VersionAsync("bounded", 20, 20);
        Task<ScratchPassword> CreateAsync(Actor actor, TimeSpan life, long? quota = null) => Copies.CreateAsync(actor, version, null, life, quota, Cancellation);
        foreach (var bad in new Func<Task>[] { () => CreateAsync(portal.Tester, TimeSpan.FromDays(60)), () => CreateAsync(portal.Tester, TimeSpan.Zero), () => CreateAsync(portal.Tester, TimeSpan.FromDays(1), 1), () => CreateAsync(portal.Tester, TimeSpan.FromDays(1), long.MaxValue) })
            Assert.Equal("scratch.bad_request", (await Assert.ThrowsAsync<PortalException>(bad)).Code);
        for (var i = 0; i < ScratchCopies.MostOfOnePerson; i++)
            await CreateAsync(portal.Tester, TimeSpan.FromHours(1));
        Assert.Equal("scratch.too_many", (await Assert.ThrowsAsync<PortalException>(() => CreateAsync(portal.Tester, TimeSpan.FromHours(1)))).Code);
        await CreateAsync(portal.OtherTester, TimeSpan.FromHours(1));
    }

    [Fact]
    [Trait("Requirement", "G3")]
    public async Task Create_OfEverySample_OpensWithAllItsKeys()
    {
        foreach (var sample in new[] { "contract-all", "web-shop" })
        {
            var schema = await portal.SchemaAsync(portal.Tester, await File.ReadAllTextAsync(Path.Combine(Testing.Repository.Root, "samples", $"{sample}.schema.json"), Cancellation), sample.Replace('-', '_'));
            var dataset = await portal.GenerateAsync(portal.Tester, DatasetPortal.Request(sample.Replace("-", "", StringComparison.Ordinal), schema));
            var (copy, connection) = await OpenAsync(portal.Tester, dataset.Current!.VersionId, null);
            await using var client = connection;
            string Constraints(string name) => $"select count(*) from pg_constraint where connamespace = '{name}'::regnamespace and convalidated and contype <> 'n'";
            Assert.Equal(await portal.ScalarAsync<long>(Constraints($"checkout_{dataset.Name}__v1")), await portal.ScalarAsync<long>(Constraints(copy.Schema)));
            foreach (var entity in dataset.Current.Entities)
                Assert.Equal(entity.Rows, await ScalarAsync(client, $"select count(*) from \"{entity.Name}\""));
        }
    }

    private async Task<Guid> VersionAsync(string dataset, long customers, long orders) => (await portal.ShopAsync(dataset, customers, orders)).Current!.VersionId;

    private async Task<Guid> DatasetIdAsync(string name) => (await portal.Datasets.GetByNameAsync(portal.Lead, name, Cancellation)).Id;

    private async Task<ScratchCopy> CopyAsync(Guid id) => (await Copies.ListAsync(portal.Tester, Cancellation)).Single(copy => copy.Id == id);

    private Task<int> RunJobsAsync() => portal.Get<JobRunner>().RunPendingAsync(Cancellation);

    /// <summary>Makes a copy, fills it, and signs in to it.</summary>
    private async Task<(ScratchCopy Copy, NpgsqlConnection Connection)> OpenAsync(Actor actor, Guid version, string? name, long? quota = null)
    {
        var made = await Copies.CreateAsync(actor, version, name, TimeSpan.FromDays(1), quota, Cancellation);
        await RunJobsAsync();
        var copy = await CopyAsync(made.CopyId);
        Assert.True(copy.State == ScratchState.Ready, $"{copy.State}: {copy.Problem}");
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder { Host = copy.Address.Host, Port = copy.Address.Port, Database = copy.Address.Database, Username = copy.UserName, Password = made.Password, Pooling = false, PersistSecurityInfo = true }.ConnectionString);
        await connection.OpenAsync(Cancellation);
        return (copy, connection);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Cancellation);
    }

    private static async Task<object?> ScalarAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(Cancellation);
    }

    private static async Task RefusedAsync(NpgsqlConnection connection, string sql, string state)
    {
        var error = await Assert.ThrowsAsync<PostgresException>(() => ExecuteAsync(connection, sql));
        Assert.True(state == error.SqlState, $"{sql}: {error.SqlState} {error.MessageText}");
    }
}
