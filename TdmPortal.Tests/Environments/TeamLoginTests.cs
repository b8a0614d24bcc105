using Npgsql;
using TdmPortal.Core.Errors;
using TdmPortal.Data.Environments;
using TdmPortal.Tests.Datasets;
using TdmPortal.Tests.Testing;
using Xunit;

namespace TdmPortal.Tests.Environments;

/// <summary>What a team may do with its own login, and what not.</summary>
public class TeamLoginTests(DatasetPortal portal) : IClassFixture<DatasetPortal>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private TeamLogins Logins => portal.Get<TeamLogins>();

    [Fact]
    [Trait("Requirement", "N3")]
    [Trait("Requirement", "D9")]
    public async Task Statements_OfATeamsLogin_AreAllowedForItsOwnRowsAndRefusedOtherwise()
    {
        await portal.ShopAsync("own", 20, 30);
        var foreign = await portal.SchemaAsync(portal.Stranger, DatasetPortal.Shop, "foreign");
        await portal.GenerateAsync(portal.Stranger, DatasetPortal.Request("foreign", foreign, 5, 5));
        await using var connection = new NpgsqlConnection(await portal.LoginAsync(portal.Lead) + ";Pooling=false");
        await connection.OpenAsync(Cancellation);
        string[] allowed =
        [
            "select count(*) from checkout_own.customer",
            "select c.tier, sum(o.total) from checkout_own.customer c join checkout_own.\"order\" o on o.customer_id = c.id group by c.tier",
            "select * from checkout_own__v1.customer limit 1",
            "explain select * from checkout_own.customer",
            "set statement_timeout = '1min'",
        ];
        foreach (var statement in allowed)
            await ExecuteAsync(connection, statement);
        (string Statement, string State)[] refused =
        [
            ("select * from billing_foreign.customer", "42501"),
            ("select * from billing_foreign__v1.customer", "42501"),
            ("select * from portal.app_user", "42501"),
            ("select * from portal.dataset", "42501"),
            ("select * from quartz.qrtz_triggers", "42501"),
            ("select portal.guard_by_team('team')", "42501"),
            ("delete from checkout_own.customer", "42501"),
            ("insert into checkout_own__v1.customer select * from checkout_own__v1.customer", "42501"),
            ("drop view checkout_own.customer", "42501"),
            ("create schema mine", "42501"),
            ("create table checkout_own.mine (id int)", "42501"),
            ("create table public.mine (id int)", "42501"),
            ("create temporary table mine (id int)", "42501"),
            ("create role mine", "42501"),
            ("alter role current_user superuser", "42501"),
            ("select lo_create(0)", "42501"),
            ("select pg_advisory_lock(1)", "42501"),
            ("select pg_try_advisory_xact_lock(1)", "42501"),
            ("select pg_read_file('/etc/passwd')", "42501"),
            ("copy (select 1) to program 'id'", "42501"),
            ("copy checkout_own__v1.customer to '/tmp/stolen'", "42501"),
            ($"set role \"{portal.Database.ReaderRole("billing")}\"", "42501"),
            ("select pg_reload_conf()", "42501"),
            ("do $$ begin lock table checkout_own__v1.customer in access exclusive mode; end $$", "42501"),
        ];
        // What the session may set for itself does not help it.
        await ExecuteAsync(connection, "set default_transaction_read_only = off");
        foreach (var (statement, state) in refused)
        {
            var error = await Assert.ThrowsAsync<PostgresException>(() => ExecuteAsync(connection, statement));
            Assert.True(state == error.SqlState, $"{statement}: {error.SqlState} {error.MessageText}");
        }
    }

    [Fact]
    [Trait("Requirement", "N3")]
    public async Task Psql_WithTheTeamsLogin_ReadsTheLiveDataset()
    {
        await portal.ShopAsync("byhand", 20, 30);
        await Psql.RunAsync(await portal.LoginAsync(portal.Lead), input => input.Write("select * from checkout_byhand.customer limit 3; \\copy (select * from checkout_byhand.\"order\") to '/dev/null' csv header\n"u8));
        var (code, errors) = await Psql.TryAsync(await portal.LoginAsync(portal.Lead), input => input.Write("delete from checkout_byhand.customer;"u8));
        Assert.Equal(3, code);
        Assert.Contains("permission denied for view customer", errors, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Requirement", "N3")]
    public async Task Rotate_EndsTheFormerPasswordAndItsSessions()
    {
        var former = await portal.LoginAsync(portal.Lead);
        await using var open = new NpgsqlConnection(former + ";Pooling=false");
        await open.OpenAsync(Cancellation);
        Assert.Equal(1, (await Logins.GetAsync(portal.Tester, Cancellation)).Sessions);

        await portal.LoginAsync(portal.Lead);

        await Assert.ThrowsAsync<PostgresException>(() => ExecuteAsync(open, "select 1"));
        await using var again = new NpgsqlConnection(former + ";Pooling=false");
        Assert.Equal("28P01", (await Assert.ThrowsAsync<PostgresException>(() => again.OpenAsync(Cancellation))).SqlState);
        Assert.Equal("lena", (await Logins.GetAsync(portal.Tester, Cancellation)).ChangedBy);
    }

    [Fact]
    [Trait("Requirement", "D9")]
    public async Task Rotate_ByATester_IsRefused() => await Assert.ThrowsAsync<ForbiddenException>(() => Logins.RotateAsync(portal.Tester, Cancellation));

    [Fact]
    [Trait("Requirement", "D9")]
    public async Task Watchdog_LeavesSessionsThatKeepToTheRules()
    {
        await using var open = new NpgsqlConnection(await portal.LoginAsync(portal.Lead) + ";Pooling=false");
        await open.OpenAsync(Cancellation);
        await ExecuteAsync(open, "begin");
        Assert.Equal(0, await Logins.EndOverdueAsync(Cancellation));
        await ExecuteAsync(open, "commit");
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Cancellation);
    }
}
