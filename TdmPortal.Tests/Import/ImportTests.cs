using System.Text;
using TdmPortal.Core.Errors;
using TdmPortal.Core.Jobs;
using TdmPortal.Core.Learning;
using TdmPortal.Data.Audit;
using TdmPortal.Data.Import;
using TdmPortal.Data.Jobs;
using TdmPortal.Data.Schemas;
using TdmPortal.Tests.Datasets;
using TdmPortal.Tests.Notifications;
using TdmPortal.Tests.Testing;
using Xunit;

namespace TdmPortal.Tests.Import;

/// <summary>From a database or a file to a schema: what is proposed, kept and told, and that nothing of the rows is.</summary>
public sealed class ImportTests(DatasetPortal portal, DatabaseServer server) : IClassFixture<DatasetPortal>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private ImportStore Imports => portal.Get<ImportStore>();

    [Fact]
    [Trait("Requirement", "D7")]
    public async Task Database_IsProposedCorrectedSavedAndOpened_AndNoneOfItsValuesIsKept()
    {
        var (other, source) = await SourceAsync("flow");
        var id = await Imports.StartAsync(portal.Tester, "shop_copy", ImportOrigin.Database, source, new ImportChoices { Tables = [new("public", "customer"), new("public", "order")] }, Cancellation);
        var import = await RunAsync(id);

        Assert.Equal(["customer", "order"], import.Document!.Entities.Select(entity => entity.Name).Order());
        Assert.Equal("email", import.Document.Entities.Single(entity => entity.Name == "customer").Fields.Single(field => field.Name == "email").Personal);
        var email = import.Proposal!.Fields.Single(field => field is { Entity: "customer", Field: "email" });
        Assert.True(email.Finding is { Confidence: > 0.5 });
        Assert.All(import.Proposal.Fields, field => Assert.NotEqual("", field.Reason));
        Assert.True(import.Proposal.Rows > 0);

        await Imports.CorrectAsync(portal.Tester, id, import.Document, [.. import.Proposal.Fields.Select(field => field with { Accepted = true })], Cancellation);
        Assert.All((await Imports.GetAsync(portal.OtherTester, id, Cancellation)).Proposal!.Fields, field => Assert.False(field.NeedsAttention));
        var schema = await Imports.SaveAsync(portal.Tester, id, "shop_copy", Cancellation);
        Assert.Equal("email", (await portal.Get<SchemaStore>().GetAsync(portal.Tester, schema, null, Cancellation)).Document.Entities.Single(entity => entity.Name == "customer").Fields.Single(field => field.Name == "email").Personal);
        Assert.Equal("import.saved", (await Assert.ThrowsAsync<ConflictException>(() => Imports.SaveAsync(portal.Tester, id, "again", Cancellation))).Code);

        // The source knows its schema and opens with it; a column that came since is seen, and what was said of others stays said.
        await other.ExecuteAsync("alter table customer add phone text; grant select on customer to public; revoke all on closed from public");
        await using (var opened = await portal.Get<SourceStore>().OpenAsync(portal.Tester, source, Cancellation))
        {
            Assert.Equal((source, schema), (opened.SourceId, opened.SchemaId));
            var customer = opened.Document.Entities.Single(entity => entity.Name == "customer");
            Assert.Contains(customer.Fields, field => field.Name == "phone");
            Assert.Equal("email", customer.Fields.Single(field => field.Name == "email").Personal);
            var rows = opened.Rows.Entities.Single(entity => entity.Name == "customer");
            using var reader = opened.Rows.Open(rows, [0], 0, null, Cancellation);
            Assert.Equal(50, reader.Read(1000));
        }

        Assert.Contains((await portal.Get<SourceStore>().ListAsync(portal.Tester, "flow", null, 10, Cancellation)).Items, one => one.SchemaName == "shop_copy");
        await NothingIsKeptAsync();
    }

    [Fact]
    [Trait("Requirement", "D7")]
    public async Task Look_AgainAfterAChange_SaysWhatChanged()
    {
        var (other, source) = await SourceAsync("drift");
        var first = await portal.Get<SourceStore>().LookAsync(portal.Tester, source, Cancellation);
        Assert.Null(first.Changes);
        Assert.All(first.Structure.Tables.SelectMany(table => table.Columns), column => Assert.Null(column.Statistics));
        await other.ExecuteAsync("alter table customer add note text; alter table customer alter tier type varchar(20); alter table \"order\" drop column placed_on; create table added (id int primary key); grant select on added to public");

        var second = await portal.Get<SourceStore>().LookAsync(portal.Tester, source, Cancellation);

        Assert.Equal(["public.added", "public.customer.note is new (text)", "public.customer.tier was character varying(10), is character varying(20)", "public.order.placed_on is gone"],
            second.Changes!.Select(change => change.Column is null ? change.Table : $"{change.Table}.{change.Column} {change.What}").Order(StringComparer.Ordinal));
        Assert.Empty((await portal.Get<SourceStore>().LookAsync(portal.Tester, source, Cancellation)).Changes!);
    }

    [Fact]
    [Trait("Requirement", "D7")]
    public async Task Look_AtADatabaseThatDoesNotAnswer_IsSaidInTheListToo()
    {
        var (other, source) = await SourceAsync("away");
        await portal.Get<SourceStore>().ChangeAsync(portal.Lead, source, "away", other.Settings with { Database = "nowhere" }, null, Cancellation);

        var error = await Assert.ThrowsAsync<PortalException>(() => portal.Get<SourceStore>().LookAsync(portal.Tester, source, Cancellation));

        Assert.Equal("source.no_database", error.Code);
        Assert.Equal(error.Message, (await portal.Get<SourceStore>().ListAsync(portal.Tester, "away", null, 10, Cancellation)).Items.Single().Problem);
    }

    [Fact]
    [Trait("Requirement", "D7")]
    public async Task Files_AreLearnedFromSavedAndOpened_AsLongAsTheyAreThere()
    {
        var content = "id;e-mail;joined\n" + string.Concat(Enumerable.Range(1, 300).Select(n => $"{n};{(n == 7 ? SourceDatabase.Planted : $"p{n}@example.org")};2024-01-{1 + (n % 28):00}\n")) + "broken\n";
        var upload = await portal.Get<UploadVault>().AddAsync(portal.Tester, "people.csv", new MemoryStream(Encoding.UTF8.GetBytes(content)), null, null, Cancellation);
        var inspected = await portal.Get<FileDesk>().InspectAsync(portal.Tester, upload.Id, null, BadLinePolicy.GoOn, null, Cancellation);
        Assert.Equal((';', 1L), (inspected.Dialect.Delimiter, inspected.BadLines));

        var id = await Imports.StartAsync(portal.Tester, "people", ImportOrigin.Files, null, new ImportChoices { Files = [new(upload.Id, "people.csv", null, [])] }, Cancellation);
        var import = await RunAsync(id);
        Assert.Equal("email", import.Document!.Entities.Single().Fields.Single(field => field.Column == "e-mail").Personal);
        Assert.Contains(import.Proposal!.Notes, note => note.Contains("302", StringComparison.Ordinal));
        await Imports.SaveAsync(portal.Tester, id, "people", Cancellation);
        var source = (await Imports.GetAsync(portal.Tester, id, Cancellation)).SourceId!.Value;
        await using (var opened = await portal.Get<SourceStore>().OpenAsync(portal.Tester, source, Cancellation))
        {
            using var reader = opened.Rows.Open(opened.Rows.Entities.Single(), [0, 1, 2], 0, null, Cancellation);
            Assert.Equal(300, reader.Read(1000));
        }

        await NothingIsKeptAsync();
        portal.Get<UploadVault>().Remove(portal.Tester, upload.Id);
        Assert.Equal("upload.gone", (await Assert.ThrowsAsync<PortalException>(() => portal.Get<SourceStore>().OpenAsync(portal.Tester, source, Cancellation))).Code);
    }

    [Fact]
    [Trait("Requirement", "D7")]
    public async Task File_ThatCannotBeRead_FailsWithoutLeavingItsValues()
    {
        var upload = await portal.Get<UploadVault>().AddAsync(portal.Tester, "rows.csv", new MemoryStream(Encoding.UTF8.GetBytes($"id,mail\n1,a@example.org\n{SourceDatabase.Planted},,,,,\n")), null, null, Cancellation);
        var id = await Imports.StartAsync(portal.Tester, "rows", ImportOrigin.Files, null, new ImportChoices { Files = [new(upload.Id, "rows.csv", null, [])], BadLines = BadLinePolicy.Stop }, Cancellation);
        await portal.Get<JobRunner>().RunPendingAsync(Cancellation);
        var import = await Imports.GetAsync(portal.Tester, id, Cancellation);

        var job = await portal.Jobs.GetAsync(portal.Tester, import.JobId!.Value, Cancellation);
        Assert.Equal((JobState.Failed, "file.bad_line"), (job.State, job.Error!.Code));
        await NothingIsKeptAsync();
        await Imports.DiscardAsync(portal.Tester, id, Cancellation);
        Assert.Throws<PortalException>(() => portal.Get<UploadVault>().Get(portal.Tester, upload.Id));
    }

    [Fact]
    [Trait("Requirement", "D7")]
    public async Task Ddl_NeedsNoServer()
    {
        var upload = await portal.Get<UploadVault>().AddAsync(portal.Tester, "shop.sql", new MemoryStream(Encoding.UTF8.GetBytes("create table person (id int primary key, email varchar(80) not null); create table visit (id int primary key, person_id int not null references person);")), null, null, Cancellation);
        var id = await Imports.StartAsync(portal.Tester, "ddl_shop", ImportOrigin.Ddl, null, new ImportChoices { Files = [new(upload.Id, "shop.sql", null, [])] }, Cancellation);

        var import = await RunAsync(id);

        Assert.Single(import.Document!.Relationships);
        Assert.Equal("email", import.Document.Entities.Single(entity => entity.Name == "person").Fields.Single(field => field.Name == "email").Personal);
    }

    [Fact]
    [Trait("Requirement", "D7")]
    public async Task JsonSchema_NeedsNoServer_AndItsMistakesAreTheFailureOfTheJob()
    {
        async Task<Guid> StartAsync(string text)
        {
            var upload = await portal.Get<UploadVault>().AddAsync(portal.Tester, "person.schema.json", new MemoryStream(Encoding.UTF8.GetBytes(text)), null, null, Cancellation);
            return await Imports.StartAsync(portal.Tester, "json_person", ImportOrigin.JsonSchema, null, new ImportChoices { Files = [new(upload.Id, "person.schema.json", null, [])] }, Cancellation);
        }

        var import = await RunAsync(await StartAsync("""{ "type": "object", "required": ["mail"], "x-a": 1, "properties": { "mail": { "type": "string", "format": "email" }, "visits": { "type": "array", "items": { "type": "object", "properties": { "day": { "type": "string", "format": "date" } } } } } }"""));

        Assert.Equal(["json_person", "json_person_visits"], import.Document!.Entities.Select(entity => entity.Name));
        Assert.Equal("email", import.Document.Entities[0].Fields.Single(field => field.Name == "mail").Personal);
        Assert.Equal("/x-a", Assert.Single(import.Proposal!.NotUnderstood).Name);
        var wrong = await StartAsync("""{ "properties": { "mail": { "type": "text" } } }""");
        await portal.Get<JobRunner>().RunPendingAsync(Cancellation);
        var failed = await Imports.GetAsync(portal.Tester, wrong, Cancellation);
        Assert.Null(failed.Proposal);
        Assert.Contains("/properties/mail/type", (await portal.Get<JobStore>().GetAsync(portal.Tester, failed.JobId!.Value, Cancellation)).Error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Requirement", "D1")]
    public async Task Imports_OfAnotherTeam_AreNotThere()
    {
        var (_, source) = await SourceAsync("teams");
        var id = await Imports.StartAsync(portal.Tester, "ours", ImportOrigin.Database, source, new ImportChoices(), Cancellation);

        Assert.Contains(await Imports.ListAsync(portal.OtherTester, 100, Cancellation), import => import.Id == id);
        Assert.DoesNotContain(await Imports.ListAsync(portal.Stranger, 100, Cancellation), import => import.Id == id);
        await Assert.ThrowsAsync<NotFoundException>(() => Imports.GetAsync(portal.Stranger, id, Cancellation));
        await Assert.ThrowsAsync<NotFoundException>(() => Imports.SaveAsync(portal.Stranger, id, "theirs", Cancellation));
        await Assert.ThrowsAsync<NotFoundException>(() => Imports.DiscardAsync(portal.Stranger, id, Cancellation));
        await Assert.ThrowsAsync<NotFoundException>(() => Imports.StartAsync(portal.Stranger, "theirs", ImportOrigin.Database, source, new ImportChoices(), Cancellation));
        Assert.Equal(0, await portal.Database.ReadAsync(portal.Stranger, (context, _) => Task.FromResult(context.Set<StoredImport>().Count()), Cancellation));
        await Assert.ThrowsAsync<ForbiddenException>(() => Imports.DiscardAsync(portal.OtherTester, id, Cancellation));
        await Imports.DiscardAsync(portal.Lead, id, Cancellation);
        var codes = await portal.ScalarAsync<string[]>($"select array_agg(action order by number) from portal.audit_record where object_id = '{id}'");
        Assert.Equal([AuditAction.ImportStarted.Code, AuditAction.ImportDiscarded.Code], codes!);
    }

    private async Task<ImportRecord> RunAsync(Guid id)
    {
        await portal.Get<JobRunner>().RunPendingAsync(Cancellation);
        var import = await Imports.GetAsync(portal.Tester, id, Cancellation);
        var job = await portal.Jobs.GetAsync(portal.Tester, import.JobId!.Value, Cancellation);
        Assert.True(job.State == JobState.Completed, $"{job.State}: {job.Error?.Code} {job.Error?.Message}");
        return import;
    }

    /// <summary>A plain search for what was planted in the rows, in all the portal keeps.</summary>
    private async Task NothingIsKeptAsync()
    {
        var planted = Encoding.UTF8.GetBytes(SourceDatabase.Planted);
        Assert.DoesNotContain(Directory.EnumerateFiles(portal.Database.DataFolder, "*", SearchOption.AllDirectories), file => File.ReadAllBytes(file).AsSpan().IndexOf(planted) >= 0);
        foreach (var table in await portal.ScalarAsync<string[]>("select array_agg(format('%I.%I', schemaname, tablename)) from pg_tables where schemaname not in ('pg_catalog', 'information_schema')") ?? [])
            Assert.True(await portal.ScalarAsync<long>($"select count(*) from {table} r where r::text like '%{SourceDatabase.Planted}%'") == 0, table);
    }

    private async Task<(SourceDatabase Database, Guid Id)> SourceAsync(string name)
    {
        await NoticePeople.JoinAsync(portal);
        await portal.Get<SourceHosts>().AllowAsync(portal.Lead with { IsAdmin = true }, "127.0.0.1", Cancellation);
        var other = await SourceDatabase.CreateAsync(server);
        return (other, await portal.Get<SourceStore>().CreateAsync(portal.Lead, name, other.Settings, SourceDatabase.Password, Cancellation));
    }
}
