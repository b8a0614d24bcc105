using System.Text;
using Npgsql;
using TdmPortal.Core.Errors;
using TdmPortal.Core.Teams;
using TdmPortal.Data;
using TdmPortal.Data.Audit;
using TdmPortal.Tests.Server;
using Xunit;

namespace TdmPortal.Tests.Audit;

/// <summary>The chain holds under load, and shows what somebody with all rights on the server did to it.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class AuditCheckTests(OwnServer server) : IClassFixture<OwnServer>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Requirement", "D9")]
    public async Task Chain_AfterFiveHundredAtATime_IsWhole()
    {
        await using var database = await server.OpenAsync(server.NewDatabase());
        var before = (await CheckAsync(database)).Records;

        await Parallel.ForEachAsync(Enumerable.Range(0, 500), new ParallelOptions { MaxDegreeOfParallelism = 24, CancellationToken = Cancellation },
            async (number, token) => await database.RecordAsync(AuditSource.Portal, AuditAction.RowsViewed, AuditObject.Dataset(Guid.NewGuid(), $"d{number} ü 🦊"), new { number, text = "\"\\\n" }, token));

        var found = await CheckAsync(database);
        Assert.True(found.IsWhole);
        Assert.Equal((before + 500, before + 500), (found.Records, found.Head));
    }

    [Theory]
    [Trait("Requirement", "D9")]
    [InlineData("update portal.audit_record set user_name = 'nobody' where number = 5", 5, "its hash differs")]
    [InlineData("update portal.audit_record set details = details || '{\"number\": 99}' where number = 5", 5, "its hash differs")]
    [InlineData("update portal.audit_record set at = at + interval '1 microsecond' where number = 5", 5, "its hash differs")]
    [InlineData("delete from portal.audit_record where number = 5", 5, "is missing")]
    [InlineData("delete from portal.audit_record where number between 5 and 7", 5, "5 to 7 are missing")]
    [InlineData("delete from portal.audit_record where number > 8", 9, "9 to 12 are missing")]
    [InlineData("update portal.audit_record r set user_name = 'nobody', hash = portal.audit_hash(row(r.number, r.at, r.user_id, 'nobody', r.action, r.team_id, r.object_kind, r.object_id, r.object_name, r.channel, r.address, r.before, r.after, r.details, r.previous_hash, r.hash)::portal.audit_record) where number = 5", 6, "does not continue")]
    public async Task Chain_ThatSomebodyChanged_SaysWhere(string change, long where, string what)
    {
        var connection = server.NewDatabase();
        await using var database = await server.OpenAsync(connection);
        await RecordAsync(database, 12);
        Assert.True((await CheckAsync(database)).IsWhole);

        await TamperAsync(connection, change);

        var found = await CheckAsync(database);
        Assert.Equal(where, found.Breaks[0].Number);
        Assert.Contains(what, found.Breaks[0].What, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Requirement", "D9")]
    public async Task TailThatIsCutWithItsTraces_ShowsByAnExportedAnchor()
    {
        var connection = server.NewDatabase();
        await using var database = await server.OpenAsync(connection);
        await RecordAsync(database, 12);
        var anchors = new AuditAnchors(database, TimeProvider.System);
        Assert.True(await anchors.AnchorAsync(Cancellation));
        Assert.False(await anchors.AnchorAsync(Cancellation));
        using var exported = new MemoryStream(Encoding.UTF8.GetBytes(string.Concat((await anchors.AllAsync(Cancellation)).Select(anchor => anchor.ToJson() + "\n"))));
        var kept = await AuditAnchor.ReadAsync(exported, Cancellation);
        Assert.True((await CheckAsync(database, kept)).IsWhole);

        // With the head and the database's own anchors set back, the chain itself looks whole.
        await TamperAsync(connection, "delete from portal.audit_record where number > 8; delete from portal.audit_anchor; update portal.audit_head set (number, hash) = (select number, hash from portal.audit_record where number = 8)");
        Assert.True((await CheckAsync(database)).IsWhole);

        var found = await CheckAsync(database, kept);
        Assert.Equal((9, "The records 9 to 12 are missing."), (found.Breaks.Single().Number, found.Breaks[0].What[..32]));
    }

    [Fact]
    [Trait("Requirement", "D9")]
    public async Task ChainThatIsMadeAnew_ShowsByItsAnchor_AndAForgedAnchorByItsSignature()
    {
        var connection = server.NewDatabase();
        await using var database = await server.OpenAsync(connection);
        await RecordAsync(database, 12);
        var anchors = new AuditAnchors(database, TimeProvider.System);
        await anchors.AnchorAsync(Cancellation);
        await TamperAsync(connection, """
            do $$
            declare entry portal.audit_record; before bytea;
            begin
                for entry in select * from portal.audit_record where number >= 5 order by number loop
                    entry.user_name := 'nobody';
                    entry.previous_hash := coalesce(before, entry.previous_hash);
                    entry.hash := portal.audit_hash(entry);
                    before := entry.hash;
                    update portal.audit_record set user_name = entry.user_name, previous_hash = entry.previous_hash, hash = entry.hash where number = entry.number;
                    update portal.audit_head set hash = entry.hash;
                end loop;
            end $$
            """);

        var made = await CheckAsync(database);
        Assert.Contains("is not the record that was anchored", Assert.Single(made.Breaks).What, StringComparison.Ordinal);

        await TamperAsync(connection, "update portal.audit_anchor set hash = (select hash from portal.audit_head)");
        Assert.Contains("not signed", Assert.Single((await CheckAsync(database)).Breaks).What, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FileThatHoldsNoAnchors_IsRefused()
    {
        using var file = new MemoryStream("number,hash\n1,ab\n"u8.ToArray());

        Assert.Equal("audit.bad_anchors", (await Assert.ThrowsAsync<PortalException>(() => AuditAnchor.ReadAsync(file, Cancellation))).Code);
    }

    [Fact]
    [Trait("Requirement", "D9")]
    public async Task List_ShowsAnAdministratorAll_ALeadTheirTeams_OthersNothing()
    {
        var connection = server.NewDatabase();
        await using var database = await server.OpenAsync(connection);
        var ours = await OwnServer.NewTeamAsync(database, "ours");
        var theirs = await OwnServer.NewTeamAsync(database, "theirs");
        var tester = await OwnServer.NewMemberAsync(database, ours.TeamId, "ours", TeamRole.Tester);
        await OwnServer.QueryAsync(connection, $"insert into portal.app_user_role select '{theirs.UserId}', id from portal.app_role where name = 'Admin'");
        var admin = theirs with { IsAdmin = true };
        var store = new AuditStore(database);

        var all = await store.ListAsync(admin, new AuditQuery(), null, 100, Cancellation);
        var leads = await store.ListAsync(ours, new AuditQuery(theirs.TeamId), null, 100, Cancellation);

        Assert.Contains(all.Items, entry => entry.TeamId == theirs.TeamId);
        Assert.Contains(all.Items, entry => entry.TeamId == ours.TeamId);
        Assert.NotEmpty(leads.Items);
        Assert.All(leads.Items, entry => Assert.Equal(ours.TeamId, entry.TeamId));
        await Assert.ThrowsAsync<ForbiddenException>(() => store.ListAsync(tester, new AuditQuery(), null, 100, Cancellation));
        // The application's own checks taken away: the database knows who is what.
        Assert.Empty((await store.ListAsync(tester with { Role = TeamRole.Lead }, new AuditQuery(), null, 100, Cancellation)).Items);
        Assert.All((await store.ListAsync(ours with { IsAdmin = true }, new AuditQuery(), null, 100, Cancellation)).Items, entry => Assert.Equal(ours.TeamId, entry.TeamId));
    }

    [Fact]
    public async Task List_PagesAndFilters_AndExportsWhatItShows()
    {
        var connection = server.NewDatabase();
        await using var database = await server.OpenAsync(connection);
        var lead = await OwnServer.NewTeamAsync(database, "paging");
        for (var number = 0; number < 25; number++)
            await database.RecordAsync(AuditSource.Of(lead), number % 5 == 0 ? AuditAction.RowsDownloaded : AuditAction.RowsViewed, AuditObject.Dataset(Guid.NewGuid(), $"=orders, {number}"), new { number }, Cancellation);
        var store = new AuditStore(database);

        var first = await store.ListAsync(lead, new AuditQuery(Action: "dataset."), null, 10, Cancellation);
        var second = await store.ListAsync(lead, new AuditQuery(Action: "dataset."), first.Next, 10, Cancellation);
        var downloads = await store.ListAsync(lead, new AuditQuery(Action: "dataset.downloaded", Text: "ORDERS"), null, 10, Cancellation);
        Assert.Equal(Enumerable.Range(5, 20).Reverse().Select(number => $"=orders, {number}"), first.Items.Concat(second.Items).Select(entry => entry.ObjectName));
        Assert.Equal(5, downloads.Items.Count);

        using var csv = new MemoryStream();
        await store.ExportAsync(lead, new AuditQuery(Action: "dataset.downloaded"), AuditFileFormat.Csv, csv, Cancellation);
        var lines = Encoding.UTF8.GetString(csv.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(6, lines.Length);
        Assert.Contains("\"'=orders, 20\"", lines[1], StringComparison.Ordinal);
        Assert.Equal("audit.exported", (await store.ListAsync(lead, new AuditQuery(), null, 1, Cancellation)).Items[0].Action);
    }

    private static async Task RecordAsync(PortalDatabase database, int upTo)
    {
        for (var number = (await CheckAsync(database)).Records; number < upTo; number++)
            await database.RecordAsync(AuditSource.Portal, AuditAction.RowsViewed, AuditObject.Dataset(Guid.NewGuid(), "orders"), new { number }, Cancellation);
    }

    private static Task<AuditFinding> CheckAsync(PortalDatabase database, IReadOnlyList<AuditAnchor>? exported = null) =>
        new AuditCheck(database, new AuditAnchors(database, TimeProvider.System)).RunAsync(exported ?? [], null, Cancellation);

    /// <summary>As somebody who owns the server.</summary>
    private static async Task TamperAsync(string connection, string change)
    {
        await using var open = new NpgsqlConnection(connection);
        await open.OpenAsync(Cancellation);
        await using var command = new NpgsqlCommand($"set session_replication_role = replica; {change}; reset session_replication_role", open);
        await command.ExecuteNonQueryAsync(Cancellation);
    }
}
