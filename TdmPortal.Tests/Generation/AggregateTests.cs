using Npgsql;
using TdmPortal.Core.Formats;
using TdmPortal.Tests.Testing;
using Xunit;

namespace TdmPortal.Tests.Generation;

/// <summary>count, sum, min, max and avg over children, for each way in which children have parents, against what PostgreSQL computes from the loaded rows.</summary>
public sealed class AggregateTests(DatabaseServer server)
{
    private const string Parent = """
        { "name": "id", "type": "integer", "generator": "sequence", "args": { "start": 7, "step": 3 } },
        { "name": "children", "type": "integer", "generator": "expression", "args": { "value": "count(child_parent)" } },
        { "name": "amounts", "type": "decimal", "precision": 30, "scale": 4, "generator": "expression", "args": { "value": "sum(child_parent, amount * quantity)" } },
        { "name": "quantities", "type": "decimal", "precision": 20, "scale": 0, "generator": "expression", "args": { "value": "sum(child_parent, quantity)" } },
        { "name": "least", "type": "decimal", "precision": 20, "scale": 2, "generator": "expression", "args": { "value": "min(child_parent, amount)" } },
        { "name": "most", "type": "integer", "generator": "expression", "args": { "value": "max(child_parent, quantity)" } },
        { "name": "middle", "type": "decimal", "precision": 20, "scale": 6, "generator": "expression", "args": { "value": "avg(child_parent, amount)" } },
        { "name": "lightest", "type": "double", "generator": "expression", "args": { "value": "min(child_parent, weight)" } },
        { "name": "first", "type": "date", "generator": "expression", "args": { "value": "min(child_parent, day)" } },
        { "name": "last", "type": "timestamp", "generator": "expression", "args": { "value": "max(child_parent, at)" } }
        """;

    private const string Child = """
        { "name": "amount", "type": "decimal", "precision": 12, "scale": 2, "generator": "number.normal", "args": { "mean": 0, "stdDev": 400 }, "nullPercent": 10 },
        { "name": "quantity", "type": "integer", "generator": "number.integer", "args": { "min": -4, "max": 9 } },
        { "name": "weight", "type": "double", "generator": "number.exponential", "args": { "mean": 3 } },
        { "name": "day", "type": "date", "generator": "date.between", "args": { "from": "1890-01-01", "to": "2030-01-01" }, "nullPercent": 30 },
        { "name": "at", "type": "timestamp", "generator": "date.past" }
        """;

    [Theory]
    [InlineData("uniform", 800, """{ "kind": "uniform" }""")]
    [InlineData("zipf", 800, """{ "kind": "zipf", "exponent": 1.1 }""")]
    [InlineData("zipf that is flat", 800, """{ "kind": "zipf", "exponent": 0.3 }""")]
    [InlineData("perParent", null, """{ "kind": "perParent", "min": 0, "max": 5 }""")]
    [InlineData("perParent of one number", null, """{ "kind": "perParent", "min": 2, "max": 2 }""")]
    [InlineData("optional", 800, """{ "kind": "uniform" }""", 35)]
    [InlineData("optional zipf", 800, """{ "kind": "zipf" }""", 60)]
    [InlineData("fewer children than parents", 20, """{ "kind": "uniform" }""")]
    [InlineData("no children", 0, """{ "kind": "uniform" }""")]
    [InlineData("one to one", 90, """{ "kind": "uniform" }""", 0, "parent_id")]
    [InlineData("junction", 600, """{ "kind": "uniform" }""", 0, "parent_id, other_id")]
    [Trait("Requirement", "D1")]
    public async Task Aggregates_InTheFile_AreWhatPostgresComputesFromTheChildren(string what, int? rows, string distribution, int nullPercent = 0, string key = "")
    {
        var isJunction = key.Contains("other_id", StringComparison.Ordinal);
        await AssertAgreesAsync($$"""
            { "name": "d", "entities": [
              { "name": "parent", "rows": 100, "fields": [ {{Parent}} ], "primaryKey": ["id"] },
              { "name": "other", "rows": 30, "fields": [ { "name": "id", "type": "integer", "generator": "sequence" } ], "primaryKey": ["id"] },
              { "name": "child", {{(rows is null ? "" : $"\"rows\": {rows}, ")}}"fields": [ { "name": "parent_id", "type": "integer" }, {{(isJunction ? """{ "name": "other_id", "type": "integer" },""" : "")}} {{Child}} ], "primaryKey": [{{(key.Length == 0 ? "" : string.Join(", ", key.Split(", ").Select(name => $"\"{name}\"")))}}] } ],
              "relationships": [
                { "name": "child_parent", "from": { "entity": "child", "fields": ["parent_id"] }, "to": { "entity": "parent", "fields": ["id"] }, "distribution": {{distribution}}, "nullPercent": {{nullPercent}} }
                {{(isJunction ? """, { "name": "child_other", "from": { "entity": "child", "fields": ["other_id"] }, "to": { "entity": "other", "fields": ["id"] } }""" : "")}} ] }
            """, what);
    }

    [Theory]
    [InlineData("""{ "kind": "uniform" }""")]
    [InlineData("""{ "kind": "zipf", "exponent": 1.1 }""")]
    [Trait("Requirement", "D1")]
    public Task Aggregates_OverAForest_AreWhatPostgresComputesFromTheRowsBelow(string distribution) => AssertAgreesAsync($$"""
        { "name": "d", "entities": [ { "name": "parent", "rows": 500, "fields": [ {{Parent}}, { "name": "above", "type": "integer" }, {{Child}} ], "primaryKey": ["id"] } ],
          "relationships": [ { "name": "child_parent", "from": { "entity": "parent", "fields": ["above"] }, "to": { "entity": "parent", "fields": ["id"] }, "distribution": {{distribution}}, "rootPercent": 8 } ] }
        """, "forest");

    [Fact]
    [Trait("Requirement", "D1")]
    public Task Aggregates_OverKeysOfSeveralFieldsThatOverlap_AreWhatPostgresComputes() => AssertAgreesAsync($$"""
        { "name": "d", "entities": [
          { "name": "tenant", "rows": 12, "fields": [ { "name": "id", "type": "integer", "generator": "sequence" } ], "primaryKey": ["id"] },
          { "name": "parent", "fields": [ {{Parent}}, { "name": "tenant_id", "type": "integer" }, { "name": "no", "type": "integer", "generator": "sequence", "args": { "within": "parent_tenant" } } ], "primaryKey": ["tenant_id", "no"] },
          { "name": "child", "rows": 700, "fields": [ { "name": "tenant_id", "type": "integer" }, { "name": "parent_no", "type": "integer" }, {{Child}} ] } ],
          "relationships": [
            { "name": "parent_tenant", "from": { "entity": "parent", "fields": ["tenant_id"] }, "to": { "entity": "tenant", "fields": ["id"] }, "distribution": { "kind": "perParent", "min": 1, "max": 6 } },
            { "name": "child_tenant", "from": { "entity": "child", "fields": ["tenant_id"] }, "to": { "entity": "tenant", "fields": ["id"] } },
            { "name": "child_parent", "from": { "entity": "child", "fields": ["tenant_id", "parent_no"] }, "to": { "entity": "parent", "fields": ["tenant_id", "no"] } } ] }
        """, "overlapping keys");

    private async Task AssertAgreesAsync(string json, string what)
    {
        var plan = Plans.Compile(Plans.Read(json));
        await using var connection = new NpgsqlConnection(await server.CreateEmptyDatabaseAsync());
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        using var script = new MemoryStream();
        SqlScript.Write(plan, SqlPart.All, RowFormat.SqlInsert, script, 1, null, TestContext.Current.CancellationToken);
        await RunAsync(connection, System.Text.Encoding.UTF8.GetString(script.ToArray()));
        var queries = AggregateQueries.Disagreements(plan.Document).ToList();
        Assert.Equal(9, queries.Count);
        foreach (var query in queries)
            Assert.Equal((what, query, 0L), (what, query, await RunAsync(connection, query)));
    }

    private static async Task<object?> RunAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }
}
