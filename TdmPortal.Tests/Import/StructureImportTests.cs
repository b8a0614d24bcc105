using Npgsql;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Import;
using TdmPortal.Core.Schemas;
using TdmPortal.Postgres;
using TdmPortal.Tests.Testing;
using Xunit;

namespace TdmPortal.Tests.Import;

/// <summary>From a structure to a document whose rows the server takes.</summary>
[Trait("Requirement", "D7")]
public sealed class StructureImportTests(DatabaseServer server)
{
    [Fact]
    public async Task Make_EveryConstruct_FillsTheTablesItWasReadFrom()
    {
        await using var database = NpgsqlDataSource.Create(await server.CreateEmptyDatabaseAsync());
        await using (var connection = await database.OpenConnectionAsync(TestContext.Current.CancellationToken))
        {
            await using var create = new NpgsqlCommand(EveryConstruct.Extensions + EveryConstruct.Ddl, connection);
            await create.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
            await connection.ReloadTypesAsync(TestContext.Current.CancellationToken);
        }

        await using var reading = await database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        var structure = await StructureReader.ReadAsync(reading, null, null, TestContext.Current.CancellationToken);
        var imported = StructureImport.Make(structure, new("Every construct"));

        Assert.Equal(["event_2026_note"], imported.NotUnderstood.Select(one => one.Name));
        Assert.Empty(imported.Problems);
        var plan = GenerationPlan.Compile(imported.Document, new()).Plan;
        Assert.NotNull(plan);
        var loaded = await TableLoader.LoadAsync(database, plan, new(), null, TestContext.Current.CancellationToken);
        Assert.Equal(imported.Document.Entities.Count, loaded.Tables.Count);
        Assert.True(loaded.Rows > 300);
    }

    [Fact]
    public void Make_NamesAndTypes_FindTheirWayBack()
    {
        var document = Made(new DatabaseTable("Sales", "Order Details",
        [
            new("OrderID", "bigint") { BaseType = "int8", Identity = new(true, 100, 10, null) },
            new("E-Mail", "public.citext") { BaseType = "citext", TypeSchema = "public" },
            new("full", "text") { BaseType = "text", Generated = "(\"E-Mail\" || 'x')" },
        ]) { Keys = [new("pk", ["OrderID"]) { IsPrimary = true }], Comment = "Lines" }).Document;

        var entity = Assert.Single(document.Entities);
        Assert.Equal(("order_details", new TableName("Sales", "Order Details"), "Lines"), (entity.Name, entity.Table, entity.Description));
        Assert.Equal([("order_id", "OrderID", null), ("e_mail", "E-Mail", "public.citext")], entity.Fields.Select(field => (field.Name, field.Column, field.SqlType)));
        Assert.Equal(("sequence", 100, 10), (entity.Fields[0].Generator, entity.Fields[0].Args["start"]!.Value.GetInt32(), entity.Fields[0].Args["step"]!.Value.GetInt32()));
        Assert.Equal("internet.email", entity.Fields[1].Generator);
    }

    [Fact]
    public void Make_ChoiceOfTwoRelationships_FillsOneOfThem()
    {
        DatabaseColumn Key(string name, bool notNull = true) => new(name, "integer") { BaseType = "int4", NotNull = notNull };
        var parent = new DatabaseTable("public", "a", [Key("id")]) { Keys = [new("pk", ["id"]) { IsPrimary = true }] };
        var child = new DatabaseTable("public", "b", [Key("id"), Key("one", false), Key("other", false)])
        {
            Keys = [new("pk", ["id"]) { IsPrimary = true }],
            ForeignKeys = [new("b_one", ["one"], "public", "a", ["id"]), new("b_other", ["other"], "public", "a", ["id"])],
            Checks = [new("either", "(num_nonnulls(one, other) = 1)", ["one", "other"])],
        };

        var imported = Made(parent, child);

        Assert.Empty(imported.NotUnderstood);
        Assert.Equal([null, 100.0], imported.Document.Relationships.Select(one => one.NullPercent).Order());
    }

    private static ImportedSchema Made(params DatabaseTable[] tables)
    {
        var imported = StructureImport.Make(new(tables, []), new("made"));
        Assert.NotNull(GenerationPlan.Compile(imported.Document, new()).Plan);
        return imported;
    }
}
