using System.Text;
using System.Text.Json;
using Npgsql;
using TdmPortal.Core.Formats;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Schemas;
using TdmPortal.Tests.Testing;
using Xunit;

namespace TdmPortal.Tests.Generation;

/// <summary>What must hold for any schema, over many drawn at random; PostgreSQL is the judge of keys, checks, types and sums.</summary>
public sealed class RandomSchemaTests(DatabaseServer server)
{
    private const int Schemas = 60;

    [Fact]
    [Trait("Requirement", "N1")]
    public void Write_AnySchema_GivesTheSameBytesByThreadsAndRanges()
    {
        for (var seed = 1; seed <= Schemas; seed++)
        {
            var plan = Plan(seed).Plan;
            foreach (var entity in plan.Entities)
            {
                var whole = Plans.Text(plan, entity.Name, RowFormat.Ndjson);
                var text = new StringBuilder();
                for (long first = 0, step = 1; first < entity.Rows; first += step, step = (step * 2) + 3)
                    text.Append(Plans.Text(plan, entity.Name, RowFormat.Ndjson, first, Math.Min(step, entity.Rows - first), threads: 2));
                Assert.True(whole == text.ToString(), $"schema {seed}, {entity.Name}");
                Assert.Equal(whole, Plans.Text(Plan(seed).Plan, entity.Name, RowFormat.Ndjson));
            }
        }
    }

    [Fact]
    [Trait("Requirement", "N5")]
    [Trait("Requirement", "N10")]
    public async Task All_AnySchema_LoadsWithEveryKeyCheckAndSum()
    {
        await using var connection = new NpgsqlConnection(await server.CreateEmptyDatabaseAsync());
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        for (var seed = 1; seed <= Schemas; seed++)
        {
            var (plan, schema) = Plan(seed);
            using var script = new MemoryStream();
            SqlScript.Write(plan, SqlPart.All, RowFormat.SqlInsert, script, 1, null, TestContext.Current.CancellationToken);
            try
            {
                await using var load = new NpgsqlCommand(Encoding.UTF8.GetString(script.ToArray()), connection);
                await load.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
            }
            catch (PostgresException refused)
            {
                Assert.Fail($"schema {seed}: {refused.MessageText} {refused.Detail}\n{schema.Json}");
            }

            foreach (var query in schema.Disagreements)
            {
                await using var disagreeing = new NpgsqlCommand(query, connection);
                Assert.Equal((query, 0L), (query, await disagreeing.ExecuteScalarAsync(TestContext.Current.CancellationToken)));
            }
        }
    }

    [Fact]
    public void Write_AnySchema_IsJsonWithItsShareOfNulls()
    {
        for (var seed = 1; seed <= Schemas; seed++)
        {
            var plan = Plan(seed).Plan;
            foreach (var entity in plan.Entities.Where(entity => entity.Rows > 0))
            {
                using var rows = JsonDocument.Parse(Plans.Bytes(plan, entity.Name, RowFormat.Json));
                foreach (var field in entity.Definition.Fields.Where(field => field is { Generator: not null and not "expression" and not "date.after", Name: not "high" }))
                {
                    var nulls = rows.RootElement.EnumerateArray().Count(row => row.GetProperty(field.Name).ValueKind == JsonValueKind.Null);
                    var share = (double)(field.NullPercent ?? 0) / 100;

                    // Five standard deviations of a binomial distribution.
                    var tolerance = 5 * Math.Sqrt(entity.Rows * share * (1 - share));
                    Assert.True(Math.Abs(nulls - (entity.Rows * share)) <= tolerance, $"schema {seed}, {entity.Name}.{field.Name}: {nulls} nulls of {entity.Rows}, {share:P0} were asked");
                }
            }
        }
    }

    private static (GenerationPlan Plan, RandomSchema Schema) Plan(int seed)
    {
        var schema = new RandomSchema(seed);
        var read = SchemaReader.ReadAndValidate(Encoding.UTF8.GetBytes(schema.Json));
        Assert.True(read.Document is not null && read.Problems.All(problem => problem.Severity == ProblemSeverity.Warning), $"schema {seed}: {string.Join('\n', read.Problems)}\n{schema.Json}");
        var (plan, problems) = GenerationPlan.Compile(read.Document, new());
        Assert.True(plan is not null, $"schema {seed}: {string.Join('\n', problems)}\n{schema.Json}");
        return (plan, schema);
    }
}
