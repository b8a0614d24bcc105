using System.Globalization;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Generators;
using TdmPortal.Core.Schemas;
using TdmPortal.Tests.Generation;
using Xunit;

namespace TdmPortal.Tests.Generators;

/// <summary>
/// What a generator says it can give it gives: where that can be counted to the end it is, and one more is refused before row 1
/// with the field and the number.
/// </summary>
[Trait("Requirement", "N10")]
public sealed class CapacityTests
{
    private const int Countable = 40_000;

    public static TheoryData<string> Names() => [.. GeneratorCatalogue.All.Select(definition => definition.Name).Except(["expression", "date.after"])];

    [Theory]
    [MemberData(nameof(Names))]
    public void Unique_UpToTheCapacity_GivesDistinctValuesThatFit(string name)
    {
        var definition = GeneratorCatalogue.Find(name)!;
        foreach (var type in definition.Types)
        {
            // Only texts have a length.
            foreach (var maxLength in type == FieldType.String ? new int?[] { null, 1, 2, 3, 5, 8, 12, 24, 40 } : [null])
            {
                var context = new SourceContext("entity", new FieldDefinition { Name = "value", Type = type, Generator = name, Args = definition.ExampleArguments, MaxLength = maxLength }, "en", new GenerationOptions());
                if (definition.Create(context) is not { Capacity: { } capacity } source || capacity == 0)
                    continue;
                var count = capacity <= Countable ? (int)capacity : 3000;

                var values = Running.Rows(source, context, count, unique: true);

                Assert.True(count == values.Distinct(StringComparer.Ordinal).Count(), $"{name}, {type}, length {maxLength}: says {capacity}, of {count} only {values.Distinct(StringComparer.Ordinal).Count()} differ");
                Assert.Empty(values.Where(value => value.EnumerateRunes().Count() > maxLength).Take(1).Select(value => $"{name}: {value} is longer than {maxLength}"));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Unique_AtTheEndOfALargeCapacity_GivesDistinctValues(string name)
    {
        var definition = GeneratorCatalogue.Find(name)!;
        var context = new SourceContext("entity", new FieldDefinition { Name = "value", Type = definition.Types[0], Generator = name, Args = definition.ExampleArguments }, "en", new GenerationOptions());
        if (definition.Create(context) is not { Capacity: { } capacity } source || capacity <= Countable)
            return;
        var rows = (long)UInt128.Min(capacity, (UInt128)SchemaValidator.MaxRows);

        var values = Running.Rows(source, context, 500, unique: true).Concat(Running.Rows(source, context, 500, unique: true, first: rows - 500));

        Assert.Equal(1000, values.Distinct(StringComparer.Ordinal).Count());
    }

    [Theory]
    [InlineData("number.integer", """{"min":-3,"max":8}""", "integer", null, 12)]
    [InlineData("number.integer", """{"min":0,"max":4}""", "double", null, 5)]
    [InlineData("number.decimal", """{"min":0.5,"max":1.25}""", "decimal", null, 76)]
    [InlineData("number.percent", "{}", "integer", null, 101)]
    [InlineData("number.digit", "{}", "string", null, 10)]
    [InlineData("boolean", "{}", "boolean", null, 2)]
    [InlineData("choice", """{"values":["a","b","b","c"]}""", "string", null, 3)]
    [InlineData("choice", """{"values":{"a":1,"b":0,"c":2}}""", "string", null, 2)]
    [InlineData("choice", """{"values":["1.5","1.50","2"]}""", "decimal", null, 2)]
    [InlineData("constant", """{"value":"x"}""", "string", null, 1)]
    [InlineData("pattern", """{"regex":"[ab]{2}|c?"}""", "string", null, 6)]
    [InlineData("pattern", """{"regex":"(ab|a)(b|bb)"}""", "string", null, 3)]
    [InlineData("pattern", """{"regex":"x*"}""", "string", null, 17)]
    [InlineData("pattern", """{"regex":"x*"}""", "string", 3, 4)]
    [InlineData("pattern", """{"regex":"[1-3][0-9]"}""", "integer", null, 30)]
    [InlineData("sequence", """{"start":1,"step":10}""", "decimal", null, 10)]
    [InlineData("sequence", """{"start":-9,"step":-30}""", "decimal", null, 4)]
    [InlineData("date.between", """{"from":"2026-01-01","to":"2026-02-28"}""", "date", null, 59)]
    [InlineData("date.year", """{"min":2001,"max":2020}""", "integer", null, 20)]
    [InlineData("address.countryCode", "{}", "string", null, 1)]
    [InlineData("internet.userName", "{}", "string", 2, 10)]
    [InlineData("internet.port", """{"min":1024,"max":1030}""", "integer", null, 7)]
    [InlineData("person.gender", "{}", "string", null, 2)]
    [InlineData("finance.accountNumber", """{"length":4}""", "string", null, 9000)]
    public void Rows_ForAUniqueField_GoUpToItsCapacityAndNoFurther(string generator, string args, string type, int? maxLength, int capacity)
    {
        // A decimal of four digits, two of them after the point, wherever there are decimals.
        var json = $$"""
            { "name": "d", "entities": [ { "name": "t", "rows": {{capacity}}, "fields": [
              { "name": "x", "type": "{{type}}", {{(type == "decimal" ? "\"precision\": 4, \"scale\": 2, " : "")}}{{(maxLength is null ? "" : $"\"maxLength\": {maxLength}, ")}}"generator": "{{generator}}", "args": {{args}}, "unique": true } ] } ] }
            """;
        var plan = Plans.Compile(Plans.Read(json));
        var refused = GenerationPlan.Compile(Plans.Read(json), new() { Rows = new Dictionary<string, long> { ["t"] = capacity + 1 } });

        Assert.Equal(capacity, Plans.Column(plan, "t", "x").Distinct().Count());
        var problem = Assert.Single(refused.Problems);
        Assert.Equal(("generation.unique_exhausted", "entities[0].fields[0]"), (problem.Code, problem.Path));
        Assert.Equal(string.Create(CultureInfo.InvariantCulture, $"t.x can give {capacity:N0} distinct values, {capacity + 1:N0} were asked"), problem.Message);
    }

    [Fact]
    public void Rows_ForAUniqueCombination_GoUpToItsCapacityAndNoFurther()
    {
        const string json = """
            { "name": "d", "entities": [ { "name": "t", "rows": 90, "fields": [
              { "name": "a", "type": "integer", "generator": "number.integer", "args": { "min": 1, "max": 10 } },
              { "name": "b", "type": "string", "generator": "choice", "args": { "values": ["p","q","r","s","t","u","v","w","x"] } } ],
              "unique": [["a", "b"]] } ] }
            """;
        var rows = Plans.Compile(Plans.Read(json)) is var plan ? plan.Preview(plan.Entity("t"), 0, 90).Cells : [];
        var refused = GenerationPlan.Compile(Plans.Read(json), new() { Rows = new Dictionary<string, long> { ["t"] = 91 } });

        Assert.Equal(90, rows.Select(row => (row[0], row[1])).Distinct().Count());
        Assert.Equal("t (a, b) can give 90 distinct combinations, 91 were asked", Assert.Single(refused.Problems).Message);
    }

    [Theory]
    [InlineData("""{ "kind": "uniform" }""", 12, "pair.a_id", "can give 12 distinct pairs, 13 were asked")]
    public void Rows_OfAJunction_GoUpToAllPairsAndNoFurther(string distribution, int pairs, string what, string message)
    {
        var json = $$"""
            { "name": "d", "entities": [
              { "name": "a", "rows": 4, "fields": [ { "name": "id", "type": "integer", "generator": "sequence" } ], "primaryKey": ["id"] },
              { "name": "b", "rows": 3, "fields": [ { "name": "id", "type": "integer", "generator": "sequence" } ], "primaryKey": ["id"] },
              { "name": "pair", "rows": {{pairs}}, "fields": [ { "name": "a_id", "type": "integer" }, { "name": "b_id", "type": "integer" } ], "primaryKey": ["a_id", "b_id"] } ],
              "relationships": [
                { "name": "pair_a", "from": { "entity": "pair", "fields": ["a_id"] }, "to": { "entity": "a", "fields": ["id"] }, "distribution": {{distribution}} },
                { "name": "pair_b", "from": { "entity": "pair", "fields": ["b_id"] }, "to": { "entity": "b", "fields": ["id"] }, "distribution": {{distribution}} } ] }
            """;
        var plan = Plans.Compile(Plans.Read(json));
        var refused = GenerationPlan.Compile(Plans.Read(json), new() { Rows = new Dictionary<string, long> { ["pair"] = pairs + 1 } });

        Assert.Equal(pairs, plan.Preview(plan.Entity("pair"), 0, pairs).Cells.Select(row => (row[0], row[1])).Distinct().Count());
        Assert.Contains(refused.Problems, problem => problem.Message.Contains(message, StringComparison.Ordinal) && problem.Message.StartsWith(what.Split('.')[0], StringComparison.Ordinal));
    }

    [Fact]
    public void Rows_BeyondWhatASequenceHasDigitsFor_AreRefusedThoughNoKeyIsIt()
    {
        const string json = """{ "name": "d", "entities": [ { "name": "t", "rows": 99, "fields": [ { "name": "x", "type": "decimal", "precision": 4, "scale": 2, "generator": "sequence" } ] } ] }""";
        var refused = GenerationPlan.Compile(Plans.Read(json), new() { Rows = new Dictionary<string, long> { ["t"] = 100 } });

        Assert.Equal("99.00", Plans.Column(Plans.Compile(Plans.Read(json)), "t", "x")[^1]);
        var problem = Assert.Single(refused.Problems);
        Assert.Equal(("generation.out_of_range", "t.x: sequence reaches 99 values that decimal holds, 100 were asked"), (problem.Code, problem.Message));
    }
}
