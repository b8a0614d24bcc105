using TdmPortal.Core.Errors;
using TdmPortal.Core.Teams;
using TdmPortal.Data.Teams;
using TdmPortal.Tests.Schemas;
using TdmPortal.Tests.Server;
using Xunit;

namespace TdmPortal.Tests.Teams;

/// <summary>Teams, their members and who may change them.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class TeamStoreTests(StoreFixture fixture) : IClassFixture<StoreFixture>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;
    private TeamStore Store { get; } = new(fixture.Database, TimeProvider.System);
    private Actor Admin => fixture.Lead with { IsAdmin = true };

    [Fact]
    public async Task Create_MakesAReaderRoleThatNobodyCanSignInWith()
    {
        await Store.CreateAsync(Admin, "fresh", "Fresh", "Europe/Berlin", Cancellation);

        var role = fixture.Database.ReaderRole("fresh");
        var canLogIn = await fixture.Database.ProvisionAsync(async (connection, token) =>
        {
            await using var command = new Npgsql.NpgsqlCommand("select rolcanlogin from pg_roles where rolname = $1", connection) { Parameters = { new() { Value = role } } };
            return await command.ExecuteScalarAsync(token);
        }, Cancellation);
        Assert.Equal(false, canLogIn);
        Assert.Equal("team.key_taken", (await Assert.ThrowsAsync<ConflictException>(() => Store.CreateAsync(Admin, "fresh", "Again", "UTC", Cancellation))).Code);
    }

    [Theory]
    [InlineData("Upper", "team.key_invalid")]
    [InlineData("with_underscore", "team.key_invalid")]
    [InlineData("x\"; drop schema portal; --", "team.key_invalid")]
    [InlineData("morethantwentycharact", "team.key_invalid")]
    public async Task Create_WithABadKey_IsRefused(string key, string code) =>
        Assert.Equal(code, (await Assert.ThrowsAsync<PortalException>(() => Store.CreateAsync(Admin, key, "Name", "UTC", Cancellation))).Code);

    [Fact]
    public async Task Create_WithAnUnknownTimeZone_IsRefused() =>
        Assert.Equal("team.time_zone_unknown", (await Assert.ThrowsAsync<PortalException>(() => Store.CreateAsync(Admin, "zoned", "Name", "Mars/Base", Cancellation))).Code);

    [Fact]
    [Trait("Requirement", "D9")]
    public async Task Changes_ByThoseWhoMayNot_AreRefused()
    {
        var team = fixture.Lead.TeamId;
        await Assert.ThrowsAsync<ForbiddenException>(() => Store.CreateAsync(fixture.Lead, "mine", "Mine", "UTC", Cancellation));
        await Assert.ThrowsAsync<ForbiddenException>(() => Store.ListAsync(fixture.Lead, null, null, 10, Cancellation));
        await Assert.ThrowsAsync<ForbiddenException>(() => Store.UpdateAsync(fixture.Tester, team, new("Renamed", "UTC", "en", ""), Cancellation));
        await Assert.ThrowsAsync<ForbiddenException>(() => Store.SetMemberAsync(fixture.Tester, team, fixture.Tester.UserId, TeamRole.Lead, Cancellation));
        await Assert.ThrowsAsync<NotFoundException>(() => Store.UpdateAsync(fixture.Stranger, team, new("Renamed", "UTC", "en", ""), Cancellation));
        await Assert.ThrowsAsync<NotFoundException>(() => Store.MembersAsync(fixture.Stranger, team, Cancellation));
        await Assert.ThrowsAsync<NotFoundException>(() => Store.RemoveMemberAsync(fixture.Stranger, team, fixture.Tester.UserId, Cancellation));
    }

    [Theory]
    [InlineData("", "UTC", "en", "team.name_invalid")]
    [InlineData("Team", "Mars/Base", "en", "team.time_zone_unknown")]
    [InlineData("Team", "UTC", "xx", "team.locale_unknown")]
    public async Task Update_WithWhatCannotBe_IsRefused(string name, string zone, string locale, string code) =>
        Assert.Equal(code, (await Assert.ThrowsAsync<PortalException>(() => Store.UpdateAsync(fixture.Lead, fixture.Lead.TeamId, new(name, zone, locale, ""), Cancellation))).Code);

    [Fact]
    public async Task Update_ByItsLead_IsSeenByItsMembers()
    {
        var lead = await OwnServer.NewTeamAsync(fixture.Database, "settings");
        var member = await OwnServer.NewMemberAsync(fixture.Database, lead.TeamId, "settings", TeamRole.Tester);

        await Store.UpdateAsync(lead, lead.TeamId, new("Settings team", "Asia/Tokyo", "ja", "Ada, ada@example.com\nBob for the database"), Cancellation);

        var seen = Assert.Single(await Store.MembershipsAsync(member.UserId, Cancellation));
        Assert.Equal(("Settings team", "Asia/Tokyo", "ja", "Ada, ada@example.com\nBob for the database"), (seen.Name, seen.TimeZone, seen.DefaultLocale, seen.Contacts));
        var page = await Store.ListAsync(Admin, "Settings team", null, 10, Cancellation);
        Assert.Equal(TeamQuota.None, Assert.Single(page.Items).Use.Quota);
    }

    [Fact]
    public async Task Members_ComeLeadsFirstAndFollowChanges()
    {
        var lead = await OwnServer.NewTeamAsync(fixture.Database, "members");
        var member = await OwnServer.NewMemberAsync(fixture.Database, lead.TeamId, "members", TeamRole.Tester);

        Assert.Equal([lead.UserId, member.UserId], (await Store.MembersAsync(member, lead.TeamId, Cancellation)).Select(m => m.UserId));
        await Store.SetMemberAsync(lead, lead.TeamId, member.UserId, TeamRole.Lead, Cancellation);
        Assert.Equal(TeamRole.Lead, Assert.Single(await Store.MembershipsAsync(member.UserId, Cancellation)).Role);
        await Store.RemoveMemberAsync(lead, lead.TeamId, member.UserId, Cancellation);
        Assert.Empty(await Store.MembershipsAsync(member.UserId, Cancellation));
    }

    [Fact]
    public async Task TheLastLead_CanNeitherLeaveNorStepDownButByAnAdmin()
    {
        var lead = await OwnServer.NewTeamAsync(fixture.Database, "lastlead");

        Assert.Equal("team.last_lead", (await Assert.ThrowsAsync<ConflictException>(() => Store.RemoveMemberAsync(lead, lead.TeamId, lead.UserId, Cancellation))).Code);
        Assert.Equal("team.last_lead", (await Assert.ThrowsAsync<ConflictException>(() => Store.SetMemberAsync(lead, lead.TeamId, lead.UserId, TeamRole.Tester, Cancellation))).Code);
        await Store.RemoveMemberAsync(Admin, lead.TeamId, lead.UserId, Cancellation);
    }

    [Fact]
    public async Task Memberships_OfAnAdmin_AreAllTeamsAsLead()
    {
        var user = await OwnServer.NewMemberAsync(fixture.Database, fixture.Lead.TeamId, "checkout", TeamRole.Tester);
        await fixture.Database.MaintainAsync((context, _) =>
        {
            context.UserRoles.Add(new() { UserId = user.UserId, RoleId = context.Roles.Single(role => role.Name == "Admin").Id });
            return Task.FromResult(true);
        }, Cancellation);

        var all = await Store.MembershipsAsync(user.UserId, Cancellation);

        Assert.Contains(all, team => team.Key == "billing");
        Assert.All(all, team => Assert.Equal(TeamRole.Lead, team.Role));
    }

    [Fact]
    public async Task List_PagesByKeyAndCounts()
    {
        foreach (var i in Enumerable.Range(0, 5)) await Store.CreateAsync(Admin, $"listed{i}", "Listed", "UTC", Cancellation);

        var first = await Store.ListAsync(Admin, "listed", null, 3, Cancellation);
        var rest = await Store.ListAsync(Admin, "listed", first.Next, 3, Cancellation);

        Assert.Equal(5, first.Total);
        Assert.Equal(Enumerable.Range(0, 5).Select(i => $"listed{i}"), first.Items.Concat(rest.Items).Select(team => team.Key));
        Assert.Null(rest.Next);
        Assert.Equal(1, Assert.Single((await Store.ListAsync(Admin, "billing", null, 3, Cancellation)).Items).Members);
    }
}
