using System.Text;
using System.Text.Json.Nodes;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Import;
using TdmPortal.Core.Schemas;
using TdmPortal.Tests.Testing;
using Xunit;

namespace TdmPortal.Tests.Import;

/// <summary>JSON Schemas of all drafts, and OpenAPI, become documents whose rows are values that the schemas allow.</summary>
[Trait("Requirement", "D7")]
public sealed class JsonSchemaReaderTests
{
    /// <summary>Files, the entities to look at with the schema of their values, lists by entity, and how many places are not kept to.</summary>
    public static TheoryData<string, string, string, int> Schemas() => new()
    {
        { "order.2020-12", "order=", "line=lines line_serials=serials", 2 },
        { "petstore.openapi-3.0", "pet=/components/schemas/Pet owner=/components/schemas/Owner category=/components/schemas/Category", "tag=tags visit=visits", 1 },
        { "inventory.draft-4", "warehouse=/definitions/warehouse products=/properties/products/items", "products_stock=stock", 0 },
        { "catalogue.draft-7", "category=", "", 2 },
        { "patient.2019-09", "patient=/$defs/patient physician=/$defs/physician", "patient_emergency_contacts=emergencyContacts patient_stays=stays", 1 },
        { "event.draft-6", "events_of_a_web_site=/items", "", 1 },
    };

    [Theory]
    [MemberData(nameof(Schemas))]
    public void Read_Schema_RowsAreValuesOfIt(string file, string entities, string lists, int notKept)
    {
        var json = File.ReadAllBytes(Repository.PathOf("TdmPortal.Tests", "Import", "JsonSchemas", file + ".json"));
        var imported = StructureImport.Make(JsonSchemaReader.Read(json, "root"), new("made") { Rows = 40, ChildRows = 80 });

        TestContext.Current.TestOutputHelper?.WriteLine(string.Join('\n', imported.NotUnderstood.Select(one => $"{one.Name}: {one.Why} {one.Definition}")) + "\n" + Encoding.UTF8.GetString(SchemaWriter.Write(imported.Document)));
        Assert.Empty(GenerationPlan.Compile(imported.Document, new()).Problems.Where(problem => problem.Severity == ProblemSeverity.Error));
        Assert.Equal(notKept, imported.NotUnderstood.Count);
        Assert.All(imported.NotUnderstood, one => Assert.StartsWith("/", one.Name, StringComparison.Ordinal));
        var rows = new JsonSchemaRows(imported.Document, Pairs(lists));
        var root = JsonNode.Parse(json)!;
        var check = new JsonSchemaCheck(root);
        foreach (var (entity, pointer) in Pairs(entities))
        {
            var schema = pointer.Split('/', StringSplitOptions.RemoveEmptyEntries).Aggregate(root, (node, step) => node[step]!);
            Assert.NotEmpty(rows.Of(entity));
            Assert.All(rows.Of(entity), row => Assert.Null(check.Of(row, schema, entity)));
        }
    }

    [Fact]
    public void Read_ObjectsInside_BecomeColumnsTablesAndKeys()
    {
        var document = Made(File.ReadAllText(Repository.PathOf("TdmPortal.Tests", "Import", "JsonSchemas", "order.2020-12.json")), out var notUnderstood);

        Assert.Equal(["order", "customer", "line", "line_serials"], document.Entities.Select(entity => entity.Name));
        Assert.Equal("Order: An order of the web shop", document.Entities[0].Description);
        var order = document.Entities[0];
        Assert.Equal(["order_id"], order.PrimaryKey);
        Assert.Equal(("Number on the invoice", "orderId", "pattern"), (order.Fields[0].Description, order.Fields[0].Column, order.Fields[0].Generator));
        Assert.Equal(("billing.city", "billing_street is not null", "address.city", null), Of(order, "billing_city"));
        Assert.Equal(("billing.street", null, "address.street", 10.0), Of(order, "billing_street"));
        Assert.Equal(("shipping.geo.lon", "shipping_geo_lat is not null", "number.decimal", null), Of(order, "shipping_geo_lon"));
        Assert.Equal(("internet.email", 120), (document.Entities[1].Fields.Single(field => field.Name == "email").Generator, document.Entities[1].Fields.Single(field => field.Name == "email").MaxLength));
        Assert.Equal(["order_customer customer", "line_order order 1..4", "line_serials_line line 1..2"], document.Relationships.Select(link => $"{link.Name} {link.To.Entity} {(link.Distribution is { } spread ? $"{spread.Min}..{spread.Max}" : "")}".TrimEnd()));
        Assert.Contains(document.Constraints, one => one.Check == "(gift_message is null) or (gift is not null)");
        Assert.Equal(["/x-owner", "/properties/note/x-hint"], notUnderstood.Select(one => one.Name));
    }

    private static (string?, string?, string?, double?) Of(EntityDefinition entity, string name) => entity.Fields.Single(field => field.Name == name) is var field ? (field.Column, field.When, field.Generator, field.NullPercent) : default;

    [Theory]
    // A list of those that say whose they are, though none needs to be.
    [InlineData("""{ "$ref": "#/$defs/a", "$defs": { "a": { "properties": { "n": { "type": "integer" }, "b": { "$ref": "#/$defs/b" } } }, "b": { "properties": { "m": { "type": "integer" }, "as": { "type": "array", "items": { "$ref": "#/$defs/a" } } } } } }""", "a,b", "a_b:a>b")]
    // Each of two lists the other.
    [InlineData("""{ "components": { "schemas": { "user": { "required": ["id"], "properties": { "id": { "type": "integer" }, "groups": { "type": "array", "items": { "$ref": "#/components/schemas/group" } } } }, "group": { "required": ["id"], "properties": { "id": { "type": "string", "format": "uuid" }, "users": { "type": "array", "items": { "$ref": "#/components/schemas/user" } } } } } } }""", "user,group,user_groups", "user_groups_user:user_groups>user user_groups_group:user_groups>group")]
    // One that several list.
    [InlineData("""{ "definitions": { "post": { "properties": { "id": { "type": "integer" }, "tags": { "type": "array", "items": { "$ref": "#/definitions/tag" } } } }, "page": { "properties": { "id": { "type": "integer" }, "tags": { "type": "array", "items": { "$ref": "#/definitions/tag" } } } }, "tag": { "properties": { "id": { "type": "integer" } } } } }""", "post,page,tag,post_tags,page_tags", "post_tags_post:post_tags>post post_tags_tag:post_tags>tag page_tags_page:page_tags>page page_tags_tag:page_tags>tag")]
    // A list and the way back are one relationship.
    [InlineData("""{ "definitions": { "author": { "properties": { "id": { "type": "integer" }, "books": { "type": "array", "items": { "$ref": "#/definitions/book" } } } }, "book": { "required": ["author"], "properties": { "id": { "type": "integer" }, "author": { "$ref": "#/definitions/author" } } } } }""", "author,book", "book_author:book>author")]
    // Addresses of two kinds of owners are two tables, and only columns where there is one.
    [InlineData("""{ "definitions": { "shop": { "properties": { "id": { "type": "integer" }, "a": { "type": "array", "items": { "$ref": "#/definitions/address" } } } }, "person": { "properties": { "id": { "type": "integer" }, "a": { "type": "array", "items": { "$ref": "#/definitions/address" } }, "home": { "$ref": "#/definitions/address" } } }, "address": { "properties": { "city": { "type": "string" } } } } }""", "shop,person,shop_a,person_a", "shop_a_shop:shop_a>shop person_a_person:person_a>person")]
    public void Read_References_BecomeRelationships(string schema, string entities, string relationships)
    {
        var document = Made(schema, out _);

        Assert.Equal(entities.Split(','), document.Entities.Select(entity => entity.Name));
        Assert.Equal(relationships.Split(' '), document.Relationships.Select(link => $"{link.Name}:{link.From.Entity}>{link.To.Entity}"));
    }

    [Theory]
    [InlineData("""{ "$ref": "https://example.com/common.json#/address" }""", "/properties/x/$ref")]
    [InlineData("""{ "type": "string", "format": "iso-9000" }""", "/properties/x/format")]
    [InlineData("""{ "type": "string", "pattern": "(?=a)b" }""", "x_pattern")]
    [InlineData("""{ "type": "array", "items": { "type": "string" }, "uniqueItems": true, "minItems": 3 }""", "/properties/x/uniqueItems")]
    [InlineData("""{ "type": "object", "properties": { "a": { "type": "integer" } }, "if": { "required": ["a"] } }""", "/properties/x/if")]
    [InlineData("""{ "oneOf": [{ "type": "integer" }, { "type": "string" }] }""", "/properties/x/oneOf")]
    [InlineData("""{ "type": "array", "contains": { "const": 1 }, "items": { "type": "integer" } }""", "/properties/x/contains")]
    [InlineData("""{ "type": "string", "not": { "format": "date" } }""", "/properties/x/not")]
    [InlineData("""{ "type": "string", "colour": "blue" }""", "/properties/x/colour")]
    [InlineData("""{ "enum": [] }""", null)]
    public void Read_WhatIsNotKept_IsListedWithItsPointer(string schema, string? pointer)
    {
        if (pointer is null)
        {
            Assert.Throws<JsonSchemaException>(() => Made("{ \"properties\": { \"x\": " + schema + " } }", out _));
            return;
        }

        var document = Made("{ \"properties\": { \"x\": " + schema + " } }", out var notUnderstood);

        Assert.NotEmpty(document.Entities);
        Assert.Equal([pointer], notUnderstood.Select(one => one.Name));
    }

    [Theory]
    [InlineData("a: 1", "import.json_schema_not_json", "", "line 1, column 1: This is not JSON", "Turn YAML into JSON first")]
    [InlineData("""{ "type": "object" """, "import.json_schema_not_json", "", "line 1", "Check the brackets")]
    [InlineData("[]", "import.json_schema_invalid", "", "an object in braces", "Import rows")]
    [InlineData("{}", "import.json_schema_no_object", "", "nothing to make rows of", "Add properties")]
    [InlineData("""{ "type": "string" }""", "import.json_schema_no_object", "", "nothing to make rows of", "Add properties")]
    [InlineData("""{ "properties": [] }""", "import.json_schema_invalid", "/properties", "must be an object", "Write an object")]
    [InlineData("""{ "properties": { "a/b": { "type": "text" } } }""", "import.json_schema_invalid", "/properties/a~1b/type", "null, boolean", "Write null")]
    [InlineData("""{ "properties": { "a": { "minimum": "1" } } }""", "import.json_schema_invalid", "/properties/a/minimum", "a number", "Write a number")]
    [InlineData("""{ "properties": { "a": { "maxLength": -1 } } }""", "import.json_schema_invalid", "/properties/a/maxLength", "0 or more", "Write a whole")]
    [InlineData("""{ "properties": { "a": { "$ref": "#/definitions/a" } } }""", "import.json_schema_reference", "/properties/a/$ref", "leads to nothing", "Correct the reference")]
    [InlineData("""{ "properties": { "a": { "$ref": "#/$defs/a" } }, "$defs": { "a": { "$ref": "#/$defs/b" }, "b": { "allOf": [{ "$ref": "#/$defs/a" }, { "type": "string" }] } } }""", "import.json_schema_endless", "/$defs/a", "refers to itself", "Remove the circle")]
    [InlineData("""{ "properties": { "n": { "type": "integer" }, "next": { "$ref": "#" } }, "required": ["next"] }""", "import.json_schema_endless", "/properties/next", "no value has an end", "Take \"next\" out")]
    [InlineData("""{ "properties": { "all": { "type": "array", "minItems": 1, "items": { "$ref": "#" } }, "n": { "type": "string" } }, "required": ["all"] }""", "import.json_schema_endless", "/properties/all", "no value has an end", "Take \"all\" out")]
    public void Read_Mistake_IsToldWithItsPlace(string schema, string code, string path, string message, string action)
    {
        var problem = Assert.Throws<JsonSchemaException>(() => Made(schema, out _)).Problems[0];

        Assert.Equal((code, path), (problem.Code, problem.Path));
        Assert.Contains(message, problem.Message, StringComparison.Ordinal);
        Assert.Contains(problem.SuggestedActions, one => one.StartsWith(action, StringComparison.Ordinal));
    }

    [Fact]
    public void Read_SeveralMistakes_AreAllTold()
    {
        var failure = Assert.Throws<JsonSchemaException>(() => Made("""{ "properties": { "a": { "type": 1 }, "b": { "items": 7 }, "c": { "properties": { "d": { "enum": 3 } } } } }""", out _));

        Assert.Equal(["/properties/a/type", "/properties/b/items", "/properties/c/properties/d/enum"], failure.Problems.Select(one => one.Path));
        Assert.StartsWith("The JSON Schema has 3 mistakes, the first: /properties/a/type: ", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_References_DoNotUnfoldWithoutEnd()
    {
        // Each definition has the one before it in two places: 2^40 columns, 2^40 parts.
        static string Chain(int length, string each) =>
            """{ "$ref": "#/$defs/d@", "$defs": { "d0": { "properties": { "n": { "type": "integer" } } }""".Replace("@", $"{length}", StringComparison.Ordinal)
            + string.Concat(Enumerable.Range(1, length).Select(i => $", \"d{i}\": {each.Replace("@", $"\"#/$defs/d{i - 1}\"", StringComparison.Ordinal)}")) + "} }";

        Assert.True(Made(Chain(40, """{ "properties": { "a": { "$ref": @ }, "b": { "$ref": @ } } }"""), out _).Entities[0].Fields.Count <= 1000);
        Assert.Equal("import.json_schema_too_large", Assert.Throws<JsonSchemaException>(() => Made(Chain(40, """{ "allOf": [{ "$ref": @ }, { "$ref": @ }] }"""), out _)).Code);
        Assert.Equal("import.json_schema_too_large", Assert.Throws<JsonSchemaException>(() => Made(Chain(300, """{ "properties": { "a": { "$ref": @ } } }"""), out _)).Code);
        Assert.Equal("import.json_schema_not_json", Assert.Throws<JsonSchemaException>(() => Made(string.Concat(Enumerable.Repeat("{\"a\":", 200)) + "1" + new string('}', 200), out _)).Code);
    }

    private static SchemaDocument Made(string schema, out IReadOnlyList<NotUnderstood> notUnderstood)
    {
        var imported = StructureImport.Make(JsonSchemaReader.Read(Encoding.UTF8.GetBytes(schema), "root"), new("made") { Rows = 20, ChildRows = 40 });
        notUnderstood = imported.NotUnderstood;
        Assert.Empty(GenerationPlan.Compile(imported.Document, new()).Problems.Where(problem => problem.Severity == ProblemSeverity.Error));
        return imported.Document;
    }

    private static Dictionary<string, string> Pairs(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
}
