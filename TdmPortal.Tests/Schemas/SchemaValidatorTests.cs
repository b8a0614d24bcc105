using System.Diagnostics;
using System.Text;
using TdmPortal.Core.Schemas;
using Xunit;

namespace TdmPortal.Tests.Schemas;

[Trait("Requirement", "D1")]
public sealed class SchemaValidatorTests
{
    /// <summary>A legal shop of three entities; each test makes one thing wrong.</summary>
    private const string Shop = """
        { "name": "shop", "entities": [
          { "name": "customer", "rows": 100, "fields": [
            { "name": "id", "type": "integer", "generator": "sequence" },
            { "name": "email", "type": "string", "maxLength": 80, "generator": "internet.email", "unique": true },
            { "name": "credit", "type": "decimal", "scale": 2, "generator": "number.decimal", "args": { "min": 0, "max": 100 } },
            { "name": "tier", "type": "string", "generator": "choice", "args": { "values": { "gold": 1, "silver": 2 } } },
            { "name": "created", "type": "timestamp", "generator": "date.between", "args": { "from": "now-2y", "to": "now" } } ],
            "primaryKey": ["id"] },
          { "name": "order", "rows": 500, "fields": [
            { "name": "id", "type": "integer", "generator": "sequence" },
            { "name": "customer_id", "type": "integer" },
            { "name": "placed", "type": "timestamp", "generator": "date.after", "args": { "of": "parent(order_customer).created", "min": "1d", "max": "30d" } },
            { "name": "total", "type": "decimal", "scale": 2, "generator": "expression", "args": { "value": "sum(line_order, price * quantity)" } } ],
            "primaryKey": ["id"] },
          { "name": "line", "fields": [
            { "name": "order_id", "type": "integer" },
            { "name": "position", "type": "integer", "generator": "sequence", "args": { "within": "line_order" } },
            { "name": "quantity", "type": "integer", "generator": "number.integer", "args": { "min": 1, "max": 9 } },
            { "name": "price", "type": "decimal", "scale": 2, "generator": "number.decimal", "args": { "min": 1, "max": 90 } },
            { "name": "label", "type": "string", "generator": "template", "args": { "value": "{{{position}-{###}-{parent(line_order).id}}}" }, "when": "quantity > 1" } ],
            "primaryKey": ["order_id", "position"] } ],
          "relationships": [
            { "name": "order_customer", "from": { "entity": "order", "fields": ["customer_id"] }, "to": { "entity": "customer", "fields": ["id"] } },
            { "name": "line_order", "from": { "entity": "line", "fields": ["order_id"] }, "to": { "entity": "order", "fields": ["id"] }, "distribution": { "kind": "perParent", "min": 1, "max": 4 } } ],
          "constraints": [ { "name": "credit_positive", "entity": "customer", "check": "credit >= 0" } ] }
        """;

    internal static IReadOnlyList<SchemaProblem> Validate(string json)
    {
        var read = SchemaReader.Read(Encoding.UTF8.GetBytes(json));
        Assert.True(read.Problems.Count == 0, string.Join('\n', read.Problems));
        return SchemaValidator.Validate(read.Document!);
    }

    private static string Changed(string before, string after)
    {
        Assert.Equal(2, Shop.Split(before).Length);
        return Shop.Replace(before, after, StringComparison.Ordinal);
    }

    [Fact]
    public void Validate_Shop_HasNoProblems() => Assert.Empty(Validate(Shop));

    [Theory]
    [MemberData(nameof(SampleFiles.All), MemberType = typeof(SampleFiles))]
    public void Validate_Sample_HasNoProblems(string name) =>
        Assert.Empty(SchemaReader.ReadAndValidate(SampleFiles.Bytes(name)).Problems);

    [Theory]
    [InlineData("\"name\": \"shop\"", "\"name\": \"Shop 1\"", "name", "schema.name", "Call it shop_1")]
    [InlineData("\"name\": \"tier\"", "\"name\": \"x\\\"; drop table y; --\"", "entities[0].fields[3].name", "schema.name", "Call it x_drop_table_y")]
    [InlineData("\"name\": \"tier\"", "\"name\": \"email\"", "entities[0].fields[3].name", "schema.duplicate_name", "Rename one of them")]
    [InlineData("\"name\": \"line\"", "\"name\": \"order\"", "entities[2].name", "schema.duplicate_name", "Rename one of them")]
    [InlineData("\"rows\": 500,", "\"rows\": -5,", "entities[1].rows", "schema.rows", "Write 0 or more")]
    [InlineData("\"rows\": 500,", "", "entities[1].rows", "schema.rows", "Set rows")]
    [InlineData("\"name\": \"line\",", "\"name\": \"line\", \"rows\": 9,", "entities[2].rows", "schema.rows_derived", "Remove the rows")]
    [InlineData("\"name\": \"credit\", \"type\": \"decimal\", \"scale\": 2", "\"name\": \"credit\", \"type\": \"decimal\", \"scale\": 40", "entities[0].fields[2].scale", "schema.scale", "Write a scale from 0 to the precision")]
    [InlineData("\"name\": \"credit\", \"type\": \"decimal\", \"scale\": 2", "\"name\": \"credit\", \"type\": \"decimal\", \"scale\": 20", "entities[0].fields[2].scale", "schema.scale", "Set precision to 22")]
    [InlineData("\"name\": \"credit\", \"type\": \"decimal\", \"scale\": 2", "\"name\": \"credit\", \"type\": \"decimal\", \"precision\": 39", "entities[0].fields[2].precision", "schema.precision", "Write a precision from 1 to 38")]
    [InlineData("\"maxLength\": 80", "\"maxLength\": 0", "entities[0].fields[1].maxLength", "schema.max_length", "Write a length in that range")]
    [InlineData("\"unique\": true", "\"nullPercent\": 101", "entities[0].fields[1].nullPercent", "schema.null_percent", "Write a number from 0 to 100")]
    [InlineData("\"primaryKey\": [\"order_id\", \"position\"]", "\"primaryKey\": [\"order_id\", \"positon\"]", "entities[2].primaryKey[1]", "schema.key", "Write position")]
    [InlineData("\"primaryKey\": [\"order_id\", \"position\"]", "\"unique\": [[]]", "entities[2].unique[0]", "schema.key", "Name its fields")]
    [InlineData("{ \"name\": \"customer_id\", \"type\": \"integer\" }", "{ \"name\": \"customer_id\", \"type\": \"integer\", \"generator\": \"sequence\" }", "entities[1].fields[1].generator", "schema.generator_unexpected", "Remove the generator")]
    [InlineData("\"generator\": \"internet.email\"", "\"generator\": \"internet.emial\"", "entities[0].fields[1].generator", "schema.unknown_generator", "Write internet.email")]
    [InlineData("\"generator\": \"internet.email\", ", "", "entities[0].fields[1].generator", "schema.generator_missing", "Choose a generator")]
    [InlineData("\"name\": \"quantity\", \"type\": \"integer\"", "\"name\": \"quantity\", \"type\": \"boolean\"", "entities[2].fields[2].generator", "schema.generator_type", "Change the type to integer")]
    [InlineData("\"min\": 1, \"max\": 9 }", "\"min\": 1, \"maximum\": 9 }", "entities[2].fields[2].args.maximum", "schema.argument", "Remove it")]
    [InlineData("\"min\": 1, \"max\": 9 }", "\"min\": \"1\", \"max\": 9 }", "entities[2].fields[2].args.min", "schema.argument", null)]
    [InlineData("\"min\": 1, \"max\": 9 ", "\"min\": 10, \"max\": 9 ", "entities[2].fields[2].args.min", "schema.argument", "Swap min and max")]
    [InlineData("\"from\": \"now-2y\"", "\"from\": \"2 years ago\"", "entities[0].fields[4].args.from", "schema.argument", null)]
    [InlineData("\"from\": \"now-2y\"", "\"from\": \"now+1d\"", "entities[0].fields[4].args.from", "schema.argument", "Swap from and to")]
    [InlineData("\"min\": \"1d\"", "\"min\": \"a day\"", "entities[1].fields[2].args.min", "schema.argument", null)]
    [InlineData("parent(order_customer).created", "parent(order_customer).tier", "entities[1].fields[2].args.of", "schema.argument", "Name a date field")]
    [InlineData("parent(order_customer).created", "now", "entities[1].fields[2].args.of", "schema.expression", null)]
    [InlineData("\"within\": \"line_order\"", "\"within\": \"order_customer\"", "entities[2].fields[1].args.within", "schema.argument", "Name a relationship whose child this entity is")]
    [InlineData("{ \"gold\": 1, \"silver\": 2 }", "[]", "entities[0].fields[3].args.values", "schema.argument", "Add a value")]
    [InlineData("{ \"gold\": 1, \"silver\": 2 }", "{ \"gold\": 0 }", "entities[0].fields[3].args.values", "schema.argument", "Give a value a weight above 0")]
    [InlineData("{ \"gold\": 1, \"silver\": 2 }", "{ \"gold\": -1, \"silver\": 2 }", "entities[0].fields[3].args.values.gold", "schema.argument", null)]
    [InlineData("{ \"values\": { \"gold\": 1, \"silver\": 2 } }", "{ \"by\": \"email\" }", "entities[0].fields[3].args.cases", "schema.argument", "Add cases")]
    [InlineData("{ \"values\": { \"gold\": 1, \"silver\": 2 } }", "{}", "entities[0].fields[3].args.values", "schema.argument", "List the values")]
    [InlineData("{position}", "{positon}", "entities[2].fields[4].args.value", "schema.expression", "Write position")]
    [InlineData("-{###}", "-{", "entities[2].fields[4].args.value", "schema.expression", null)]
    [InlineData("\"when\": \"quantity > 1\"", "\"when\": \"quantity + 1\"", "entities[2].fields[4].when", "schema.expression", "Compare it with a value")]
    [InlineData("sum(line_order, price * quantity)", "sum(line_order, price * amount)", "entities[1].fields[3].args.value", "schema.expression", null)]
    [InlineData("credit >= 0", "credit >= 'a'", "constraints[0].check", "schema.expression", "Write it like '12.5'")]
    [InlineData("\"entity\": \"customer\", \"check\"", "\"entity\": \"custommer\", \"check\"", "constraints[0].entity", "schema.unknown_entity", "Write customer")]
    [InlineData("\"to\": { \"entity\": \"customer\"", "\"to\": { \"entity\": \"nowhere\"", "relationships[0].to.entity", "schema.unknown_entity", "Choose an entity")]
    [InlineData("\"fields\": [\"customer_id\"]", "\"fields\": [\"custmer_id\"]", "relationships[0].from.fields[0]", "schema.unknown_field", "Write customer_id")]
    [InlineData("\"to\": { \"entity\": \"customer\", \"fields\": [\"id\"] }", "\"to\": { \"entity\": \"customer\", \"fields\": [\"id\", \"email\"] }", "relationships[0].to.fields", "schema.relationship", "Name as many fields at both ends")]
    [InlineData("\"to\": { \"entity\": \"customer\", \"fields\": [\"id\"] }", "\"to\": { \"entity\": \"customer\", \"fields\": [\"email\"] }", "relationships[0].from.fields[0]", "schema.relationship_type", "Make order.customer_id a string")]
    [InlineData("\"kind\": \"perParent\", \"min\": 1, \"max\": 4", "\"kind\": \"perParent\", \"min\": 5, \"max\": 4", "relationships[1].distribution", "schema.distribution", "Correct min and max")]
    [InlineData("\"kind\": \"perParent\", \"min\": 1, \"max\": 4", "\"kind\": \"uniform\", \"exponent\": 2", "relationships[1].distribution.exponent", "schema.distribution", "Remove it")]
    [InlineData("\"kind\": \"perParent\", \"min\": 1, \"max\": 4", "\"kind\": \"zipf\", \"exponent\": -1", "relationships[1].distribution.exponent", "schema.distribution", "Write 1 for the usual shape")]
    [InlineData("\"fields\": [\"id\"] } },", "\"fields\": [\"id\"] }, \"rootPercent\": 5 },", "relationships[0].rootPercent", "schema.relationship", "Use nullPercent")]
    [InlineData("\"max\": 4 } }", "\"max\": 4 }, \"nullPercent\": 5 }", "relationships[1].nullPercent", "schema.relationship_null", "Remove nullPercent")]
    [InlineData("\"args\": { \"value\": \"sum(line_order, price * quantity)\" }", "\"unique\": true, \"args\": { \"value\": \"sum(line_order, price * quantity)\" }", "entities[1].fields[3].args.value", "schema.unique_unprovable", "Put id into it, as in concat(…, '-', id)")]
    public void Validate_OneThingWrong_NamesPlaceCodeAndRemedy(string before, string after, string path, string code, string? action)
    {
        var problems = Validate(Changed(before, after));

        var problem = problems.FirstOrDefault(found => found.Path == path);
        Assert.True(problem is not null, $"Nothing at {path}, but: {string.Join('\n', problems)}");
        Assert.Equal(code, problem.Code);
        Assert.False(string.IsNullOrWhiteSpace(problem.Message));
        if (action is not null)
            Assert.Contains(action, problem.SuggestedActions);
    }

    [Fact]
    public void Validate_UnknownTarget_IsNotToldTwice()
    {
        var problems = Validate(Changed("\"to\": { \"entity\": \"customer\", \"fields\": [\"id\"] }", "\"to\": { \"entity\": \"customer\", \"fields\": [\"credit\"] }"));

        Assert.Contains(problems, problem => problem.Code == "schema.relationship_type");
        Assert.Contains(problems, problem => problem.Code == "schema.relationship_target" && problem.Message == "The relationship order_customer points to customer(credit), which is no key of customer.");
    }

    [Theory]
    [InlineData("", "schema.cycle")]
    [InlineData(", \"nullPercent\": 10", null)]
    public void Validate_EntityCycle_NeedsANullableRelationship(string nullable, string? code)
    {
        var problems = Validate($$"""
            { "name": "a", "entities": [
              { "name": "team", "rows": 5, "fields": [ { "name": "id", "type": "integer", "generator": "sequence" }, { "name": "lead_id", "type": "integer" } ], "primaryKey": ["id"] },
              { "name": "person", "rows": 5, "fields": [ { "name": "id", "type": "integer", "generator": "sequence" }, { "name": "team_id", "type": "integer" } ], "primaryKey": ["id"] } ],
              "relationships": [
                { "name": "person_team", "from": { "entity": "person", "fields": ["team_id"] }, "to": { "entity": "team", "fields": ["id"] } },
                { "name": "team_lead", "from": { "entity": "team", "fields": ["lead_id"] }, "to": { "entity": "person", "fields": ["id"] }{{nullable}} } ] }
            """);

        if (code is null)
        {
            Assert.Empty(problems);
            return;
        }

        var problem = Assert.Single(problems);
        Assert.Equal(code, problem.Code);
        Assert.Contains("team → person → team", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Validate_FieldsComputedInACircle_NamesTheWay()
    {
        var json = Changed("{ \"name\": \"price\", \"type\": \"decimal\", \"scale\": 2, \"generator\": \"number.decimal\", \"args\": { \"min\": 1, \"max\": 90 } }",
            "{ \"name\": \"price\", \"type\": \"decimal\", \"scale\": 2, \"generator\": \"expression\", \"args\": { \"value\": \"parent(line_order).total / 2\" } }");

        var problem = Assert.Single(Validate(json));

        Assert.Equal(("entities[1].fields[3].args.value", "schema.cycle"), (problem.Path, problem.Code));
        Assert.Contains("order.total → line.price → order.total", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("concat(id, '-', email)", true)]
    [InlineData("concat('C', id)", true)]
    [InlineData("id * 10 + 3", true)]
    [InlineData("concat(tier, id)", false)]
    [InlineData("concat(tier, '-', id)", true)]
    [InlineData("concat(tier, '-1', id)", false)]
    [InlineData("id / 10", false)]
    [InlineData("upper(email)", false)]
    public void Validate_UniqueExpression_IsAcceptedWhereProved(string expression, bool proved)
    {
        var json = Changed("{ \"name\": \"tier\", \"type\": \"string\",", $$"""{ "name": "code", "type": "string", "unique": true, "generator": "expression", "args": { "value": "{{expression}}" } }, { "name": "tier", "type": "string",""");

        Assert.Equal(proved, Validate(json).Count == 0);
    }

    [Theory]
    [InlineData("\"type\": \"string\", \"maxLength\": 21", "concat('C', id)", true)]
    [InlineData("\"type\": \"string\", \"maxLength\": 20", "concat('C', id)", false)]
    [InlineData("\"type\": \"decimal\", \"scale\": 3", "id * 0.001", true)]
    [InlineData("\"type\": \"decimal\", \"scale\": 2", "id * 0.001", false)]
    [InlineData("\"type\": \"integer\"", "id + 7", true)]
    [InlineData("\"type\": \"double\"", "id + 7", false)]
    [InlineData("\"type\": \"string\", \"maxLength\": 60", "concat('C', (id))", true)]
    public void Validate_UniqueExpressionThatItsFieldCuts_IsRefused(string type, string expression, bool fits)
    {
        var json = Changed("{ \"name\": \"tier\", \"type\": \"string\",", $$"""{ "name": "code", {{type}}, "unique": true, "generator": "expression", "args": { "value": "{{expression}}" } }, { "name": "tier", "type": "string",""");

        Assert.Equal(fits ? [] : ["schema.unique_unprovable"], Validate(json).Select(problem => problem.Code));
    }

    [Fact]
    public void Validate_UniqueExpressionOfWhatMayBeNull_IsRefused()
    {
        // Two e-mails that are null are two texts that are 'C'.
        var json = Changed("\"unique\": true", "\"unique\": true, \"nullPercent\": 10").Replace("{ \"name\": \"tier\", \"type\": \"string\",",
            """{ "name": "code", "type": "string", "unique": true, "generator": "expression", "args": { "value": "concat('C', email)" } }, { "name": "tier", "type": "string",""", StringComparison.Ordinal);

        Assert.Equal("schema.unique_unprovable", Assert.Single(Validate(json)).Code);
    }

    [Fact]
    public void ReadAndValidate_EverythingWrong_ListsAllOnce()
    {
        var result = SchemaReader.ReadAndValidate(Encoding.UTF8.GetBytes("""
            { "name": "Robert'); DROP TABLE students;--", "entities": [
              { "name": "order", "rows": -1, "fields": [
                { "name": "id", "type": "integer", "generator": "sequenze" },
                { "name": "a\"b", "type": "decimal", "scale": 40, "generator": "number.decimal" },
                { "name": "to_nowhere", "type": "integr" } ], "primaryKey": ["id"] } ],
              "relationships": [ { "name": "r", "from": { "entity": "order", "fields": ["to_nowhere"] }, "to": { "entity": "nowhere", "fields": ["id"] } } ] }
            """));

        Assert.Equal(
            ["entities[0].fields[2].type", "name", "entities[0].rows", "entities[0].fields[0].generator", "entities[0].fields[1].name", "entities[0].fields[1].scale", "relationships[0].to.entity"],
            result.Problems.Select(problem => problem.Path));
        Assert.All(result.Problems, problem => Assert.NotEmpty(problem.SuggestedActions));
    }

    [Fact]
    public void Validate_2000Entities_IsRefusedWithItsNumber()
    {
        var problems = SchemaValidator.Validate(Large(2000, 3));

        var problem = Assert.Single(problems);
        Assert.Equal(("entities", "schema.limit", "The schema has 2000 entities; at most 500 are allowed."), (problem.Path, problem.Code, problem.Message));
    }

    [Fact]
    public void Validate_1001Fields_IsRefused() =>
        Assert.Equal("entities[0].fields", Assert.Single(SchemaValidator.Validate(Large(1, 1001))).Path);

    [Fact]
    public void Validate_LargestDocument_HasNoProblems()
    {
        var document = Large(500, 100);

        var watch = Stopwatch.StartNew();
        Assert.Empty(SchemaValidator.Validate(document));
        TestContext.Current.TestOutputHelper!.WriteLine($"50,000 fields in {watch.ElapsedMilliseconds} ms");
    }

    private static SchemaDocument Large(int entities, int fields)
    {
        var args = new ArgumentValues([new("value", System.Text.Json.JsonDocument.Parse("\"concat(f0, '-', f0 + 1)\"").RootElement)]);
        return new()
        {
            Name = "large",
            Entities =
            [
                .. Enumerable.Range(0, entities).Select(e => new EntityDefinition
                {
                    Name = $"e{e}",
                    Rows = 10,
                    Fields =
                    [
                        new() { Name = "f0", Type = FieldType.Integer, Generator = "sequence" },
                        new() { Name = "p", Type = FieldType.Integer, Generator = e == 0 ? "sequence" : null },
                        .. Enumerable.Range(2, fields - 2).Select(f => new FieldDefinition { Name = $"f{f}", Type = FieldType.String, Generator = "expression", Args = args, When = "f0 > 5 and p is not null" }),
                    ],
                    PrimaryKey = ["f0"],
                }),
            ],
            Relationships = [.. Enumerable.Range(1, entities - 1).Select(e => new RelationshipDefinition { Name = $"r{e}", From = new($"e{e}", ["p"]), To = new($"e{e - 1}", ["f0"]) })],
        };
    }
}
