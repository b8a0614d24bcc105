using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using TdmPortal.Core.Errors;
using TdmPortal.Core.Schemas;
using TdmPortal.Core.Schemas.Overriding;
using TdmPortal.Data.Schemas;
using TdmPortal.Tests.Datasets;
using Xunit;

namespace TdmPortal.Tests.Schemas;

/// <summary>A team's overrides of a schema that another shares: what rows are made from, what stays when the schema moves on, and who sees them.</summary>
[Trait("Requirement", "D4")]
public sealed class SchemaOverrideTests(DatasetPortal portal) : IClassFixture<DatasetPortal>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;
    private OverrideStore Overrides => portal.Get<OverrideStore>();
    private SchemaStore Schemas => portal.Get<SchemaStore>();

    [Fact]
    public async Task Generate_FromASharedSchema_UsesTheTeamsOwnOverridesOnly()
    {
        var schema = await SharedAsync("shared_shop");
        await Overrides.SetAsync(portal.Stranger, schema, Tiers("ours"), Cancellation);
        await Overrides.SetAsync(portal.Stranger, schema, new("customer", null, "A few are enough") { Rows = 7 }, Cancellation);

        var theirs = await portal.GenerateAsync(portal.Stranger, DatasetPortal.Request("shared_shop", schema));
        var own = await portal.GenerateAsync(portal.Tester, DatasetPortal.Request("shared_shop", schema));

        Assert.Equal("7 platinum", await portal.ScalarAsync<string>("SELECT count(*) || ' ' || string_agg(DISTINCT tier, ',') FROM billing_shared_shop__v1.customer"));
        Assert.Equal(200L, await portal.ScalarAsync<long>("SELECT count(*) FROM checkout_shared_shop__v1.customer WHERE tier <> 'platinum'"));

        // The version's record holds what it was made from; the shared schema is as it was.
        Assert.Equal(7, theirs.Current!.Document.Entities.Single(entity => entity.Name == "customer").Rows);
        Assert.Equal(200, own.Current!.Document.Entities.Single(entity => entity.Name == "customer").Rows);
        Assert.Equal(200, (await Schemas.GetAsync(portal.Stranger, schema, null, Cancellation)).Document.Entities.Single(entity => entity.Name == "customer").Rows);
    }

    [Fact]
    public async Task NewVersion_OverridesStay_AndConflictsAreSettledByAChoice()
    {
        var schema = await SharedAsync("moving");
        await Overrides.SetAsync(portal.Stranger, schema, Tiers("stays"), Cancellation);
        await Overrides.SetAsync(portal.Stranger, schema, new("order", "note", "never empty") { NullPercent = 0 }, Cancellation);
        await Overrides.SetAsync(portal.Stranger, schema, new("order", "status", "for the archive") { Generator = "choice", Args = Values("old") }, Cancellation);
        await Overrides.SetAsync(portal.Stranger, schema, new("order", null, "small") { Rows = 10 }, Cancellation);
        await Overrides.SetAsync(portal.Stranger, schema, new("customer", "score", "all the same") { Generator = "number.integer", Args = Args("""{ "min": 1, "max": 1 }""") }, Cancellation);
        Assert.All(await StatesAsync(schema), state => Assert.Equal(OverrideState.Applies, state.Value));

        // Their next version: another default of the same field, other rows, a field gone, a field of another type.
        await SaveAsync(schema, document => Edit(document, "order", entity => entity with
        {
            Rows = 2000,
            Fields = [.. entity.Fields.Where(field => field.Name != "status").Select(field => field.Name == "note" ? field with { NullPercent = 50 } : field)],
        }));
        await SaveAsync(schema, document => Edit(document, "customer", entity => entity with
        {
            Fields = [.. entity.Fields.Select(field => field.Name == "score" ? field with { Type = FieldType.String, Generator = "lorem.word", Args = ArgumentValues.Empty } : field)],
        }));

        var states = await StatesAsync(schema);
        Assert.Equal((OverrideState.Applies, OverrideState.BaseChanged, OverrideState.Gone, OverrideState.BaseChanged, OverrideState.TypeChanged),
            (states["customer.tier"], states["order.note"], states["order.status"], states["order"], states["customer.score"]));
        var now = await Overrides.GetAsync(portal.Stranger, schema, null, Cancellation);
        Assert.Equal((10L, FieldType.String), (now.Document.Entities.Single(entity => entity.Name == "order").Rows, now.Document.Entities.Single(entity => entity.Name == "customer").Fields.Single(field => field.Name == "score").Type));
        Assert.Equal("The schema had 1,000 rows there and has 2,000 rows now.", now.Overrides.Single(one => one.Verdict.Override.Place == "order").Verdict.Text);

        // Ours, theirs, and what cannot be kept.
        await Overrides.KeepAsync(portal.Stranger, schema, Id(now, "order.note"), Cancellation);
        await Overrides.RemoveAsync(portal.Stranger, schema, Id(now, "order"), Cancellation);
        await Assert.ThrowsAsync<NotFoundException>(() => Overrides.KeepAsync(portal.Stranger, schema, Id(now, "order.status"), Cancellation));
        Assert.Equal("schema.override_unfit", (await Assert.ThrowsAsync<PortalException>(() => Overrides.SetAsync(portal.Stranger, schema, new("order", "total", "no") { Generator = "boolean" }, Cancellation))).Code);
        states = await StatesAsync(schema);
        Assert.Equal(OverrideState.Applies, states["order.note"]);
        Assert.False(states.ContainsKey("order"));
        Assert.Equal(2000, (await Overrides.GetAsync(portal.Stranger, schema, null, Cancellation)).Document.Entities.Single(entity => entity.Name == "order").Rows);
    }

    [Fact]
    [Trait("Requirement", "D9")]
    public async Task SharedSchema_IsReadOnlyForOthers_AndTheirOverridesAreTheirs()
    {
        var schema = await portal.SchemaAsync(portal.Tester, DatasetPortal.Shop, "apart");
        await Assert.ThrowsAsync<NotFoundException>(() => Overrides.GetAsync(portal.Stranger, schema, null, Cancellation));
        await Assert.ThrowsAsync<ForbiddenException>(() => Schemas.ShareAsync(portal.Tester, schema, true, Cancellation));
        await Schemas.ShareAsync(portal.Lead, schema, true, Cancellation);

        var seen = Assert.Single((await Schemas.ListAsync(portal.Stranger, "apart", SchemaShelf.Shared, null, 10, Cancellation)).Items);
        Assert.Equal("checkout", seen.SharedBy);
        var record = await Schemas.GetAsync(portal.Stranger, schema, null, Cancellation);
        Assert.False(record.IsOwn);
        await Assert.ThrowsAsync<ForbiddenException>(() => Schemas.SaveAsync(portal.Stranger, schema, 1, record.Document, null, Cancellation));
        await Assert.ThrowsAsync<ForbiddenException>(() => Schemas.DeleteAsync(portal.Stranger, schema, Cancellation));
        await Assert.ThrowsAsync<ForbiddenException>(() => Schemas.ShareAsync(portal.Stranger, schema, false, Cancellation));

        await Overrides.SetAsync(portal.Stranger, schema, Tiers("private"), Cancellation);
        Assert.Empty((await Overrides.GetAsync(portal.Lead, schema, null, Cancellation)).Overrides);

        // The database holds also where the program's own filter is missing.
        foreach (var (actor, sql) in new[] { (portal.Stranger, "update portal.schema set name = 'stolen' where id = '{0}'"), (portal.Stranger, "delete from portal.schema_version where schema_id = '{0}'"), (portal.Lead, "update portal.schema_override set reason = 'x' where schema_id = '{0}'") })
        {
            var changed = await Record.ExceptionAsync(async () => Assert.Equal(0, await portal.Database.ChangeAsync(actor, (context, token) =>
            {
                context.Audit.NothingOwed("A test.");
                return context.Database.ExecuteSqlRawAsync(string.Format(System.Globalization.CultureInfo.InvariantCulture, sql, schema), token);
            }, Cancellation)));
            Assert.True(changed is null or Npgsql.PostgresException { SqlState: Npgsql.PostgresErrorCodes.InsufficientPrivilege }, changed?.ToString());
        }

        Assert.Equal("apart", await portal.ScalarAsync<string>($"SELECT name FROM portal.schema WHERE id = '{schema}'"));
        Assert.Equal(0, await portal.Database.ReadAsync(portal.Lead, (context, token) => context.Database.SqlQuery<int>($"select count(*)::int as \"Value\" from portal.schema_override").SingleAsync(token), Cancellation));

        await Schemas.ShareAsync(portal.Lead, schema, false, Cancellation);
        await Assert.ThrowsAsync<NotFoundException>(() => Schemas.GetAsync(portal.Stranger, schema, null, Cancellation));
        Assert.Empty((await Schemas.ListAsync(portal.Stranger, "apart", SchemaShelf.Shared, null, 10, Cancellation)).Items);
    }

    [Theory]
    [InlineData("", "schema.override_reason")]
    [InlineData("nothing", "schema.override_empty")]
    public async Task Set_WithoutReasonOrContent_IsRefused(string reason, string code)
    {
        var schema = await portal.SchemaAsync(portal.Tester, DatasetPortal.Shop, $"bare_{reason.Length}");
        var wanted = new SchemaOverride("customer", "tier", reason) { Generator = reason.Length == 0 ? "uuid" : null };
        Assert.Equal(code, (await Assert.ThrowsAsync<PortalException>(() => Overrides.SetAsync(portal.Tester, schema, wanted, Cancellation))).Code);
    }

    private static SchemaOverride Tiers(string reason) => new("customer", "tier", reason) { Generator = "choice", Args = Values("platinum") };

    private static ArgumentValues Values(string value) => Args($$"""{ "values": ["{{value}}"] }""");

    private static ArgumentValues Args(string json)
    {
        using var document = JsonDocument.Parse(json);
        return new([.. document.RootElement.EnumerateObject().Select(property => KeyValuePair.Create(property.Name, property.Value.Clone()))]);
    }

    private static Guid Id(EffectiveSchema schema, string place) => schema.Overrides.Single(one => one.Verdict.Override.Place == place).Id;

    private static SchemaDocument Edit(SchemaDocument document, string entity, Func<EntityDefinition, EntityDefinition> edit) =>
        document with { Entities = [.. document.Entities.Select(one => one.Name == entity ? edit(one) : one)] };

    private async Task<Dictionary<string, OverrideState>> StatesAsync(Guid schema) =>
        (await Overrides.GetAsync(portal.Stranger, schema, null, Cancellation)).Overrides.ToDictionary(one => one.Verdict.Override.Place, one => one.Verdict.State);

    private async Task SaveAsync(Guid schema, Func<SchemaDocument, SchemaDocument> edit)
    {
        var record = await Schemas.GetAsync(portal.Tester, schema, null, Cancellation);
        await Schemas.SaveAsync(portal.Tester, schema, record.Version, edit(record.Document), null, Cancellation);
    }

    private async Task<Guid> SharedAsync(string name)
    {
        var schema = await portal.SchemaAsync(portal.Tester, DatasetPortal.Shop, name);
        await Schemas.ShareAsync(portal.Lead, schema, true, Cancellation);
        return schema;
    }
}
