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
