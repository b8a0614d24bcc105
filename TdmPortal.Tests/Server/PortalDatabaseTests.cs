using Microsoft.EntityFrameworkCore;
using Npgsql;
using TdmPortal.Core.Errors;
using TdmPortal.Data.Migrations;
using TdmPortal.Data.Schemas;
using Xunit;

namespace TdmPortal.Tests.Server;

/// <summary>Migrations, roles and row-level security on a real server.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class PortalDatabaseTests(OwnServer server) : IClassFixture<OwnServer>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Open_ByManyNodesAtOnce_MigratesOnce()
    {
        var connection = server.NewDatabase();

        var nodes = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Task.Run(() => server.OpenAsync(connection), Cancellation)));

        foreach (var node in nodes) await node.DisposeAsync();
        Assert.Equal((long)MigrationScript.All.Count, await OwnServer.QueryAsync(connection, "select count(*) from portal.migration"));
        Assert.Equal(1L, await OwnServer.QueryAsync(connection, "select count(*) from portal.installation"));
    }

    [Fact]
    public async Task Open_SecondTime_KeepsWhatIsThere()
    {
        var connection = server.NewDatabase();
        Core.Teams.Actor actor;
        await using (var first = await server.OpenAsync(connection)) actor = await OwnServer.NewTeamAsync(first, "kept");

        await using var second = await server.OpenAsync(connection);

        var memberships = await new Data.Teams.TeamStore(second, TimeProvider.System).MembershipsAsync(actor.UserId, Cancellation);
        Assert.Equal("kept", Assert.Single(memberships).Key);
    }

    [Fact]
    public async Task Open_WithAnotherKey_IsRefused()
    {
        var connection = server.NewDatabase();
        await using (await server.OpenAsync(connection)) { }

        var refused = await Assert.ThrowsAsync<PortalException>(() => server.OpenAsync(connection, "another key"));

        Assert.Equal("platform.key_mismatch", refused.Code);
    }

    [Fact]
    public async Task Open_WhenAnAppliedMigrationWasEdited_IsRefused()
    {
        var connection = server.NewDatabase();
        await using (await server.OpenAsync(connection)) { }
        await OwnServer.QueryAsync(connection, "update portal.migration set hash = 'edited' where name = '0001_portal'");

        var refused = await Assert.ThrowsAsync<PortalException>(() => server.OpenAsync(connection));

        Assert.Equal("platform.migration_changed", refused.Code);
    }

    [Fact]
    public async Task Open_OfANewerDatabase_IsRefused()
    {
        var connection = server.NewDatabase();
        await using (await server.OpenAsync(connection)) { }
        await OwnServer.QueryAsync(connection, "insert into portal.migration (name, hash) values ('9999_future', '')");

        var refused = await Assert.ThrowsAsync<PortalException>(() => server.OpenAsync(connection));

        Assert.Equal("platform.database_newer", refused.Code);
    }

    [Theory]
    [InlineData("alter role {0} superuser", "is a superuser")]
    [InlineData("alter role {0} bypassrls", "has BYPASSRLS")]
    [InlineData("alter role {0} createrole", "has CREATEROLE")]
    [InlineData("grant pg_read_all_data to {0}", "is a member of pg_read_all_data")]
    [InlineData("create table public.mine (); alter table public.mine owner to {0}", "owns objects")]
    public async Task Open_WithARunTimeRoleThatCanDoTooMuch_IsRefused(string change, string reason)
    {
        foreach (var role in (string[])["_portal", "_system"])
        {
            var connection = server.NewDatabase();
            await using (await server.OpenAsync(connection)) { }
            var name = await OwnServer.QueryAsync(connection, "select role_prefix from portal.installation") + role;
            await OwnServer.QueryAsync(connection, string.Format(System.Globalization.CultureInfo.InvariantCulture, change, name));

            var refused = await Assert.ThrowsAsync<PortalException>(() => server.OpenAsync(connection));

            Assert.Equal("platform.role_too_strong", refused.Code);
            Assert.Contains($"{name} {reason}", refused.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Open_AfterThePasswordsWereChanged_SetsThemAnew()
    {
        var connection = server.NewDatabase();
        await using (await server.OpenAsync(connection)) { }
        var prefix = await OwnServer.QueryAsync(connection, "select role_prefix from portal.installation");
        await OwnServer.QueryAsync(connection, $"alter role {prefix}_portal password 'other'");

        await using var database = await server.OpenAsync(connection);

        var actor = await OwnServer.NewTeamAsync(database, "again");
        Assert.Empty(await database.ReadAsync(actor, (context, token) => context.Schemas.ToListAsync(token), Cancellation));
    }

    [Fact]
    public async Task EveryTableWithATeam_IsClosedByRowLevelSecurity()
    {
        var connection = server.NewDatabase();
        await using var database = await server.OpenAsync(connection);
        const string open = """
            select string_agg(c.relname, ', ') from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where n.nspname = 'portal' and c.relkind in ('r', 'p')
              and (c.relname = 'team' or exists (select from pg_attribute a where a.attrelid = c.oid and a.attname like '%team_id' and a.attname <> 'current_team_id' and not a.attisdropped))
              and not (c.relrowsecurity and c.relforcerowsecurity and exists (select from pg_policy p where p.polrelid = c.oid))
            """;

        Assert.Equal(DBNull.Value, await OwnServer.QueryAsync(connection, open));
        await OwnServer.QueryAsync(connection, "create table portal.forgotten (team_id uuid)");
        Assert.Equal("forgotten", await OwnServer.QueryAsync(connection, open));
    }

    [Fact]
    [Trait("Requirement", "D9")]
    public async Task Run_WithoutAnyFilter_ShowsTheOwnTeamOnly()
    {
        await using var database = await server.OpenAsync(server.NewDatabase());
        var ours = await OwnServer.NewTeamAsync(database, "ours");
        var theirs = await OwnServer.NewTeamAsync(database, "theirs");
        foreach (var actor in (Core.Teams.Actor[])[ours, theirs])
            await database.ChangeAsync(actor, (context, _) =>
            {
                context.Audit.NothingOwed("a test");
                context.Schemas.Add(new StoredSchema { Id = Guid.NewGuid(), TeamId = actor.TeamId, Name = actor.TeamKey, LatestVersion = 1, CreatedBy = actor.UserId, ChangedAt = TimeProvider.System.GetUtcNow() });
                return Task.FromResult(true);
            }, Cancellation);

        Assert.Equal(["ours"], await database.ReadAsync(ours, (context, token) => context.Schemas.Select(s => s.Name).ToListAsync(token), Cancellation));
        Assert.Equal(["ours"], await database.ReadAsync(ours, (context, token) => context.Teams.Select(t => t.Key).ToListAsync(token), Cancellation));
        Assert.Equal([ours.UserId], await database.ReadAsync(ours, (context, token) => context.Memberships.Select(m => m.UserId).ToListAsync(token), Cancellation));
        Assert.Equal(0, await database.ChangeAsync(ours, (context, token) =>
        {
            context.Audit.NothingOwed("a test");
            return context.Schemas.Where(s => s.Name == "theirs").ExecuteDeleteAsync(token);
        }, Cancellation));
        Assert.Equal(2, await database.ReadAsSystemAsync((context, token) => context.Schemas.CountAsync(token), Cancellation));

        var smuggled = await Assert.ThrowsAsync<DbUpdateException>(() => database.ChangeAsync(ours, (context, _) =>
        {
            context.Schemas.Add(new StoredSchema { Id = Guid.NewGuid(), TeamId = theirs.TeamId, Name = "smuggled", LatestVersion = 1, ChangedAt = TimeProvider.System.GetUtcNow() });
            return Task.FromResult(true);
        }, Cancellation));
        Assert.Contains("row-level security", smuggled.InnerException!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [Trait("Requirement", "D9")]
    [InlineData("select password_hash from portal.app_user")]
    [InlineData("select xml from portal.data_protection_key")]
    [InlineData("update portal.team_member set role = 'Lead'")]
    [InlineData("update portal.schema_version set note = 'rewritten'")]
    [InlineData("create table portal.mine ()")]
    [InlineData("alter table portal.schema disable row level security")]
    [InlineData("select portal.guard_by_team('team')")]
    [InlineData("create role backdoor")]
    [InlineData("copy (select 1) to program 'true'")]
    [InlineData("set role {0}_system")]
    public async Task Run_OfAStatementSmuggledIntoATeamsWork_IsDenied(string statement)
    {
        var connection = server.NewDatabase();
        await using var database = await server.OpenAsync(connection);
        var actor = await OwnServer.NewTeamAsync(database, "inject");
        var prefix = await OwnServer.QueryAsync(connection, "select role_prefix from portal.installation");

        var denied = await Assert.ThrowsAsync<PostgresException>(() => database.ChangeAsync(actor,
            (context, token) => context.Database.ExecuteSqlRawAsync(statement.Replace("{0}", $"{prefix}", StringComparison.Ordinal), token), Cancellation));

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, denied.SqlState);
    }

    [Fact]
    public async Task Run_AfterAnotherActorUsedTheConnection_CarriesNothingOver()
    {
        await using var database = await server.OpenAsync(server.NewDatabase());
        var actor = await OwnServer.NewTeamAsync(database, "first");
        await database.ReadAsync(actor, (context, token) => context.Teams.ToListAsync(token), Cancellation);

        var nobody = actor with { TeamId = Guid.Empty };

        Assert.Empty(await database.ReadAsync(nobody, (context, token) => context.Teams.ToListAsync(token), Cancellation));
    }

    [Fact]
    public async Task Run_ThatThrows_ChangesNothing()
    {
        await using var database = await server.OpenAsync(server.NewDatabase());
        var actor = await OwnServer.NewTeamAsync(database, "undone");

        await Assert.ThrowsAsync<NotFoundException>(() => database.ChangeAsync<bool>(actor, async (context, token) =>
        {
            context.Schemas.Add(new StoredSchema { Id = Guid.NewGuid(), TeamId = actor.TeamId, Name = "gone", LatestVersion = 1, ChangedAt = TimeProvider.System.GetUtcNow() });
            await context.SaveChangesAsync(token);
            throw new NotFoundException("Thing");
        }, Cancellation));

        Assert.Equal(0, await database.ReadAsSystemAsync((context, token) => context.Schemas.CountAsync(token), Cancellation));
    }

    [Fact]
    [Trait("Requirement", "D9")]
    public async Task ReadRows_OfAnotherTeamsTables_IsDenied()
    {
        var connection = server.NewDatabase();
        await using var database = await server.OpenAsync(connection);
        var ours = await OwnServer.NewTeamAsync(database, "readers");
        var theirs = await OwnServer.NewTeamAsync(database, "others");
        await OwnServer.QueryAsync(connection, $"create schema rows; create table rows.t as select 1 as n; grant usage on schema rows to {database.ReaderRole("readers")}; grant select on rows.t to {database.ReaderRole("readers")}");

        Assert.Equal(1, await database.ReadRowsAsync(ours, Read, Cancellation));
        var denied = await Assert.ThrowsAsync<PostgresException>(() => database.ReadRowsAsync(theirs, Read, Cancellation));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, denied.SqlState);
        // The portal's role itself reads no rows: it has to take the team's role first.
        await Assert.ThrowsAsync<PostgresException>(() => database.ChangeAsync(ours, (context, token) => context.Database.ExecuteSqlRawAsync("select n from rows.t", token), Cancellation));

        static async Task<object?> Read(NpgsqlConnection connection, CancellationToken token)
        {
            await using var command = new NpgsqlCommand("select n from rows.t", connection);
            return await command.ExecuteScalarAsync(token);
        }
    }

    [Fact]
    public async Task Run_WhileTheServerIsAway_SaysSoAndRecoversByItself()
    {
        await using var own = new Disposing(new OwnServer());
        await own.Server.InitializeAsync();
        await using var database = await own.Server.OpenAsync(own.Server.NewDatabase());
        var actor = await OwnServer.NewTeamAsync(database, "away");
        // Several connections wait in the pool when the server goes.
        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Count()));
        var killed = own.Server.Postgres.ProcessId!.Value;
        using (var postmaster = System.Diagnostics.Process.GetProcessById(killed)) postmaster.Kill();

        var answers = 0;
        while (answers == 0)
        {
            try
            {
                await Count();
                // A back end may outlive its postmaster by a moment.
                if (own.Server.Postgres.ProcessId is { } now && now != killed) answers++;
            }
            catch (PortalException fault)
            {
                Assert.Equal("platform.database_unavailable", fault.Code);
                await Task.Delay(20, Cancellation);
            }
        }

        Task<int> Count() => database.ReadAsync(actor, (context, token) => context.Schemas.CountAsync(token), Cancellation);
    }

    private sealed class Disposing(OwnServer server) : IAsyncDisposable
    {
        public OwnServer Server => server;
        public ValueTask DisposeAsync() => server.DisposeAsync();
    }
}
