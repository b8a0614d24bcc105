using Npgsql;
using TdmPortal.Core.Errors;
using TdmPortal.Core.PersonalData;
using TdmPortal.Core.Teams;
using TdmPortal.Data.Audit;
using TdmPortal.Data.Datasets;
using TdmPortal.Data.PersonalData;
using TdmPortal.Data.Schemas;
using TdmPortal.Tests.Datasets;
using Xunit;

namespace TdmPortal.Tests.PersonalData;

[Trait("Requirement", "D9")]
public sealed class PersonalDataStoreTests(DatasetPortal portal) : IClassFixture<DatasetPortal>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private SchemaStore Schemas => portal.Get<SchemaStore>();

    private PersonalClassifier Classifier => portal.Get<PersonalClassifier>();

    private PersonalDataStore Store => portal.Get<PersonalDataStore>();

    [Fact]
    public async Task Report_AGeneratedVersion_IsSyntheticAndOnlyItsTeamsMembersSeeIt()
    {
        var dataset = await portal.ShopAsync("personal", customers: 10, orders: 10);
        var column = Assert.Single(await Store.OfDatasetAsync(portal.Tester, dataset.Id, Cancellation));
        Assert.Equal(("customer", "born", "birth_date", PersonalProtection.Synthetic), (column.Entity, column.Field, column.Kind, column.Protection));
        Assert.Equal(dataset.Current!.Number, column.VersionNumber);

        // Looked at again it is the same row, known since the same time.
        Assert.Equal(column.Since, Assert.Single(await Store.OfDatasetAsync(portal.Tester, dataset.Id, Cancellation)).Since);

        var mine = new PersonalDataQuery(Search: "personal");
        Assert.Contains((await Store.ListAsync(portal.Tester, mine, null, 10, Cancellation)).Items, one => one.Id == column.Id);
        Assert.Contains(await Store.CountAsync(portal.Tester, mine, Cancellation), count => count.DatasetId == dataset.Id && count is { Kind: "birth_date", Protection: PersonalProtection.Synthetic, Columns: 1 });
        Assert.Empty((await Store.ListAsync(portal.Tester, mine with { Kinds = ["email"] }, null, 10, Cancellation)).Items);
        foreach (var all in (bool[])[false, true])
            Assert.DoesNotContain((await Store.ListAsync(portal.Stranger, mine with { AllTeams = all }, null, 10, Cancellation)).Items, one => one.DatasetId == dataset.Id);
        await Assert.ThrowsAsync<NotFoundException>(() => Store.OfDatasetAsync(portal.Stranger, dataset.Id, Cancellation));
        var admin = portal.Stranger with { IsAdmin = true };
        Assert.Contains((await Store.ListAsync(admin, mine with { AllTeams = true }, null, 10, Cancellation)).Items, one => one.Id == column.Id);
    }

    [Fact]
    public async Task SignOff_AnOpenColumn_IsForLeadsAndCanBeWithdrawn()
    {
        var dataset = await portal.ShopAsync("masked", customers: 10, orders: 10);
        await MaskedAsync(dataset, """
            [ { "entity": "customer", "field": "code", "masker": "fpe", "args": {}, "by": "kind", "reason": "a rule", "personal": "national_id", "confidence": 1 },
              { "entity": "order", "field": "note", "masker": null, "args": {}, "by": "undecided", "reason": "1 % of the texts hold e-mail address", "personal": "free_text", "confidence": 0.7 },
              { "entity": "order", "field": "status", "masker": "keep", "args": {}, "by": "column", "reason": "agreed", "personal": "health", "confidence": 0.8 },
              { "entity": "order", "field": "total", "masker": null, "args": {}, "by": "nothing", "reason": "", "confidence": 0 } ]
            """);
        Assert.Equal(["code Masked fpe", "note Open ", "status Kept keep"], (await ColumnsAsync()).Select(column => $"{column.Field} {column.Protection} {column.Masker}"));

        await Assert.ThrowsAsync<ForbiddenException>(() => Store.SignOffAsync(portal.Tester, dataset.Id, "order", "note", "no", Cancellation));
        Assert.Equal("personal.bad_sign_off", (await Assert.ThrowsAsync<PortalException>(() => Store.SignOffAsync(portal.Lead, dataset.Id, "order", "note", " ", Cancellation))).Code);
        await Store.SignOffAsync(portal.Lead, dataset.Id, "order", "note", " Only article numbers ", Cancellation);
        var signed = (await ColumnsAsync()).Single(column => column.Field == "note");
        Assert.Equal((PersonalProtection.SignedOff, "Only article numbers", portal.Lead.UserName), (signed.Protection, signed.SignOff!.Reason, signed.SignOff.SignedBy));
        Assert.Equal(1, await portal.ScalarAsync<long>("select count(*) from portal.audit_record where action = 'personal.signed_off'"));
        Assert.Contains((await Store.ListAsync(portal.Lead, new(Protection: PersonalProtection.SignedOff), null, 10, Cancellation)).Items, column => column.Id == signed.Id);
        Assert.DoesNotContain((await Store.ListAsync(portal.Lead, new(Protection: PersonalProtection.Open), null, 10, Cancellation)).Items, column => column.Id == signed.Id);
        Assert.Contains(await Store.CountAsync(portal.Lead, new(), Cancellation), count => count.DatasetId == dataset.Id && count.Protection == PersonalProtection.SignedOff);

        await Assert.ThrowsAsync<ForbiddenException>(() => Store.WithdrawAsync(portal.Tester, signed.SignOff.Id, Cancellation));
        await Store.WithdrawAsync(portal.Lead, signed.SignOff.Id, Cancellation);
        Assert.Equal(PersonalProtection.Open, (await ColumnsAsync()).Single(column => column.Field == "note").Protection);

        async Task<IReadOnlyList<PersonalColumn>> ColumnsAsync() => await Store.OfDatasetAsync(portal.Lead, dataset.Id, Cancellation);
    }

    [Fact]
    public async Task Classify_ManyAtOnce_StandsInTheSchemaAndTheReport_AndIsTakenBack()
    {
        var dataset = await portal.ShopAsync("said", customers: 10, orders: 10);
        await MaskedAsync(dataset, """
            [ { "entity": "customer", "field": "born", "masker": "date_shift", "args": {}, "by": "kind", "reason": "a rule", "personal": "birth_date", "confidence": 0.9 },
              { "entity": "customer", "field": "code", "masker": "fpe", "args": {}, "by": "kind", "reason": "a rule", "personal": "national_id", "confidence": 0.6 },
              { "entity": "order", "field": "note", "masker": null, "args": {}, "by": "undecided", "reason": "1 % of the texts hold e-mail address", "personal": "free_text", "confidence": 0.7 },
              { "entity": "order", "field": "gone", "masker": "hash", "args": {}, "by": "kind", "reason": "a rule", "personal": "email", "confidence": 0.7 } ]
            """);
        var columns = (await Store.OfDatasetAsync(portal.Lead, dataset.Id, Cancellation)).ToDictionary(column => column.Field, StringComparer.Ordinal);
        PersonalClass[] wanted = [new(columns["born"].Id, "birth_date"), new(columns["code"].Id, PersonalKinds.None), new(columns["note"].Id, PersonalKinds.None), new(columns["gone"].Id, "email")];
        var schema = await portal.ScalarAsync<Guid>($"select schema_id from portal.dataset where id = '{dataset.Id}'");
        var version = (await Schemas.GetAsync(portal.Lead, schema, null, Cancellation)).Version;

        await Assert.ThrowsAsync<ForbiddenException>(() => Classifier.ClassifyAsync(portal.Tester, wanted, Cancellation));
        await Assert.ThrowsAsync<NotFoundException>(() => Classifier.ClassifyAsync(portal.Stranger with { Role = TeamRole.Lead }, wanted, Cancellation));
        Assert.Equal("personal.bad_class", (await Assert.ThrowsAsync<PortalException>(() => Classifier.ClassifyAsync(portal.Lead, [new(columns["born"].Id, "shoe_size")], Cancellation))).Code);
        var said = await Classifier.ClassifyAsync(portal.Lead, wanted, Cancellation);

        Assert.Equal((3, 0, "order.gone"), (said.Former.Count, said.Proposed, Assert.Single(said.Skipped)));
        var after = await Schemas.GetAsync(portal.Lead, schema, null, Cancellation);
        Assert.Equal((version + 1, "birth_date", "none", "none"), (after.Version, Personal(after, "customer", "born"), Personal(after, "customer", "code"), Personal(after, "order", "note")));
        // A tester keeps what a lead said of a column, and says no such thing of another one.
        Assert.Equal(version + 2, (await Schemas.SaveAsync(portal.Tester, schema, version + 1, after.Document with { Title = "Said" }, null, Cancellation)).Version);
        var nobodys = after.Document with { Entities = [.. after.Document.Entities.Select(entity => entity with { Fields = [.. entity.Fields.Select(field => field with { Personal = PersonalKinds.None })] })] };
        Assert.Contains("customer.", (await Assert.ThrowsAsync<ForbiddenException>(() => Schemas.SaveAsync(portal.Tester, schema, version + 2, nobodys, null, Cancellation))).Message, StringComparison.Ordinal);
        // What is not personal is left out, but for what holds originals now.
        var mine = new PersonalDataQuery(Search: "said");
        Assert.Equal(["born birth_date", "gone ", "note none"], (await Store.ListAsync(portal.Lead, mine, null, 10, Cancellation)).Items.Where(column => column.DatasetId == dataset.Id).Select(column => $"{column.Field} {column.Said}").Order(StringComparer.Ordinal));
        Assert.Equal(["code", "note"], (await Store.ListAsync(portal.Lead, mine with { NotPersonal = true }, null, 10, Cancellation)).Items.Select(column => column.Field).Order(StringComparer.Ordinal));
        Assert.Equal(1, await portal.ScalarAsync<long>($"select count(*) from portal.audit_record where action = '{AuditAction.PersonalClassified.Code}' and after::text like '%customer.code%'"));

        await Classifier.ClassifyAsync(portal.Lead, said.Former, Cancellation);

        after = await Schemas.GetAsync(portal.Lead, schema, null, Cancellation);
        Assert.Equal((version + 3, null, null, null), (after.Version, Personal(after, "customer", "born"), Personal(after, "customer", "code"), Personal(after, "order", "note")));
        Assert.Equal(4, (await Store.ListAsync(portal.Lead, mine, null, 10, Cancellation)).Items.Count(column => column.DatasetId == dataset.Id && column.Said is null));

        static string? Personal(SchemaRecord schema, string entity, string field) => schema.Document.Entities.Single(one => one.Name == entity).Fields.Single(one => one.Name == field).Personal;
    }

    private async Task MaskedAsync(DatasetDetail dataset, string decisions)
    {
        await using var connection = await portal.AdministratorAsync();
        await using var command = new NpgsqlCommand("""
            insert into portal.masking_run (id, team_id, policy_name, policy_version, policy, kind, state, dataset_id, version_id, job_id, key_number, decisions, open_columns, started_by, started_at)
            select gen_random_uuid(), team_id, 'p', 1, '{}', 'run', 'proved', id, current_version_id, gen_random_uuid(), 1, $2::jsonb, '{order.note}', 'somebody', now() from portal.dataset where id = $1
            """, connection) { Parameters = { new() { Value = dataset.Id }, new() { Value = decisions } } };
        Assert.Equal(1, await command.ExecuteNonQueryAsync(Cancellation));
    }
}
