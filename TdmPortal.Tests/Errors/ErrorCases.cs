using System.Text;
using TdmPortal.Core.Errors;
using TdmPortal.Core.Formats;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Import;
using TdmPortal.Core.Schemas;
using TdmPortal.Tests.Generation;
using TdmPortal.Tests.Generators;
using Xunit;

namespace TdmPortal.Tests.Errors;

/// <summary>What provokes each error, where it is said to be, and what of its message and of the suggested actions has to be there.</summary>
internal static class ErrorCases
{
    private static IReadOnlyList<SchemaProblem> JsonSchema(string text) => Assert.Throws<JsonSchemaException>(() => JsonSchemaReader.Read(Encoding.UTF8.GetBytes(text), "x")).Problems;

    private const string Id = """{ "name": "id", "type": "integer", "generator": "sequence" }""";

    private const string Number = """{ "name": "n", "type": "integer", "generator": "number.integer", "args": { "min": 0, "max": 9 } }""";

    public static IReadOnlyDictionary<string, (Func<IEnumerable<SchemaProblem>> Provoke, string Path, string Message, string Action)> All { get; } =
        new Dictionary<string, (Func<IEnumerable<SchemaProblem>>, string, string, string)>(StringComparer.Ordinal)
        {
            // The document's form.
            ["schema.not_json"] = (() => Problems("id;name"), "", "line 1, column 1: This is not JSON", "Check the brackets, quotes and commas there"),
            ["schema.too_large"] = (() => SchemaReader.Read(new byte[21 * 1024 * 1024]).Problems, "", "over the limit of 20 MB", "Split the schema"),
            ["schema.too_many_problems"] = (() => Problems($$"""{ "name": "a", "entities": [{{string.Join(',', Enumerable.Repeat("1", 1500))}}] }"""), "", "500 more problems are not listed", "Correct"),
            ["schema.wrong_type"] = (() => Problems("""{ "name": 7, "entities": [] }"""), "name", "This must be text in quotes, but it is the number 7", "Write text in quotes"),
            ["schema.missing_property"] = (() => Problems("""{ "name": "a" }"""), "entities", "needs \"entities\"", "Add \"entities\""),
            ["schema.unknown_property"] = (() => Problems("""{ "name": "a", "entitys": [] }"""), "entitys", "\"entitys\" is no property of a schema document", "Write \"entities\""),
            ["schema.duplicate_property"] = (() => Problems("""{ "name": "a", "name": "b", "entities": [] }"""), "name", "\"name\" stands twice", "Remove one of them"),
            ["schema.unknown_type"] = (() => Problems(One("""{ "name": "x", "type": "strin" }""")), "entities[0].fields[0].type", "\"strin\" is no type. Known are: ", "Write \"string\""),
            ["schema.unknown_distribution"] = (() => Problems(Two("""{ "kind": "even" }""")), "relationships[0].distribution.kind", "\"even\" is no distribution", "Choose one of them"),

            // Names and bounds.
            ["schema.no_entities"] = (() => Problems("""{ "name": "a", "entities": [] }"""), "entities", "no entities, so there is nothing to generate", "Add an entity"),
            ["schema.no_fields"] = (() => Problems(One("")), "entities[0].fields", "t has no fields", "Add a field"),
            ["schema.name"] = (() => Problems(One("""{ "name": "First Name", "type": "string", "generator": "lorem.word" }""")), "entities[0].fields[0].name", "cannot be called \"First Name\"", "Call it first_name"),
            ["schema.duplicate_name"] = (() => Problems(One($"{Id}, {Id}")), "entities[0].fields[1].name", "id", "Rename one of them"),
            ["schema.limit"] = (() => Problems($$"""{ "name": "a", "title": "{{new string('x', 5000)}}", "entities": [] }"""), "title", "has 5000 characters", "Shorten it"),
            ["schema.text"] = (() => SchemaValidator.Validate(Document(One(Id)) with { Title = "a\0b" }), "title", "holds the character NUL", "Remove it"),
            ["schema.locale"] = (() => Problems("""{ "name": "a", "locale": "klingon!", "entities": [] }"""), "locale", "\"klingon!\" is no locale", "Write a language"),
            ["schema.identifier"] = (() => Problems("""{ "name": "a", "entities": [ { "name": "t", "rows": 1, "table": { "name": "" }, "fields": [ """ + Id + " ] } ] }"), "entities[0].table.name", "is empty", "Remove it to use the name itself"),
            ["schema.sql_type"] = (() => Problems(One("""{ "name": "x", "type": "string", "generator": "lorem.word", "sqlType": "text); drop" }""")), "entities[0].fields[0].sqlType", "has not the form of an SQL type", "Write a type such as"),

            // Fields.
            ["schema.precision"] = (() => Problems(One("""{ "name": "x", "type": "decimal", "precision": 39, "generator": "number.decimal" }""")), "entities[0].fields[0].precision", "t.x: a decimal has 1 to 38 digits in all, not 39", "Write a precision from 1 to 38"),
            ["schema.scale"] = (() => Problems(One("""{ "name": "x", "type": "decimal", "scale": 20, "generator": "number.decimal" }""")), "entities[0].fields[0].scale", "20 digits after the point do not fit into 18 digits in all", "Set precision to 22"),
            ["schema.max_length"] = (() => Problems(One("""{ "name": "x", "type": "string", "maxLength": 0, "generator": "lorem.word" }""")), "entities[0].fields[0].maxLength", "t.x: maxLength is 0", "Write a length in that range"),
            ["schema.null_percent"] = (() => Problems(One("""{ "name": "x", "type": "string", "nullPercent": 101, "generator": "lorem.word" }""")), "entities[0].fields[0].nullPercent", "t.x: nullPercent is 101", "Write a number from 0 to 100"),
            ["schema.array"] = (() => Problems(One("""{ "name": "x", "type": "string", "array": { "min": 5, "max": 2 }, "generator": "lorem.word" }""")), "entities[0].fields[0].array", "t.x: a list of 5 to 2 elements is not possible", "Correct min and max"),
            ["schema.generator_missing"] = (() => Problems(One("""{ "name": "x", "type": "string" }""")), "entities[0].fields[0].generator", "t.x has no generator, and no relationship fills it", "Choose a generator"),
            ["schema.unknown_generator"] = (() => Problems(One("""{ "name": "x", "type": "string", "generator": "internet.emial" }""")), "entities[0].fields[0].generator", "t.x: there is no generator \"internet.emial\"", "Write internet.email"),
            ["schema.generator_type"] = (() => Problems(One("""{ "name": "x", "type": "boolean", "generator": "internet.email" }""")), "entities[0].fields[0].generator", "t.x is a boolean, which internet.email cannot fill; it gives string", "Change the type to string"),
            ["schema.generator_unexpected"] = (() => Problems(Two("""{ "kind": "uniform" }""").Replace("\"type\": \"integer\" }", "\"type\": \"integer\", \"generator\": \"sequence\" }", StringComparison.Ordinal)), "entities[1].fields[1].generator", "child.parent_id has a generator, but the relationship child_parent fills it", "Remove the generator"),
            ["schema.argument"] = (() => Problems(One("""{ "name": "x", "type": "integer", "generator": "number.integer", "args": { "min": 9, "max": 1 } }""")), "entities[0].fields[0].args.min", "t.x: min is 9, which is more than max, 1", "Swap min and max"),
            ["schema.expression"] = (() => Problems(One("""{ "name": "x", "type": "integer", "generator": "expression", "args": { "value": "y + 1" } }""")), "entities[0].fields[0].args.value", "t has no field \"y\"", "Write x"),
            ["schema.when"] = (() => Problems(Two("""{ "kind": "uniform" }""").Replace("\"type\": \"integer\" }", "\"type\": \"integer\", \"when\": \"id > 1\" }", StringComparison.Ordinal)), "entities[1].fields[1].when", "child.parent_id is filled by a relationship; a condition cannot take its value away", "Set nullPercent on the relationship"),
            ["schema.cycle"] = (() => Problems(One("""{ "name": "x", "type": "integer", "generator": "expression", "args": { "value": "y + 1" } }, { "name": "y", "type": "integer", "generator": "expression", "args": { "value": "x + 1" } }""")), "entities[0].fields[0].args.value", "t.x → t.y → t.x", "Compute one of them from something else"),

            // Arguments as a generator reads them, which may know more of them than their definition says.
            ["schema.invalid_argument"] = (() => Problems(One("""{ "name": "x", "type": "string", "generator": "internet.email", "args": { "domain": "gmail.com" } }""")), "entities[0].fields[0].args.domain", "t.x: \"gmail.com\" could be somebody's", "Correct domain: A domain under example.com"),
            ["schema.missing_argument"] = (() => Alone("pattern", "{}"), ".args.regex", "pattern needs the argument \"regex\"", "Set regex"),
            ["schema.unknown_field"] = (() => Alone("choice", """{ "by": "tier", "cases": { "a": ["b"] } }"""), ".args.by", "there is no field tier to read here", "Name a field"),
            ["schema.reference_type"] = (() => Problems(One("""{ "name": "tags", "type": "string", "generator": "lorem.word", "array": { "min": 0, "max": 2 } }, { "name": "x", "type": "string", "generator": "choice", "args": { "by": "tags", "cases": { "a": ["b"] } } }""")), "entities[0].fields[1].args.by", "tags is a list, which cannot be read here", "Name a field that is no list"),

            // Rows, keys and relationships.
            ["schema.rows"] = (() => Problems(One(Id).Replace("\"rows\": 100", "\"rows\": -5", StringComparison.Ordinal)), "entities[0].rows", "t has -5 rows; a number of rows cannot be negative", "Write 0 or more"),
            ["schema.rows_derived"] = (() => Problems(Two("""{ "kind": "perParent", "min": 1, "max": 2 }""")), "entities[1].rows", "child has rows of its own, but the relationship child_parent gives each parent a number of children", "Remove the rows"),
            ["schema.rows_twice"] = (() => Problems("""
                { "name": "d", "entities": [
                  { "name": "a", "rows": 5, "fields": [ { "name": "id", "type": "integer", "generator": "sequence" } ], "primaryKey": ["id"] },
                  { "name": "b", "rows": 5, "fields": [ { "name": "id", "type": "integer", "generator": "sequence" } ], "primaryKey": ["id"] },
                  { "name": "c", "fields": [ { "name": "a_id", "type": "integer" }, { "name": "b_id", "type": "integer" } ] } ],
                  "relationships": [
                    { "name": "c_a", "from": { "entity": "c", "fields": ["a_id"] }, "to": { "entity": "a", "fields": ["id"] }, "distribution": { "kind": "perParent", "max": 2 } },
                    { "name": "c_b", "from": { "entity": "c", "fields": ["b_id"] }, "to": { "entity": "b", "fields": ["id"] }, "distribution": { "kind": "perParent", "max": 2 } } ] }
                """), "entities[2]", "the relationships c_a and c_b both decide its number of rows", "Make one of them uniform or zipf"),
            ["schema.key"] = (() => Problems(One(Id, key: "nothing")), "entities[0].primaryKey[0]", "its primary key names nothing, which is no field of it", "Name one of its fields"),
            ["schema.correlation"] = (() => Problems($$"""{ "name": "d", "entities": [ { "name": "t", "rows": 9, "fields": [ {{Id}}, {{Number}} ], "correlations": [ { "fields": ["n", "m"], "matrix": [[1, 0.5], [0.5, 1]] } ] } ] }"""), "entities[0].correlations[0].fields[1]", "a correlation names m, which is no field of it", "Write n"),
            ["schema.unknown_entity"] = (() => Problems(Two("""{ "kind": "uniform" }""").Replace("\"to\": { \"entity\": \"parent\"", "\"to\": { \"entity\": \"parents\"", StringComparison.Ordinal)), "relationships[0].to.entity", "names the entity parents, which does not exist", "Write parent"),
            ["schema.relationship"] = (() => Problems(Two("""{ "kind": "uniform" }""").Replace("\"fields\": [\"id\"] }", "\"fields\": [\"id\", \"id\"] }", StringComparison.Ordinal)), "relationships[0].to.fields[1]", "names parent.id twice", "Remove one of them"),
            ["schema.relationship_type"] = (() => Problems(Two("""{ "kind": "uniform" }""").Replace("\"name\": \"parent_id\", \"type\": \"integer\"", "\"name\": \"parent_id\", \"type\": \"string\"", StringComparison.Ordinal)), "relationships[0].from.fields[0]", "but one is a string, the other an integer", "Make child.parent_id an integer"),
            ["schema.relationship_target"] = (() => Problems(Two("""{ "kind": "uniform" }""").Replace("\"primaryKey\": [\"id\"]", "\"primaryKey\": []", StringComparison.Ordinal)), "relationships[0].to.fields", "points to parent(id), which is no key of parent", "Make parent.id unique"),
            ["schema.relationship_rows"] = (() => Problems(Two("""{ "kind": "uniform" }""").Replace("\"rows\": 10", "\"rows\": 0", StringComparison.Ordinal)), "relationships[0]", "has no parents to choose from: parent has 0 rows, child has 50", "Give parent rows"),
            ["schema.relationship_null"] = (() => Problems(Two("""{ "kind": "uniform" }""", "\"nullPercent\": 10", key: "id, parent_id")), "relationships[0].nullPercent", "child", "Remove"),
            ["schema.one_to_one"] = (() => Problems(Two("""{ "kind": "zipf" }""", key: "parent_id")), "relationships[0].distribution.kind", "fills a whole key of child, so each parent has at most one child", "Make it uniform"),
            ["schema.distribution"] = (() => Problems(Two("""{ "kind": "uniform", "exponent": 2 }""")), "relationships[0].distribution.exponent", "an exponent belongs to zipf, not to uniform", "Remove it"),
            ["schema.unique_unprovable"] = (() => Problems(One("""{ "name": "x", "type": "double", "generator": "number.normal", "unique": true }""")), "entities[0].fields[0]", "t.x: it is unique, but number.normal cannot enumerate its values", "Take a generator that can"),
            ["schema.invalid"] = (() => Thrown(() => throw new SchemaInvalidException([new("name", "schema.name", "It is wrong.") { SuggestedActions = ["Call it x"] }])), "", "The schema has a problem: name: It is wrong.", "Call it x"),

            // What generation cannot do.
            ["generation.unique_exhausted"] = (() => Problems(One("""{ "name": "x", "type": "integer", "generator": "number.integer", "args": { "min": 1, "max": 50 }, "unique": true }""")), "entities[0].fields[0]", "t.x can give 50 distinct values, 100 were asked", "Give t 50 rows or fewer"),
            ["generation.check_unsatisfiable"] = (() => Problems(One("""{ "name": "n", "type": "integer", "generator": "number.integer", "args": { "min": 1, "max": 100000 } }""", check: "n = 7")), "constraints[0].check", "t: the check the_check holds for 0 of", "Narrow the arguments of n"),
            ["generation.scenario_unsatisfiable"] = (() => Problems(One("""{ "name": "n", "type": "integer", "generator": "number.integer", "args": { "min": 1, "max": 9 } }"""), new() { Scenarios = [new() { Name = "eleven", Entity = "t", Condition = "n = 11", Make = true }] }), "scenarios[0]", "the scenario eleven cannot be made", "Let it only be looked for"),
            ["generation.no_parents"] = (() => Problems(Two("""{ "kind": "uniform" }"""), new() { Rows = Rows("parent", 0) }), "relationships[0]", "child has 50 rows, parent none to belong to", "Give parent rows"),
            ["generation.no_agreement"] = (() => Problems(CompactSchema.Json("""
                tenant 50: id=seq | id
                product 60: tenant_id id=seq | tenant_id,id
                product_tenant: product(tenant_id) > tenant(id)
                order 300: tenant_id id=seq | tenant_id,id
                order_tenant: order(tenant_id) > tenant(id)
                line 900: tenant_id id=seq order_id product_id | tenant_id,id
                line_order: line(tenant_id,order_id) > order(tenant_id,id)
                line_product: line(tenant_id,product_id) > product(tenant_id,id)
                """)), "relationships[3]", "of 50 rows of tenant have a line, but no product that agrees with it; the first is row ", "Give product more rows, or its relationship perParent with a min"),
            ["generation.follows"] = (() => Problems(CompactSchema.Json("""
                tenant 5: id=seq | id
                customer 60: tenant_id id=seq | tenant_id,id
                customer_tenant: customer(tenant_id) > tenant(id)
                order 300: id=seq tenant_id customer_id | id
                order_tenant: order(tenant_id) > tenant(id) zipf 1
                order_customer: order(tenant_id,customer_id) > customer(tenant_id,id)
                """)), "relationships[1].distribution", "which tenant a order has follows from order_customer, so its own distribution has no effect", "Make order_tenant uniform"),
            ["generation.capped"] = (() => Problems(CompactSchema.Json("""
                left 100: id=seq | id
                right 8: id=seq | id
                pair 200: left_id right_id | left_id,right_id
                pair_left: pair(left_id) > left(id) zipf 1
                pair_right: pair(right_id) > right(id)
                """)), "relationships[0].distribution", "by zipf the first left would have 38 of 200 rows of pair, but there are 8 rows of right to pair with; the surplus goes to the next ones", "Lower the exponent of pair_left"),
            ["generation.unknown_entity"] = (() => Problems(One(Id), new() { Rows = Rows("tt", 5) }), "", "rows were given for tt, which is no entity of d", "Write t"),
            ["generation.rows_range"] = (() => Problems(One(Id), new() { Rows = Rows("t", -1) }), "entities[0].rows", "t: -1 rows were asked for; it can be 0 to", "Ask for"),
            ["generation.rows_per_parent"] = (() => Problems(Two("""{ "kind": "perParent", "min": 1, "max": 2 }""").Replace("\"rows\": 50, ", "", StringComparison.Ordinal), new() { Rows = Rows("child", 5) }), "relationships[0]", "rows were given for child, but the relationship child_parent decides how many there are", "Give rows to parent"),
            ["generation.too_many_rows"] = (() => Problems(Two("""{ "kind": "perParent", "min": 1, "max": 1000000 }""").Replace("\"rows\": 50, ", "", StringComparison.Ordinal), new() { Rows = Rows("parent", 1_000_000_000_000) }), "relationships[0]", "child_parent makes more than", "Lower"),
            ["generation.check_failed"] = (() => Written(One(Id + """, { "name": "above", "type": "integer" }, { "name": "below", "type": "integer", "generator": "expression", "args": { "value": "count(tree)" } }""", check: "below < 3", key: "id").Replace("\"constraints\"", "\"relationships\": [ { \"name\": \"tree\", \"from\": { \"entity\": \"t\", \"fields\": [\"above\"] }, \"to\": { \"entity\": \"t\", \"fields\": [\"id\"] }, \"rootPercent\": 2 } ], \"constraints\"", StringComparison.Ordinal)), "", "the check the_check (below < 3) does not hold, and no field that it names can be drawn again", "Change the check"),
            ["generation.expression_failed"] = (() => Written(One(Number + """, { "name": "x", "type": "integer", "generator": "expression", "args": { "value": "10 / n" } }""")), "", "t.x: division by zero in one of rows 0 to 99", "Guard the expression with case when"),
            ["generation.range"] = (() => Thrown(() => Written(One(Id), (plan, entity) => plan.Write(entity, 90, 20, RowFormat.Csv, Stream.Null))), "", "t has 100 rows; rows 90 to 109 were asked for", "Ask for rows 0 to 99"),
            ["generation.out_of_range"] = (() => Thrown(() => Written(One("""{ "name": "x", "type": "integer", "generator": "sequence", "args": { "start": 3000000000 } }"""), (plan, entity) => Binary(plan, entity, "integer"))), "", "x: 3000000000 does not fit integer", "Narrow the values of x"),
            ["generation.unsupported"] = (() => Thrown(() => Written(One("""{ "name": "x", "type": "integer", "generator": "sequence" }"""), (plan, entity) => Binary(plan, entity, "inet"))), "", "Column x: Integer values cannot be copied into inet", "Change the SQL type of x"),

            // Imports.
            ["import.circle"] = (() => StructureImport.Make(DdlReader.Read("create table a (id int primary key, b int not null); create table b (id int primary key, a int not null references a); alter table a add foreign key (b) references b;"), new("x")).Problems, "a", "point to each other and neither may be null", "Let one of these columns be null"),
            ["import.json_schema_not_json"] = (() => JsonSchema("{"), "", "line 1, column 2: This is not JSON", "Check the brackets"),
            ["import.json_schema_invalid"] = (() => JsonSchema("""{ "properties": { "a": { "type": "text" } } }"""), "/properties/a/type", "must be null, boolean", "Write null, boolean"),
            ["import.json_schema_reference"] = (() => JsonSchema("""{ "properties": { "a": { "$ref": "#/$defs/b" } } }"""), "/properties/a/$ref", "\"#/$defs/b\" leads to nothing", "Correct the reference"),
            ["import.json_schema_endless"] = (() => JsonSchema("""{ "properties": { "a": { "$ref": "#" } }, "required": ["a"] }"""), "/properties/a", "no value has an end", "Take \"a\" out of \"required\""),
            ["import.json_schema_no_object"] = (() => JsonSchema("{}"), "", "nothing to make rows of", "Add properties"),
            ["import.json_schema_too_large"] = (() => JsonSchema(new string(' ', JsonSchemaReader.MaxBytes + 1)), "", "over the limit of 20 MB", "Import a part of it"),
        };

    private static string One(string fields, string? check = null, string? key = null) =>
        $$"""{ "name": "d", "entities": [ { "name": "t", "rows": 100, "fields": [ {{fields}} ], "primaryKey": [{{(key is null ? "" : $"\"{key}\"")}}] } ], "constraints": [ {{(check is null ? "" : $$"""{ "name": "the_check", "entity": "t", "check": "{{check}}" }""")}} ] }""";

    private static string Two(string distribution, string more = "\"nullPercent\": 0", string key = "id") => $$"""
        { "name": "d", "entities": [
          { "name": "parent", "rows": 10, "fields": [ {{Id}} ], "primaryKey": ["id"] },
          { "name": "child", "rows": 50, "fields": [ {{Id}}, { "name": "parent_id", "type": "integer" } ], "primaryKey": [{{string.Join(", ", key.Split(", ").Select(name => $"\"{name}\""))}}] } ],
          "relationships": [ { "name": "child_parent", "from": { "entity": "child", "fields": ["parent_id"] }, "to": { "entity": "parent", "fields": ["id"] }, "distribution": {{distribution}}, {{more}} } ] }
        """;

    private static Dictionary<string, long> Rows(string entity, long rows) => new(StringComparer.Ordinal) { [entity] = rows };

    private static SchemaDocument Document(string json) => SchemaReader.Read(Encoding.UTF8.GetBytes(json)).Document!;

    /// <summary>Of reading, validating and compiling.</summary>
    private static IEnumerable<SchemaProblem> Problems(string json, GenerationOptions? options = null)
    {
        var read = SchemaReader.ReadAndValidate(Encoding.UTF8.GetBytes(json));
        return read.Document is null ? read.Problems : read.Problems.Concat(GenerationPlan.Compile(read.Document, options ?? new()).Problems);
    }

    /// <summary>Of a generator without a schema around it, as the designer tries one.</summary>
    private static IEnumerable<SchemaProblem> Alone(string generator, string args)
    {
        var context = Running.Context(generator, args);
        Running.Create(context);
        return context.Problems;
    }

    private static List<SchemaProblem> Written(string json) => Thrown(() => Written(json, (plan, entity) => plan.Write(entity, 0, entity.Rows, RowFormat.Csv, Stream.Null)));

    private static void Written(string json, Action<GenerationPlan, EntityPlan> write)
    {
        var (plan, problems) = GenerationPlan.Compile(Document(json), new());
        if (plan is null)
            throw new InvalidOperationException(string.Join('\n', problems));
        write(plan, plan.Entities[0]);
    }

    /// <summary>All rows as PostgreSQL's binary COPY into a column of another type than the field's.</summary>
    private static void Binary(GenerationPlan plan, EntityPlan entity, string sqlType)
    {
        var writer = new PostgresBinaryWriter([.. entity.Columns.Select(column => column with { SqlType = sqlType })]);
        plan.Read(entity, [0], frame =>
        {
            writer.Write(new ByteBuffer(64), [frame.Get(0)], 1, 0);
            return 0;
        });
    }

    private static List<SchemaProblem> Thrown(Action act)
    {
        try
        {
            act();
            return [];
        }
        catch (PortalException failure)
        {
            return [new("", failure.Code, failure.Message) { SuggestedActions = failure.SuggestedActions }];
        }
    }
}
