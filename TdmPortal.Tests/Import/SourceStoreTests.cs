using TdmPortal.Core.Errors;
using TdmPortal.Data.Audit;
using TdmPortal.Data.Import;
using TdmPortal.Tests.Datasets;
using TdmPortal.Tests.Notifications;
using TdmPortal.Tests.Testing;
using Xunit;

namespace TdmPortal.Tests.Import;

/// <summary>Sources with a real second database: who may what, what is kept, and what people are told when it does not work.</summary>
public sealed class SourceStoreTests(DatasetPortal portal, DatabaseServer server) : IClassFixture<DatasetPortal>
{
    private static SourceDatabase? shared;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private SourceStore Sources => portal.Get<SourceStore>();

    [Fact]
    [Trait("Requirement", "D7")]
    public async Task Test_OfAReadersConnection_SaysWhatIsThereAndOpensNothingForWriting()
    {
        var other = await OtherAsync();

        var check = await Sources.TestAsync(portal.Lead, null, other.Settings, SourceDatabase.Password, Cancellation);

        Assert.Equal((2, 1, false, false), (check.Tables, check.Closed, check.IsSuperuser, check.IsEncrypted));
        var refused = await Assert.ThrowsAsync<PortalException>(() => portal.Get<SourceConnector>().AskAsync(other.Settings, SourceDatabase.Password, async (connection, token) =>
        {
            await using var command = new Npgsql.NpgsqlCommand("create temporary table here (id int)", connection);
            return await command.ExecuteNonQueryAsync(token);
        }, Cancellation));
        Assert.Equal("source.failed", refused.Code);
        Assert.Contains("25006", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [Trait("Requirement", "D7")]
    [InlineData("password", "source.sign_in")]
    [InlineData("user", "source.sign_in")]
    [InlineData("database", "source.no_database")]
    [InlineData("port", "source.unreachable")]
    [InlineData("tls", "source.tls")]
    [InlineData("host", "source.host_not_allowed")]
    [InlineData("own", "source.own_database")]
    [InlineData("administrator", "source.own_database")]
    public async Task Test_OfAWrongConnection_SaysWhatIsWrong(string wrong, string code)
    {
        var other = await OtherAsync();
        var (settings, password) = (other.Settings, SourceDatabase.Password);
        (settings, password) = wrong switch
        {
            "password" => (settings, "guessed"),
            "user" => (settings with { UserName = "nobody" }, password),
            "database" => (settings with { Database = "elsewhere" }, password),
            "port" => (settings with { Port = 1 }, password),
            "tls" => (settings with { Tls = TlsMode.Encrypted }, password),
            "host" => (settings with { Host = "db.example.com" }, password),
            "own" => (other.AsAdministrator with { Database = portal.Database.Address.Database }, other.AdministratorsPassword),
            _ => (other.AsAdministrator, other.AdministratorsPassword),
        };

        var error = await Assert.ThrowsAsync<PortalException>(() => Sources.TestAsync(portal.Lead, null, settings, password, Cancellation));

        Assert.Equal(code, error.Code);
        Assert.NotEmpty(error.SuggestedActions);
        Assert.DoesNotContain(password, error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/var/run/postgresql")]
    [InlineData("one.example,two.example")]
    [InlineData("host;Password=x")]
    [InlineData("")]
    public async Task Create_WithWhatIsNoHost_IsRefused(string host)
    {
        var error = await Assert.ThrowsAsync<PortalException>(() => Sources.CreateAsync(portal.Lead, "odd", new SourceSettings { Host = host, Database = "a", UserName = "b" }, "c", Cancellation));

        Assert.Equal("source.bad_host", error.Code);
    }

    [Fact]
    [Trait("Requirement", "D7")]
    public async Task Create_KeepsThePasswordEncrypted_AndOutOfTheRoleThatPeopleWorkWith()
    {
        var other = await OtherAsync();
        var id = await Sources.CreateAsync(portal.Lead, "kept", other.Settings, SourceDatabase.Password, Cancellation);

        Assert.Equal(0, await portal.ScalarAsync<int>($"select count(*)::int from portal.source s where id = '{id}' and position('{SourceDatabase.Password}' in encode(password, 'escape')) > 0"));
        Assert.Equal(0, await portal.ScalarAsync<int>($"select count(*)::int from portal.audit_record r where r::text like '%{SourceDatabase.Password}%'"));
        Assert.False(await portal.ScalarAsync<bool>($"select has_column_privilege('{portal.Database.Roles.Portal}', 'portal.source', 'password', 'select')"));
        Assert.True((await Sources.SecretAsync(portal.Lead.TeamId, id, Cancellation)).Password == SourceDatabase.Password);
    }

    [Fact]
    [Trait("Requirement", "D7")]
    public async Task Change_ToAnotherServerWithoutAPassword_DoesNotHandTheOldOneOver()
    {
        var other = await OtherAsync();
        var id = await Sources.CreateAsync(portal.Lead, "moving", other.Settings, SourceDatabase.Password, Cancellation);

        foreach (var elsewhere in (SourceSettings[])[other.Settings with { Host = "evil.example" }, other.Settings with { Port = 6000 }, other.Settings with { UserName = "root" }])
        {
            Assert.Equal("source.password_needed", (await Assert.ThrowsAsync<PortalException>(() => Sources.ChangeAsync(portal.Lead, id, "moving", elsewhere, null, Cancellation))).Code);
            Assert.Equal("source.password_needed", (await Assert.ThrowsAsync<PortalException>(() => Sources.TestAsync(portal.Lead, id, elsewhere, null, Cancellation))).Code);
        }

        await Sources.ChangeAsync(portal.Lead, id, "moved", other.Settings with { Tables = [new("public", "customer")] }, null, Cancellation);
        Assert.Equal(2, (await Sources.TestAsync(portal.Lead, id, other.Settings, null, Cancellation)).Tables);
        Assert.Equal("moved", (await Sources.GetAsync(portal.Tester, id, Cancellation)).Name);
    }

    [Fact]
    [Trait("Requirement", "D1")]
    public async Task Sources_OfAnotherTeam_AreNotThere()
    {
        var other = await OtherAsync();
        var id = await Sources.CreateAsync(portal.Lead, "ours", other.Settings, SourceDatabase.Password, Cancellation);

        Assert.Contains((await Sources.ListAsync(portal.Tester, "our", null, 10, Cancellation)).Items, source => source.Id == id);
        Assert.DoesNotContain((await Sources.ListAsync(portal.Stranger, null, null, 10, Cancellation)).Items, source => source.Id == id);
        await Assert.ThrowsAsync<NotFoundException>(() => Sources.GetAsync(portal.Stranger, id, Cancellation));
        await Assert.ThrowsAsync<NotFoundException>(() => Sources.TestAsync(portal.Stranger, id, other.Settings, null, Cancellation));
        await Assert.ThrowsAsync<NotFoundException>(() => Sources.ChangeAsync(portal.Stranger, id, "theirs", other.Settings, null, Cancellation));
        await Assert.ThrowsAsync<NotFoundException>(() => Sources.RemoveAsync(portal.Stranger, id, Cancellation));
        await Assert.ThrowsAsync<NotFoundException>(() => Sources.OpenAsync(portal.Stranger, id, Cancellation));
        // And once more by the database itself, whatever the store asks for.
        Assert.Equal(0, await portal.Database.ReadAsync(portal.Stranger, (context, _) => Task.FromResult(context.Set<StoredImportSource>().Count(source => source.Id == id)), Cancellation));
    }

    [Fact]
    [Trait("Requirement", "D1")]
    public async Task Connections_AreForLeads_AlsoByTheDatabase()
    {
        var other = await OtherAsync();
        var id = await Sources.CreateAsync(portal.Lead, "leads", other.Settings, SourceDatabase.Password, Cancellation);

        await Assert.ThrowsAsync<ForbiddenException>(() => Sources.CreateAsync(portal.Tester, "mine", other.Settings, null, Cancellation));
        await Assert.ThrowsAsync<ForbiddenException>(() => Sources.ChangeAsync(portal.Tester, id, "mine", other.Settings, null, Cancellation));
        await Assert.ThrowsAsync<ForbiddenException>(() => Sources.RemoveAsync(portal.Tester, id, Cancellation));
        await Assert.ThrowsAsync<ForbiddenException>(() => portal.Get<SourceHosts>().AllowAsync(portal.Lead, "db.example.com", Cancellation));
        await Sources.RemoveAsync(portal.Lead, id, Cancellation);
        await Assert.ThrowsAsync<NotFoundException>(() => Sources.GetAsync(portal.Lead, id, Cancellation));
    }

    [Fact]
    [Trait("Requirement", "D9")]
    public async Task Changes_OfSources_AreInTheAudit()
    {
        var other = await OtherAsync();
        var id = await Sources.CreateAsync(portal.Lead, "audited", other.Settings, SourceDatabase.Password, Cancellation);
        await Sources.ChangeAsync(portal.Lead, id, "audited", other.Settings, SourceDatabase.Password, Cancellation);
        await Sources.TestAsync(portal.Lead, id, other.Settings, null, Cancellation);
        await Sources.RemoveAsync(portal.Lead, id, Cancellation);

        var codes = await portal.ScalarAsync<string[]>($"select array_agg(action order by number) from portal.audit_record where object_id = '{id}'");
        Assert.Equal(new[] { AuditAction.SourceMade, AuditAction.SourceChanged, AuditAction.SourceTested, AuditAction.SourceRemoved }.Select(action => action.Code), codes);
    }

    private async Task<SourceDatabase> OtherAsync()
    {
        await NoticePeople.JoinAsync(portal);
        await portal.Get<SourceHosts>().AllowAsync(portal.Lead with { IsAdmin = true }, "127.0.0.0/8", Cancellation);
        return shared ??= await SourceDatabase.CreateAsync(server);
    }
}
