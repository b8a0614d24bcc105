using System.Text;
using TdmPortal.Core.Errors;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Quality;
using TdmPortal.Core.Quality.Rules;
using TdmPortal.Core.Quality.Sources;
using TdmPortal.Core.Schemas;
using TdmPortal.Core.Subsets;
using TdmPortal.Tests.Generation;
using Xunit;

namespace TdmPortal.Tests.Subsets;

[Trait("Requirement", "D3")]
public sealed class SubsetTests
{
    [Fact]
    public void Take_AnySchema_EveryForeignKeyResolvesAndTheChosenAreThere() => RandomSchemas.Check(30, document =>
    {
        var source = new PlanSource(RandomSchemas.Plan(document));
        foreach (var children in (bool[])[true, false])
        {
            var chosen = document.Entities[document.Entities.Count / 2];
            var subset = Subset.Take(source, document, new([new(chosen.Name) { Percent = 20 }]) { Children = children });
            var again = Subset.Take(source, document, new([new(chosen.Name) { Percent = 20 }]) { Children = children });
            Assert.Equal(subset.Entities.Select(entity => entity.Rows), again.Entities.Select(entity => entity.Rows));
            foreach (var relationship in document.Relationships)
            {
                var parents = Keys(subset, relationship.To).OfType<UInt128>().ToHashSet();
                var all = Keys(source, relationship.To).OfType<UInt128>().ToHashSet();

                // What refers to nothing in the source itself cannot be there either.
                Assert.All(Keys(subset, relationship.From).OfType<UInt128>(), key => Assert.True(parents.Contains(key) || !all.Contains(key), $"{relationship.Name}: a parent is missing"));
            }

            if (!children)
                continue;
            foreach (var relationship in document.Relationships.Where(relationship => relationship.To.Entity == chosen.Name))
            {
                // Children of what was chosen are all there.
                var picked = Subset.Take(source, document with { Relationships = [] }, new([new(chosen.Name) { Percent = 20 }]));
                var parents = Keys(picked, relationship.To).OfType<UInt128>().ToHashSet();
                Assert.True(parents.IsSubsetOf(Keys(subset, relationship.To).OfType<UInt128>().ToHashSet()), "a chosen row is missing");
                var wanted = Keys(source, relationship.From).Count(key => key is { } value && parents.Contains(value));
                Assert.Equal(wanted, Keys(subset, relationship.From).Count(key => key is { } value && parents.Contains(value)));
            }
        }
    });

    [Fact]
    public void Take_AllOfEveryEntity_IsTheWhole() => RandomSchemas.Check(30, document =>
    {
        var source = new PlanSource(RandomSchemas.Plan(document));
        var subset = Subset.Take(source, document, new([.. document.Entities.Select(entity => new SubsetChoice(entity.Name))]));
        foreach (var entity in source.Entities)
        {
            int[] columns = [.. Enumerable.Range(0, entity.Columns.Count)];
            Assert.Equal(entity.Rows, subset.Entities.First(one => one.Name == entity.Name).Rows);
            Assert.Equal(Hashes(source, entity.Name, columns), Hashes(subset, entity.Name, columns));
        }
    });

    [Fact]
    public void Take_ByCondition_BringsChildrenAndParentsAndNoOthers()
    {
        var (document, source) = Shop();
        var subset = Subset.Take(source, document, new([new("customer") { Where = "customer_id <= 3" }]));
        Assert.Equal(3, Rows(subset, "customer"));
        var orders = Keys(source, new("order", ["customer_id"])).Count(key => Keys(subset, new("customer", ["customer_id"])).Contains(key));
        Assert.Equal(orders, Rows(subset, "order"));
        Assert.InRange(Rows(subset, "order"), 1, 399);

        // A product came as a parent of a line: it brings no other lines.
        Assert.All(Keys(subset, new("line", ["order_id"])), key => Assert.Contains(key, Keys(subset, new("order", ["order_id"]))));
        Assert.Equal(0, Rows(subset, "colour"));
        Assert.Equal(5, Rows(Subset.Take(source, document, new([new("customer") { Where = "customer_id <= 3" }]) { Whole = ["colour"] }), "colour"));
    }

    [Fact]
    public void Take_WithoutChildren_BringsParentsOnly()
    {
        var (document, source) = Shop();
        var subset = Subset.Take(source, document, new([new("order") { Percent = 10 }]) { Children = false });
        Assert.InRange(Rows(subset, "order"), 10, 90);
        Assert.Equal(0, Rows(subset, "line"));
        Assert.InRange(Rows(subset, "customer"), 1, 50);
    }

    [Fact]
    public void Take_ADeepSelfReference_FollowsToTheRootAndToTheLeaves()
    {
        // Each row refers to the one before it: a chain of 20,000.
        var document = Read("""
            { "name": "d", "entities": [ { "name": "node", "rows": 20000, "primaryKey": ["id"], "fields": [ { "name": "id", "type": "integer" }, { "name": "above", "type": "integer" } ] } ],
              "relationships": [ { "name": "r", "from": { "entity": "node", "fields": ["above"] }, "to": { "entity": "node", "fields": ["id"] } } ] }
            """);
        foreach (var backwards in (bool[])[false, true])
        {
            var source = new ChainSource(20_000, backwards);
            Assert.Equal(20_000, Rows(Subset.Take(source, document, new([new("node") { Where = "id = 10000" }])), "node"));
            Assert.Equal(10_000, Rows(Subset.Take(source, document, new([new("node") { Where = "id = 10000" }]) { Children = false }), "node"));
            Assert.True(source.Passes < 20);
        }
    }

    [Theory]
    [InlineData("nobody", null, "no entity \"nobody\"")]
    [InlineData("customer", "customer_id <", "wrong at character")]
    [InlineData("order", "parent(order_customer).customer_id = 1", "names a relationship")]
    public void Take_WhatDoesNotFit_IsRefused(string entity, string? where, string message)
    {
        var (document, source) = Shop();
        var refused = Assert.Throws<PortalException>(() => Subset.Take(source, document, new([new(entity) { Where = where }])));
        Assert.Equal("subset.invalid", refused.Code);
        Assert.Contains(message, refused.Message, StringComparison.Ordinal);
        Assert.NotEmpty(refused.SuggestedActions);
    }

    private static (SchemaDocument, RowSource) Shop()
    {
        const string Id = "\"type\": \"integer\", \"generator\": \"sequence\"";
        var document = Read($$"""
            { "name": "d", "entities": [
              { "name": "customer", "rows": 100, "primaryKey": ["customer_id"], "fields": [ { "name": "customer_id", {{Id}} } ] },
              { "name": "colour", "rows": 5, "primaryKey": ["colour_id"], "fields": [ { "name": "colour_id", {{Id}} } ] },
              { "name": "product", "rows": 50, "primaryKey": ["product_id"], "fields": [ { "name": "product_id", {{Id}} } ] },
              { "name": "order", "rows": 400, "primaryKey": ["order_id"], "fields": [ { "name": "order_id", {{Id}} }, { "name": "customer_id", "type": "integer" } ] },
              { "name": "line", "rows": 900, "primaryKey": ["line_id"], "fields": [ { "name": "line_id", {{Id}} }, { "name": "order_id", "type": "integer" }, { "name": "product_id", "type": "integer" } ] } ],
              "relationships": [
              { "name": "order_customer", "from": { "entity": "order", "fields": ["customer_id"] }, "to": { "entity": "customer", "fields": ["customer_id"] } },
              { "name": "line_order", "from": { "entity": "line", "fields": ["order_id"] }, "to": { "entity": "order", "fields": ["order_id"] } },
              { "name": "line_product", "from": { "entity": "line", "fields": ["product_id"] }, "to": { "entity": "product", "fields": ["product_id"] } } ] }
            """);
        return (document, new PlanSource(RandomSchemas.Plan(document)));
    }

    private static SchemaDocument Read(string json) => SchemaReader.Read(Encoding.UTF8.GetBytes(json)).Document!;

    private static long Rows(RowSource source, string entity) => source.Entities.First(one => one.Name == entity).Rows!.Value;

    private static List<UInt128?> Keys(RowSource source, RelationshipEnd end)
    {
        var entity = source.Entities.First(one => one.Name == end.Entity);
        return Hashes(source, end.Entity, [.. end.Fields.Select(field => entity.Columns.ToList().FindIndex(column => column.Name == field))]);
    }

    private static List<UInt128?> Hashes(RowSource source, string name, int[] columns)
    {
        var found = new List<UInt128?>();
        var entity = source.Entities.First(one => one.Name == name);
        using var reader = source.Open(entity, columns, 0, null, CancellationToken.None);
        while (reader.Read(100) is > 0 and var count)
        {
            var (hashes, isNull) = (new UInt128[count], new bool[count]);
            KeyHash.Fill([.. reader.Batch.Select(column => column is ArrayColumn array ? array.Elements : column).Where(column => column.Count == count)], hashes, isNull);
            for (var row = 0; row < count; row++)
                found.Add(isNull[row] ? null : hashes[row]);
        }

        return found;
    }

    private sealed class ChainSource(int rows, bool backwards) : RowSource
    {
        public int Passes { get; private set; }

        public override IReadOnlyList<SourceEntity> Entities { get; } = [new("node", [new("id", FieldType.Integer, false) { SqlType = "bigint" }, new("above", FieldType.Integer, true) { SqlType = "bigint" }], rows)];

        public override RowReader Open(SourceEntity entity, IReadOnlyList<int> columns, long firstRow, long? most, CancellationToken cancellation)
        {
            Passes++;
            return new Reader(columns, rows, backwards);
        }

        private sealed class Reader(IReadOnlyList<int> columns, int rows, bool backwards) : RowReader
        {
            private readonly LongColumn[] batch = [.. columns.Select(_ => new LongColumn())];
            private int next;

            public override IReadOnlyList<Column> Batch => batch;

            public override int Read(int most)
            {
                var count = Math.Min(most, rows - next);
                for (var place = 0; place < columns.Count; place++)
                {
                    batch[place].Reset(count);
                    for (var i = 0; i < count; i++)
                    {
                        var id = backwards ? rows - next - i : next + i + 1;
                        batch[place].Values[i] = columns[place] == 0 ? id : id - 1;
                        if (columns[place] == 1 && id == 1)
                            batch[place].SetNull(i);
                    }
                }

                next += count;
                return count;
            }

            public override void Dispose() => Array.ForEach(batch, column => column.Dispose());
        }
    }
}
