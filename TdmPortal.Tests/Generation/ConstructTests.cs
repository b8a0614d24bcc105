using System.Globalization;
using System.Text;
using Npgsql;
using TdmPortal.Core.Formats;
using TdmPortal.Core.Generation;
using TdmPortal.Tests.Testing;
using Xunit;

namespace TdmPortal.Tests.Generation;

/// <summary>Every combination of keys and relationships in memory: all references meet a row, all keys hold, both directions agree.</summary>
[Trait("Requirement", "N10")]
public sealed class ConstructTests(DatabaseServer server)
{
    public static TheoryData<string> Names => [.. Constructs.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Rows_OfConstruct_KeepEveryKeyAndReference(string construct)
    {
        var plan = Plan(construct);
        foreach (var entity in plan.Entities)
        {
            var keys = entity.Definition.Unique.Prepend(entity.Definition.PrimaryKey).Where(key => key.Count > 0);
            foreach (var key in keys)
            {
                var values = Tuples(plan, entity.Name, key).Where(value => value is not null).ToList();
                Assert.Equal(values.Count, values.Distinct().Count());
                Assert.True(key != entity.Definition.PrimaryKey || values.Count == entity.Rows, $"a null in the primary key of {entity.Name}");
            }
        }

        foreach (var relationship in plan.Document.Relationships)
        {
            var parents = Tuples(plan, relationship.To.Entity, relationship.To.Fields).ToHashSet();
            var children = Tuples(plan, relationship.From.Entity, relationship.From.Fields);
            Assert.All(children, value => Assert.True(value is null || parents.Contains(value), $"{relationship.Name}: {value}"));
            var nulls = children.Count(value => value is null);
            var share = relationship.From.Entity == relationship.To.Entity ? 100 : relationship.NullPercent ?? 0;
            Assert.True(share > 0 || nulls == 0, $"{relationship.Name}: {nulls} nulls");
            if (share is > 0 and < 100 && children.Count > 100)
                Assert.InRange(nulls / (double)children.Count, (share / 100) - 0.06, (share / 100) + 0.06);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Children_OfConstruct_AreExactlyThoseThatPointToTheirParent(string construct)
    {
        var plan = Plan(construct);
        foreach (var relationship in plan.Document.Relationships)
        {
            var rowOf = new Dictionary<string, int>(StringComparer.Ordinal);
            foreach (var (value, row) in Tuples(plan, relationship.To.Entity, relationship.To.Fields).Select((value, row) => (value!, row)))
                rowOf.Add(value, row);
            var children = Tuples(plan, relationship.From.Entity, relationship.From.Fields);
            var families = children.Select((value, row) => (value, row)).Where(pair => pair.value is not null).ToLookup(pair => rowOf[pair.value!], pair => (long)pair.row);
            for (var parent = 0; parent < plan.Entity(relationship.To.Entity).Rows; parent++)
                Assert.Equal(families[parent], plan.PreviewChildren(relationship.Name, parent, children.Count + 1).RowNumbers.Order());
            if (relationship.From.Entity == relationship.To.Entity)
                Assert.All(families, family => Assert.All(family, child => Assert.True(child > family.Key)));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    [Trait("Requirement", "N1")]
    public void Counts_OfConstruct_AreThoseOfTheChildren(string construct)
    {
        var plan = Plan(construct);
        foreach (var entity in plan.Entities)
        {
            foreach (var field in entity.Definition.Fields.Where(field => field.Generator == "expression"))
            {
                var relationship = plan.Document.Relationships.Single(one => field.Args["value"]!.Value.GetString() == $"count({one.Name})");
                var counts = Plans.Column(plan, entity.Name, field.Name).Select(text => int.Parse(text!, CultureInfo.InvariantCulture)).ToList();
                var children = Tuples(plan, relationship.From.Entity, relationship.From.Fields).Where(value => value is not null).ToLookup(value => value);
                Assert.Equal(Tuples(plan, entity.Name, relationship.To.Fields).Select(value => children[value].Count()), counts);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    [Trait("Requirement", "N1")]
    public void Write_Construct_GivesTheSameBytesByThreadsAndRanges(string construct)
    {
        var plan = Plan(construct);
        foreach (var entity in plan.Entities)
        {
            var whole = Plans.Text(plan, entity.Name, RowFormat.Ndjson);
            var half = entity.Rows / 2;
            Assert.Equal(whole, Plans.Text(plan, entity.Name, RowFormat.Ndjson, 0, half) + Plans.Text(plan, entity.Name, RowFormat.Ndjson, half, entity.Rows - half, threads: 3));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    [Trait("Requirement", "N9")]
    public void Keys_OfConstructWithMoreRows_StayForTheRowsThatWereThere(string construct)
    {
        var before = Plan(construct);
        foreach (var entity in before.Entities.Where(entity => entity.Definition.Rows is not null))
        {
            var options = new GenerationOptions { Rows = new Dictionary<string, long>(StringComparer.Ordinal) { [entity.Name] = entity.Rows + (entity.Rows / 3) + 70 } };
            if (GenerationPlan.Compile(before.Document, options).Plan is not { } after)
                continue;
            foreach (var field in entity.Definition.Fields.Where(field => field.Generator is null))
            {
                // Where nulls are counted, the last block of 64 rows is dealt anew; a main row comes from rows that point to this entity.
                var rows = construct.Contains("more rows than", StringComparison.Ordinal) || construct.StartsWith("a main row", StringComparison.Ordinal) ? 0 : (int)entity.Rows;
                Assert.Equal(Plans.Column(before, entity.Name, field.Name, rows), Plans.Column(after, entity.Name, field.Name, rows));
            }
        }
    }

    [Fact]
    public void Tree_WithSoManyEach_GivesThemToTheFirstRowsUntilRowsRunOut()
    {
        var plan = Plan("a tree with so many each");
        var counts = Plans.Column(plan, "part", "below").Select(text => int.Parse(text!, CultureInfo.InvariantCulture)).ToList();

        // Some 2.5 each: the children of about two fifths of the rows are all the rows that there are.
        var last = counts.FindLastIndex(count => count > 0);
        Assert.InRange(last, 100, 140);
        Assert.All(counts.Take(last), count => Assert.InRange(count, 1, 4));
        Assert.Equal([1, 2, 3, 4], counts.Take(last).Distinct().Order());
        Assert.InRange(Plans.Column(plan, "part", "parent_id").Count(text => text is null), 2, 20);
    }

    [Fact]
    [Trait("Requirement", "N1")]
    public void Preview_EndOfABillionRows_AgreesAtOnce()
    {
        var plan = Plans.Compile(Plans.Read(CompactSchema.Json("""
            tenant 20: id=seq | id
            customer 300000000: tenant_id id=seq orders=count(order_customer) | tenant_id,id
            customer_tenant: customer(tenant_id) > tenant(id)
            product 100000000: tenant_id id=seq above_id sold=count(line_product) | tenant_id,id
            product_tenant: product(tenant_id) > tenant(id)
            product_above: product(tenant_id,above_id) > product(tenant_id,id) root 5
            order 1000000000: tenant_id id=seq customer_id | tenant_id,id
            order_tenant: order(tenant_id) > tenant(id)
            order_customer: order(tenant_id,customer_id) > customer(tenant_id,id) zipf 0.5
            line: tenant_id order_id no=seq(line_order) product_id | tenant_id,order_id,no
            line_tenant: line(tenant_id) > tenant(id)
            line_order: line(tenant_id,order_id) > order(tenant_id,id) perParent 1 3
            line_product: line(tenant_id,product_id) > product(tenant_id,id)
            tag 1000000: id=seq used=count(tagged_tag) | id
            tagged 1000000000: product_id product_tenant_id tag_id | product_tenant_id,product_id,tag_id
            tagged_product: tagged(product_tenant_id,product_id) > product(tenant_id,id) zipf 0.4
            tagged_tag: tagged(tag_id) > tag(id) zipf 0.3
            place 30000: id=seq | id
            day 20000: id=seq | id
            seen 1000000000: tag_id place_id day_id | tag_id,place_id,day_id
            seen_tag: seen(tag_id) > tag(id)
            seen_place: seen(place_id) > place(id)
            seen_day: seen(day_id) > day(id)
            """)));
        foreach (var (entity, relationship, of) in new[] { ("line", "line_product", "product_id"), ("order", "order_customer", "customer_id"), ("product", "product_above", "above_id"), ("tagged", "tagged_tag", "tag_id"), ("seen", "seen_tag", "tag_id"), ("seen", "seen_place", "place_id"), ("seen", "seen_day", "day_id") })
        {
            var link = plan.Document.Relationships.Single(one => one.Name == relationship);
            var parents = plan.Entity(link.To.Entity);
            var rows = plan.Preview(plan.Entity(entity), plan.Entity(entity).Rows - 5, 5);
            var at = rows.Columns.ToList().FindIndex(column => column.Name == of);
            foreach (var cells in rows.Cells.Where(cells => cells[at] is not null))
            {
                // The parents count their children backwards, and agree in the tenant.
                var parent = plan.Preview(parents, long.Parse(cells[at]!, CultureInfo.InvariantCulture) - 1, 1);
                foreach (var (from, to) in link.From.Fields.Zip(link.To.Fields))
                    Assert.Equal(cells[rows.Columns.ToList().FindIndex(column => column.Name == from)], parent.Cells[0][parent.Columns.ToList().FindIndex(column => column.Name == to)]);
            }
        }

        // Backwards as well: who saw the last day's last row is among the day's rows.
        var last = plan.Preview(plan.Entity("seen"), 999_999_999, 1).Cells[0];
        foreach (var (relationship, at) in new[] { ("seen_tag", 0), ("seen_place", 1), ("seen_day", 2) })
        {
            var children = plan.PreviewChildren(relationship, long.Parse(last[at]!, CultureInfo.InvariantCulture) - 1, 60_000);
            Assert.Contains(999_999_999L, children.RowNumbers);
            Assert.All(children.Cells, cells => Assert.Equal(last[at], cells[at]));
        }
    }

    [Fact]
    public void Parents_OfATripleJunction_AreEquallyLikelyAlsoInPairs()
    {
        var plan = Plans.Compile(Plans.Read(CompactSchema.Json("""
            a 500: id=seq | id
            b 300: id=seq | id
            c 40: id=seq | id
            all 120000: a_id b_id c_id | a_id,b_id,c_id
            of_a: all(a_id) > a(id)
            of_b: all(b_id) > b(id)
            of_c: all(c_id) > c(id)
            """)));
        var rows = plan.Entity("all").Rows;
        List<int> Of(string field) => [.. Plans.Column(plan, "all", field, (int)rows).Select(text => int.Parse(text!, CultureInfo.InvariantCulture) - 1)];
        var (a, b, c) = (Of("a_id"), Of("b_id"), Of("c_id"));

        // Groups of a hundred of a or b by c: no cell of the table is far from what chance gives (six times its deviation).
        foreach (var (side, groups) in new[] { (a, 5), (b, 3) })
        {
            var table = new int[groups, 40];
            for (var i = 0; i < rows; i++)
                table[side[i] / 100, c[i]]++;
            var expected = rows / (groups * 40.0);
            Assert.All(table.Cast<int>(), count => Assert.InRange(count, expected - (6 * Math.Sqrt(expected)), expected + (6 * Math.Sqrt(expected))));
        }

        Assert.All(a.CountBy(one => one), pair => Assert.InRange(pair.Value, 150, 330));
        Assert.All(c.CountBy(one => one), pair => Assert.InRange(pair.Value, 2600, 3400));
    }

    [Fact]
    public void TripleJunction_WithTooManyRows_IsRefusedWithWhatItCanGive()
    {
        var text = CompactSchema.Json(Constructs.All["a triple junction, two zipf"]).Replace("\"rows\": 400", "\"rows\": 1801", StringComparison.Ordinal);

        var problem = Assert.Single(GenerationPlan.Compile(Plans.Read(text), new GenerationOptions()).Problems, problem => problem.Code == "generation.unique_exhausted");

        Assert.Contains("of_a and of_b can give 1,800 distinct combinations, 1,801 were asked", problem.Message, StringComparison.Ordinal);
        Assert.Equal("Make of_a uniform: then it counts as well", problem.SuggestedActions[0]);
    }

    [Fact]
    [Trait("Requirement", "N5")]
    public async Task Data_OfEveryConstruct_LoadsWithItsConstraintsOn()
    {
        await using var connection = new NpgsqlConnection(await server.CreateEmptyDatabaseAsync());
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        foreach (var construct in Constructs.All.Keys)
        {
            var plan = Plan(construct);
            await using var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
            foreach (var part in new[] { SqlPart.Schema, SqlPart.Data })
            {
                using var script = new MemoryStream();
                SqlScript.Write(plan, part, RowFormat.SqlInsert, script, 1, null, TestContext.Current.CancellationToken);
                await using var load = new NpgsqlCommand(Encoding.UTF8.GetString(script.ToArray()), connection, transaction);
                var refused = await Record.ExceptionAsync(() => load.ExecuteNonQueryAsync(TestContext.Current.CancellationToken));
                Assert.True(refused is null, $"{construct}, {part}: {refused?.Message} {(refused as PostgresException)?.Detail}");
            }

            foreach (var entity in plan.Entities)
            {
                foreach (var field in entity.Definition.Fields.Where(field => field.Generator == "expression"))
                {
                    var link = plan.Document.Relationships.Single(one => field.Args["value"]!.Value.GetString() == $"count({one.Name})");
                    var join = string.Join(" AND ", link.From.Fields.Zip(link.To.Fields, (from, to) => $"c.\"{from}\" = p.\"{to}\""));
                    await using var differing = new NpgsqlCommand($"SELECT count(*) FROM \"{entity.Name}\" p WHERE p.\"{field.Name}\" <> (SELECT count(*) FROM \"{link.From.Entity}\" c WHERE {join})", connection, transaction);
                    Assert.Equal((construct, field.Name, 0L), (construct, field.Name, await differing.ExecuteScalarAsync(TestContext.Current.CancellationToken)));
                }
            }
        }
    }

    private static GenerationPlan Plan(string construct) => Plans.Compile(Plans.Read(CompactSchema.Json(Constructs.All[construct])));

    /// <summary>The values of some fields in each row as one text, null where one of them is null.</summary>
    private static List<string?> Tuples(GenerationPlan plan, string entity, IReadOnlyList<string> fields)
    {
        var columns = fields.Select(field => Plans.Column(plan, entity, field)).ToList();
        return [.. Enumerable.Range(0, columns[0].Count).Select(row => columns.Exists(column => column[row] is null) ? null : string.Join(',', columns.Select(column => column[row])))];
    }
}
