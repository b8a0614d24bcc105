using Npgsql;
using TdmPortal.Core.Errors;
using TdmPortal.Core.Jobs;
using TdmPortal.Core.Masking;
using TdmPortal.Core.Subsets;
using TdmPortal.Data.Audit;
using TdmPortal.Data.Import;
using TdmPortal.Data.Jobs;
using TdmPortal.Data.Masking;
using TdmPortal.Data.PersonalData;
using TdmPortal.Tests.Datasets;
using Xunit;

namespace TdmPortal.Tests.Masking;

/// <summary>A real customer database of ten tables, masked into a team's environment.</summary>
public sealed class MaskingRunTests(MaskingPortal masking) : IClassFixture<MaskingPortal>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private DatasetPortal Portal => masking.Portal;

    [Fact]
    [Trait("Requirement", "D3")]
    public async Task Run_OfACustomerDatabase_ChangesEveryPersonalColumn_AndKeepsEveryJoin()
    {
        var run = await masking.MaskAsync(MaskingPortal.Policy("whole"), "crm_whole");

        Assert.True(run.Summary.State == "proved", $"{run.Summary.State}: {run.Error} {run.Summary.Verdict} {await ErrorAsync(run)} open: {string.Join(", ", run.OpenColumns)}");
        Assert.Empty(run.OpenColumns);
        foreach (var column in new[] { "customer_no", "first_name", "last_name", "full_name", "email", "phone", "birth_date", "street", "iban", "password_hash" })
        {
            var proved = run.Proof!.Columns.Single(one => one.Entity == "customer" && one.Field == column);
            Assert.True(proved is { Same: 0, Compared: > 500, Holds: true }, $"{proved}");
        }

        await using var team = new NpgsqlConnection(await Portal.LoginAsync(Portal.Lead));
        await team.OpenAsync(Cancellation);
        foreach (var entity in new[] { "employee", "customer", "address", "payment_card", "purchase", "purchase_line", "ticket", "login_event", "newsletter", "profile" })
        {
            Assert.Equal(await masking.Customers.CountAsync($"select count(*) from crm.{entity}"), await CountAsync(team, $"select count(*) from checkout_crm_whole.{entity}"));
            var left = await TextsAsync(team, $"select row::text from checkout_crm_whole.{entity} row where row::text ~* '{CustomerDatabase.Pattern}' limit 3");
            Assert.True(left.Count == 0, $"{entity}: {string.Join("\n", left)}");
        }

        Assert.Equal(0, await CountAsync(team, "select count(*) from checkout_crm_whole.ticket where body ~ 'Anna Schmidt'"));
        Assert.Equal(150, await CountAsync(team, "select count(*) from checkout_crm_whole.ticket where body ~ '^Hello, this is [^,]+, please call me at .* or write to .*@.*[.] My account is DE[0-9]{20}[.] Thank you, '"));
        string[] joins =
        [
            "select count(*) from SCHEMA.customer join SCHEMA.purchase using (customer_no)",
            "select count(*) from SCHEMA.customer c join SCHEMA.address a on a.customer_id = c.id and a.street = c.street",
            "select count(*) from SCHEMA.customer c join SCHEMA.login_event e on lower(trim(e.user_email)) = lower(c.email)",
            "select count(*) from SCHEMA.customer join SCHEMA.newsletter using (email)",
            "select count(*) from SCHEMA.customer c join SCHEMA.payment_card p on p.customer_id = c.id and upper(c.full_name) = upper(p.card_holder)",
            "select count(*) from SCHEMA.customer c join SCHEMA.profile p on p.data->'contact'->>'email' = c.email",
            "select count(*) from SCHEMA.customer c join SCHEMA.profile p on p.customer_id = c.id and p.data->>'name' = c.full_name and p.data->'contact'->>'phone' is not distinct from c.phone and p.data->'tags'->>1 = 'eu'",
            "select count(*) from SCHEMA.customer c join SCHEMA.ticket t on t.customer_id = c.id and position(c.full_name in t.body) > 0",
            "select count(*) from SCHEMA.customer c join SCHEMA.ticket t on t.customer_id = c.id and position(c.email in t.body) > 0 and position(c.iban in t.body) > 0 and position(coalesce(c.phone, 'home') in t.body) > 0",
            "select count(*) from SCHEMA.employee e join SCHEMA.employee m on m.id = e.manager_id",
            "select count(*) from SCHEMA.customer where full_name = first_name || ' ' || last_name",
            "select count(*) from SCHEMA.purchase join SCHEMA.purchase_line on purchase_id = id",
            "select count(distinct email) from SCHEMA.customer",
            "select count(*) from SCHEMA.customer where street = 'N/A'",
            "select count(*) from SCHEMA.newsletter where last_sent = '9999-12-31'",
            "select count(*) from SCHEMA.customer where phone is null",
        ];
        foreach (var join in joins)
            Assert.Equal((join, await masking.Customers.CountAsync(join.Replace("SCHEMA", "crm", StringComparison.Ordinal))), (join, await CountAsync(team, join.Replace("SCHEMA", "checkout_crm_whole", StringComparison.Ordinal))));
    }

    [Fact]
    [Trait("Requirement", "D3")]
    public async Task Run_WithTheSameKey_MasksTheSameInAnotherDataset_AndOtherwiseWithANewOne()
    {
        var policy = await masking.Policies.CreateAsync(Portal.Lead, MaskingPortal.Policy("again"), masking.Source, Cancellation);
        await masking.RunAsync(policy, "crm_one");
        await masking.RunAsync(policy, "crm_two");
        await Portal.Get<MaskingKeys>().RotateAsync(Portal.Lead with { IsAdmin = true }, "the key was seen", Cancellation);
        var last = await masking.RunAsync(policy, "crm_three");

        await using var team = new NpgsqlConnection(await Portal.LoginAsync(Portal.Lead));
        await team.OpenAsync(Cancellation);
        const string same = "select count(*) from checkout_crm_one.customer a join checkout_{0}.customer b using (id) where (a.first_name, a.email, a.phone, a.iban) is not distinct from (b.first_name, b.email, b.phone, b.iban)";
        Assert.Equal(600, await CountAsync(team, same.Replace("{0}", "crm_two", StringComparison.Ordinal)));
        Assert.Equal(0, await CountAsync(team, same.Replace("{0}", "crm_three", StringComparison.Ordinal)));
        Assert.Equal(2, last.KeyNumber);
    }

    [Fact]
    [Trait("Requirement", "D3")]
    public async Task Run_OfASourceThatHasChanged_StopsAndShowsTheColumns()
    {
        await using var source = await Portal.Get<SourceStore>().OpenAsync(Portal.Lead, masking.Source, Cancellation);
        var remembered = MaskingPortal.Policy("drifting") with { Columns = [.. SchemaDrift.Remember(source.Rows.Entities).Where(column => column is not { Entity: "ticket", Field: "body" })] };

        var run = await masking.MaskAsync(remembered, "crm_drifting");

        Assert.Equal("stopped", run.Summary.State);
        var drift = Assert.Single(run.Drift);
        Assert.Equal(("ticket", "body"), (drift.Entity, drift.Field));
        Assert.Null(run.Summary.VersionId);
        Assert.Equal(JobState.Failed, (await Portal.Jobs.GetAsync(Portal.Tester, run.Summary.JobId, Cancellation)).State);
    }

    [Fact]
    [Trait("Requirement", "D9")]
    public async Task Run_ThatLeavesAPersonalColumn_DoesNotGoLive_UntilALeadSignsItOff()
    {
        var policy = MaskingPortal.Policy("undecided") with { Strategy = null };

        var run = await masking.MaskAsync(policy, "crm_undecided");

        Assert.Equal("stopped", run.Summary.State);
        var undecided = run.Decisions.Where(decision => decision.By == DecidedBy.Undecided).ToList();
        Assert.Contains(("customer", "email"), undecided.Select(decision => (decision.Entity, decision.Field)));

        var store = Portal.Get<PersonalDataStore>();
        await Assert.ThrowsAsync<ForbiddenException>(() => store.SignOffAsync(Portal.Tester, run.Summary.DatasetId!.Value, "customer", "email", "a test system without people", Cancellation));
        foreach (var column in undecided)
            await store.SignOffAsync(Portal.Lead, run.Summary.DatasetId!.Value, column.Entity, column.Field, "a test system without people", Cancellation);
        var passed = await masking.RunAsync(run.Summary.PolicyId!.Value, "crm_undecided", publish: false);
        Assert.NotNull(passed.Summary.VersionId);
        var first = await Portal.ScalarAsync<Guid>($"select id from portal.personal_sign_off where dataset_id = '{run.Summary.DatasetId}' and entity = 'customer' and field = 'email'");
        await store.WithdrawAsync(Portal.Lead, first, Cancellation);

        var refused = await Assert.ThrowsAsync<PortalException>(() => Portal.Publisher.PublishAsync(Portal.Lead, passed.Summary.VersionId!.Value, null, Cancellation));
        Assert.Equal("masking.open_columns", refused.Code);
        Assert.Contains("customer.email", refused.Message, StringComparison.Ordinal);
        await store.SignOffAsync(Portal.Lead, run.Summary.DatasetId!.Value, "customer", "email", "a test system without people", Cancellation);
        await Portal.Publisher.PublishAsync(Portal.Lead, passed.Summary.VersionId!.Value, null, Cancellation);
    }

    [Fact]
    [Trait("Requirement", "D3")]
    public async Task Trial_OfADraft_ProvesASampleAndStoresNoRow()
    {
        var policy = await masking.Policies.CreateAsync(Portal.Lead, MaskingPortal.Policy("tried"), masking.Source, Cancellation);

        var id = await masking.Runs.TryAsync(Portal.Lead, policy, MaskingPortal.Policy("tried"), masking.Source, Cancellation);
        await Portal.Get<JobRunner>().RunPendingAsync(Cancellation);

        var run = await masking.Runs.GetAsync(Portal.Lead, id, Cancellation);
        Assert.True(run.Summary.State == "proved", $"{run.Summary.State}: {run.Error} {run.Summary.Verdict} {await ErrorAsync(run)}");
        Assert.Equal((null, "trial"), (run.Summary.VersionId, run.Summary.Kind));
        Assert.True(run.Summary.Rows > 1000);
    }

    [Fact]
    [Trait("Requirement", "D9")]
    public async Task Sample_ShowsShapes_AndOriginalsOnlyToALeadWithAReasonOnRecord()
    {
        var policy = MaskingPortal.Policy("shown");

        var hidden = await masking.Desk.SampleAsync(Portal.Tester, masking.Source, policy, "customer", 20, [], null, Cancellation);
        var email = hidden.Fields.ToList().IndexOf("email");
        Assert.All(hidden.Before.Concat(hidden.After), row => Assert.DoesNotContain(CustomerDatabase.Planted, name => string.Join(' ', row).Contains(name, StringComparison.OrdinalIgnoreCase)));
        Assert.All(hidden.Before.Zip(hidden.After), pair => Assert.NotEqual(pair.First[email], pair.Second[email]));
        await Assert.ThrowsAsync<ForbiddenException>(() => masking.Desk.SampleAsync(Portal.Tester, masking.Source, policy, "customer", 20, ["email"], "ticket 4711", Cancellation));
        Assert.Equal("masking.bad_reason", (await Assert.ThrowsAsync<PortalException>(() => masking.Desk.SampleAsync(Portal.Lead, masking.Source, policy, "customer", 20, ["email"], "", Cancellation))).Code);

        var shown = await masking.Desk.SampleAsync(Portal.Lead, masking.Source, policy, "customer", 20, ["email"], "ticket 4711", Cancellation);

        Assert.All(shown.Before, row => Assert.Contains("zqx", row[email], StringComparison.Ordinal));
        Assert.Equal("email", await Portal.ScalarAsync<string>($"select details->>'field' from portal.audit_record where action = '{AuditAction.OriginalsShown.Code}' and details->>'reason' = 'ticket 4711'"));
        Assert.Equal(0, await Portal.ScalarAsync<long>("select count(*) from portal.audit_record record where record::text ~* '" + CustomerDatabase.Pattern + "'"));
    }

    [Fact]
    [Trait("Requirement", "D9")]
    public async Task PoliciesAndRuns_OfAnotherTeam_AreNotFound_AndTestersWriteNone()
    {
        var policy = await masking.Policies.CreateAsync(Portal.Lead, MaskingPortal.Policy("ours"), masking.Source, Cancellation);
        var run = await masking.RunAsync(policy, "crm_ours");

        await Assert.ThrowsAsync<NotFoundException>(() => masking.Policies.GetAsync(Portal.Stranger, policy, null, Cancellation));
        await Assert.ThrowsAsync<NotFoundException>(() => masking.Runs.GetAsync(Portal.Stranger, run.Summary.Id, Cancellation));
        await Assert.ThrowsAsync<NotFoundException>(() => masking.Runs.StartAsync(Portal.Stranger, new MaskRequest(policy, null, masking.Source, "theirs", "", false), Cancellation));
        Assert.Empty(await masking.Policies.ListAsync(Portal.Stranger, null, Cancellation));
        await Assert.ThrowsAsync<ForbiddenException>(() => masking.Policies.SaveAsync(Portal.Tester, policy, 1, MaskingPortal.Policy("ours"), masking.Source, null, Cancellation));
        await Assert.ThrowsAsync<ForbiddenException>(() => Portal.Get<MaskingKeys>().RotateAsync(Portal.Lead, "because", Cancellation));
    }

    [Fact]
    [Trait("Requirement", "D9")]
    public async Task Tokens_AreTurnedBackByAnAdministratorOnly_OnRecord()
    {
        var run = await masking.MaskAsync(MaskingPortal.Policy("tokens") with { Rules = [new() { Columns = ["ticket.subject"], Masker = "token", Reason = "to find the ticket again" }] }, "crm_tokens");
        await using var team = new NpgsqlConnection(await Portal.LoginAsync(Portal.Lead));
        await team.OpenAsync(Cancellation);
        var token = (await TextsAsync(team, "select subject from checkout_crm_tokens.ticket where id = 4"))[0];
        var reveal = Portal.Get<TokenReveal>();
        var admin = Portal.Lead with { IsAdmin = true };

        Assert.Equal("Order of 2024-01-01", await reveal.RevealAsync(admin, run.Summary.Id, "ticket", "subject", token, "asked by support", Cancellation));
        await Assert.ThrowsAsync<ForbiddenException>(() => reveal.RevealAsync(Portal.Lead, run.Summary.Id, "ticket", "subject", token, "asked by support", Cancellation));
        Assert.Equal("masking.no_token", (await Assert.ThrowsAsync<PortalException>(() => reveal.RevealAsync(admin, run.Summary.Id, "ticket", "subject", token[..^2], "asked by support", Cancellation))).Code);
        Assert.Equal("masking.no_token", (await Assert.ThrowsAsync<PortalException>(() => reveal.RevealAsync(admin, run.Summary.Id, "customer", "email", token, "asked by support", Cancellation))).Code);
        Assert.Equal(3, await Portal.ScalarAsync<long>($"select count(*) from portal.audit_record where action = '{AuditAction.TokenRevealed.Code}' and details->>'reason' = 'asked by support'"));
    }

    [Fact]
    [Trait("Requirement", "N8")]
    public async Task Forecast_CountsWhatARunTakes_AndSaysAboutWhereThereIsNoTime()
    {
        var forecast = Portal.Get<RunForecast>();
        var subset = new SubsetRequest([new("customer") { Where = "id % 50 = 0" }]) { Whole = ["newsletter"] };

        var all = await forecast.CountAsync(Portal.Tester, masking.Source, null, TimeSpan.FromMinutes(1), Cancellation);
        Assert.Equal(new TableForecast("customer", 600, true, 600, true), all.Single(table => table.Entity == "customer"));
        Assert.Equal(10, all.Count);

        var part = await forecast.CountAsync(Portal.Tester, masking.Source, subset, TimeSpan.FromMinutes(1), Cancellation);
        Assert.Equal(new TableForecast("customer", 600, true, 12, true), part.Single(table => table.Entity == "customer"));
        Assert.Equal(await masking.Customers.CountAsync("select count(*) from crm.address where customer_id % 50 = 0"), part.Single(table => table.Entity == "address").Taken);

        // Without time the server's statistics say it, and what only comes along stays open.
        var guessed = await forecast.CountAsync(Portal.Tester, masking.Source, subset, TimeSpan.Zero, Cancellation);
        Assert.Equal(new TableForecast("customer", 600, false, 12, false), guessed.Single(table => table.Entity == "customer"));
        Assert.Equal(new TableForecast("newsletter", 200, false, 200, false), guessed.Single(table => table.Entity == "newsletter"));
        Assert.Equal((800, null), (guessed.Single(table => table.Entity == "address").Rows, guessed.Single(table => table.Entity == "address").Taken));
    }

    [Fact]
    [Trait("Requirement", "D3")]
    public async Task Policies_AreVersioned_AndOfTwoWhoSaveAtOnceOneIsTold()
    {
        var policy = MaskingPortal.Policy("versions");
        var id = await masking.Policies.CreateAsync(Portal.Lead, policy, masking.Source, Cancellation);

        Assert.Equal(2, await masking.Policies.SaveAsync(Portal.Lead, id, 1, policy with { Title = "Second" }, masking.Source, "a title", Cancellation));
        Assert.Equal("masking.policy_stale", (await Assert.ThrowsAsync<ConflictException>(() => masking.Policies.SaveAsync(Portal.Lead, id, 1, policy, masking.Source, null, Cancellation))).Code);
        Assert.Equal((null, "Second"), ((await masking.Policies.GetAsync(Portal.Lead, id, 1, Cancellation)).Policy.Title, (await masking.Policies.GetAsync(Portal.Lead, id, null, Cancellation)).Policy.Title));
        Assert.Equal(new[] { 2, 1 }, (await masking.Policies.VersionsAsync(Portal.Lead, id, Cancellation)).Select(version => version.Version));
        Assert.Equal("masking.name_taken", (await Assert.ThrowsAsync<ConflictException>(() => masking.Policies.CreateAsync(Portal.Lead, policy, null, Cancellation))).Code);
    }

    private static async Task<long> CountAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return (long)(await command.ExecuteScalarAsync(Cancellation))!;
    }

    private static async Task<List<string>> TextsAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync(Cancellation);
        var found = new List<string>();
        while (await reader.ReadAsync(Cancellation))
            found.Add(reader.GetString(0));
        return found;
    }

    private async Task<string> ErrorAsync(MaskingRunRecord run)
    {
        var job = await Portal.Jobs.GetAsync(Portal.Tester, run.Summary.JobId, Cancellation);
        return $"{job.State} {job.Step} {job.Error?.Code} {job.Error?.Message}";
    }
}
