using Microsoft.EntityFrameworkCore;
using Npgsql;
using TdmPortal.Core.Audit;
using TdmPortal.Core.Errors;
using TdmPortal.Core.Teams;
using TdmPortal.Data;
using TdmPortal.Data.Audit;
using TdmPortal.Tests.Server;
using Xunit;

namespace TdmPortal.Tests.Audit;

/// <summary>What lands in the audit, and that the portal cannot take it out again.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class AuditRecordTests(OwnServer server) : IClassFixture<OwnServer>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Requirement", "D9")]
    public async Task Change_WithARecord_SaysWhoWhatAndFromWhere()
    {
        await using var database = await server.OpenAsync(server.NewDatabase());
        var actor = await OwnServer.NewTeamAsync(database, "payments") with { Origin = new AuditOrigin(AuditChannel.Page, "203.0.113.7") };

        await database.ChangeAsync(actor, (context, _) =>
        {
            context.Audit.Add(AuditAction.TeamChanged, AuditObject.Team(actor.TeamId, "payments"), new { name = "Old" }, new { name = "New\0" }, new { reason = "für 🦊" });
            return Task.FromResult(true);
        }, Cancellation);

        var record = await LastAsync(database);
        Assert.Equal((actor.UserId, actor.UserName, actor.TeamId, "team.changed", "team", "payments", "page", "203.0.113.7"),
            (record.UserId, record.UserName, record.TeamId, record.Action, record.ObjectKind, record.ObjectName, record.Channel, record.Address));
        Assert.Equal(("""{"name": "Old"}""", """{"name": "New�"}""", """{"reason": "für 🦊"}"""), (record.Before, record.After, record.Details));
    }

    [Fact]
    [Trait("Requirement", "D9")]
    public async Task Change_WithoutARecord_IsRolledBack()
    {
        await using var database = await server.OpenAsync(server.NewDatabase());
        var actor = await OwnServer.NewTeamAsync(database, "silent");

        await Assert.ThrowsAsync<InvalidOperationException>(() => database.ChangeAsync(actor, (context, token) =>
            context.Database.ExecuteSqlAsync($"insert into portal.schema_draft (id, team_id, user_id, base_version, document, saved_at) values (gen_random_uuid(), {actor.TeamId}, {actor.UserId}, 0, '', now())", token), Cancellation));
        await Assert.ThrowsAsync<InvalidOperationException>(() => database.ChangeAsSystemAsync(AuditSource.Portal, (context, token) => context.Database.ExecuteSqlAsync($"update portal.team set name = 'x'", token), Cancellation));

        Assert.Equal(0, await database.ReadAsync(actor, (context, token) => context.SchemaDrafts.CountAsync(token), Cancellation));
        Assert.Equal("Team silent", await database.ReadAsync(actor, (context, token) => context.Teams.Select(team => team.Name).SingleAsync(token), Cancellation));
    }

    [Fact]
    [Trait("Requirement", "D9")]
    public async Task Read_ThatChangesSomething_IsRefusedByTheServer()
    {
        await using var database = await server.OpenAsync(server.NewDatabase());
        var actor = await OwnServer.NewTeamAsync(database, "reading");

        var asActor = await Assert.ThrowsAsync<PostgresException>(() => database.ReadAsync(actor, (context, token) => context.SchemaDrafts.ExecuteDeleteAsync(token), Cancellation));
        var asSystem = await Assert.ThrowsAsync<PostgresException>(() => database.ReadAsSystemAsync((context, token) => context.SchemaDrafts.ExecuteDeleteAsync(token), Cancellation));

        Assert.Equal((PostgresErrorCodes.ReadOnlySqlTransaction, PostgresErrorCodes.ReadOnlySqlTransaction), (asActor.SqlState, asSystem.SqlState));
    }

    [Fact]
    [Trait("Requirement", "D9")]
    public async Task Change_ThatThrows_LeavesNoRecord()
    {
        await using var database = await server.OpenAsync(server.NewDatabase());
        var actor = await OwnServer.NewTeamAsync(database, "undone");
        var before = await LastAsync(database);

        await Assert.ThrowsAsync<NotFoundException>(() => database.ChangeAsync<bool>(actor, (context, _) =>
        {
            context.Audit.Add(AuditAction.TeamChanged, null);
            throw new NotFoundException("Thing");
        }, Cancellation));

        Assert.Equal(before.Number, (await LastAsync(database)).Number);
    }

    [Fact]
    [Trait("Requirement", "D9")]
    public async Task Refusal_IsRecordedOnceThoughItsWorkRollsBack()
    {
        await using var database = await server.OpenAsync(server.NewDatabase());
        var actor = await OwnServer.NewTeamAsync(database, "refused", TeamRole.Tester);
        var before = await LastAsync(database);

        await Assert.ThrowsAsync<ForbiddenException>(() => database.ChangeAsync<bool>(actor, async (_, token) =>
        {
            await database.DemandAsync(actor, actor.IsLead, "Only a lead may.", token);
            return true;
        }, Cancellation));

        var record = await LastAsync(database);
        Assert.Equal((before.Number + 1, "auth.failed", actor.UserId, """{"message": "Only a lead may."}"""), (record.Number, record.Action, record.UserId, record.Details));
    }

    [Theory]
    [Trait("Requirement", "D9")]
    [InlineData("update portal.audit_record set user_name = 'nobody'")]
    [InlineData("delete from portal.audit_record")]
    [InlineData("truncate portal.audit_record")]
    [InlineData("insert into portal.audit_record (number, at, user_name, action, channel, previous_hash, hash) values (99, now(), 'x', 'x', 'page', '', '')")]
    [InlineData("update portal.audit_head set number = 0")]
    [InlineData("alter table portal.audit_record disable trigger all")]
    [InlineData("alter table portal.audit_record disable row level security")]
    [InlineData("delete from portal.audit_anchor")]
    [InlineData("create or replace function portal.append_audit(records jsonb) returns bigint language sql as 'select 1::bigint'")]
    public async Task RunTimeRoles_MayOnlyAppend(string statement)
    {
        await using var database = await server.OpenAsync(server.NewDatabase());
        var actor = await OwnServer.NewTeamAsync(database, "append");

        var asActor = await Assert.ThrowsAsync<PostgresException>(() => database.ChangeAsync(actor, (context, token) => context.Database.ExecuteSqlRawAsync(statement, token), Cancellation));
        var asSystem = await Assert.ThrowsAsync<PostgresException>(() => database.MaintainAsync((context, token) => context.Database.ExecuteSqlRawAsync(statement, token), Cancellation));

        Assert.Equal((PostgresErrorCodes.InsufficientPrivilege, PostgresErrorCodes.InsufficientPrivilege), (asActor.SqlState, asSystem.SqlState));
    }

    [Fact]
    public async Task Add_OfASecret_IsRefused()
    {
        await using var database = await server.OpenAsync(server.NewDatabase());

        await Assert.ThrowsAsync<InvalidOperationException>(() => database.RecordAsync(AuditSource.Portal, AuditAction.LoginRotated, null, new { login = new { newPassword = "hunter2" } }, Cancellation));
    }

    [Fact]
    public void Actions_HaveCodesOfTheirOwn()
    {
        Assert.Equal(AuditAction.All.Count, AuditAction.All.Select(action => action.Code).Distinct(StringComparer.Ordinal).Count());
        Assert.All(AuditAction.All, action => Assert.Matches("^[a-z]+\\.[a-z_]+$", action.Code));
    }

    private static Task<StoredAuditRecord> LastAsync(PortalDatabase database) =>
        database.ReadAsSystemAsync((context, token) => context.Set<StoredAuditRecord>().AsNoTracking().OrderByDescending(record => record.Number).FirstAsync(token), Cancellation);
}
