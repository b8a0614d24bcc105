using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Generators;
using TdmPortal.Core.Schemas;
using Xunit;

namespace TdmPortal.Tests.Generation;

/// <summary>
/// A schema document drawn from a seed: a few entities of random fields over the whole catalogue, relationships of every
/// kind that may meet, keys, checks, conditions, and aggregates of parents over their children.
/// </summary>
internal sealed class RandomSchema
{
    private const string Uniform = """{ "kind": "uniform" }""";

    private static readonly GeneratorDefinition[] Catalogue = [.. GeneratorCatalogue.All.Where(one => one.Name is not ("expression" or "date.after" or "states" or "template"))];

    private readonly ulong seed;
    private readonly List<Part> parts = [];
    private readonly List<string> relationships = [];
    private readonly List<string> checks = [];
    private int drawn;

    public RandomSchema(int seed)
    {
        this.seed = (ulong)seed;
        var entities = 2 + Pick(4);
        for (var i = 0; i < entities; i++)
            AddEntity(i);
        if (Chance(40))
            AddCycle();
        Json = $$"""
            { "name": "random_{{seed}}", "entities": [ {{string.Join(",\n", parts.Select(part => part.Json()))}} ],
              "relationships": [ {{string.Join(",\n", relationships)}} ], "constraints": [ {{string.Join(",\n", checks)}} ] }
            """;
    }

    /// <summary>One of the constructs of keys and relationships, as <see cref="CompactSchema"/> has it, with further fields.</summary>
    public RandomSchema(int seed, string construct)
    {
        this.seed = (ulong)seed;
        var document = JsonNode.Parse(CompactSchema.Json(construct))!;
        foreach (var entity in document["entities"]!.AsArray())
        {
            for (var i = 0; i < Pick(4); i++)
                entity!["fields"]!.AsArray().Add(JsonNode.Parse(AnyField($"f{i}", (int?)entity["rows"])));
        }

        Json = document.ToJsonString();
    }

    public string Json { get; }

    /// <summary>The document, which is legal.</summary>
    public SchemaDocument Document()
    {
        var read = SchemaReader.ReadAndValidate(Encoding.UTF8.GetBytes(Json));
        Assert.True(read.Document is not null && read.Problems.All(problem => problem.Severity == ProblemSeverity.Warning), $"schema {seed}: {string.Join('\n', read.Problems)}\n{Json}");
        return read.Document;
    }

    private void AddEntity(int index)
    {
        var part = new Part($"e{index}");
        part.Fields.Add("""{ "name": "amount", "type": "decimal", "precision": 12, "scale": 2, "generator": "number.decimal", "args": { "min": -50, "max": 900 } }""");
        part.Rows = 1 + Pick(600);
        switch (index == 0 ? 9 : Pick(10))
        {
            case 0 or 1 when index >= 2:
                AddJunction(part);
                break;
            case 2:
                AddDetail(part);
                break;
            case 3:
                AddLines(part);
                break;
            default:
                part.Fields.Add("""{ "name": "id", "type": "integer", "generator": "sequence" }""");
                part.Key.Add("id");
                if (index > 0)
                    AddParents(part);
                AddConditions(part);
                break;
        }

        for (var i = 0; i < 2 + Pick(7); i++)
            part.Fields.Add(AnyField($"f{i}", part.Rows));
        AddOthers(part);
        parts.Add(part);
    }

    /// <summary>Two parents that make the key together, no pair twice.</summary>
    private void AddJunction(Part part)
    {
        foreach (var parent in parts.Where(one => one.Key is ["id"]).Take(2).ToList())
        {
            part.Key.Add(AddKeyTo(part, parent));
            Relate(part, parent, Uniform, 0);
        }

        if (part.Key.Count < 2)
            part.Key.Clear();

        // No more pairs than there are; the parents of perParent have a few rows at least.
        part.Rows = 1 + Pick(3);
    }

    /// <summary>At most one for each parent, whose key is its own.</summary>
    private void AddDetail(Part part)
    {
        var parent = parts.First();
        part.Key.Add(AddKeyTo(part, parent));
        part.Rows = 1 + Pick(parent.Rows!.Value);
        Relate(part, parent, Uniform, 0);
    }

    /// <summary>Some for each parent, counted from 1 in each.</summary>
    private void AddLines(Part part)
    {
        var parent = parts[Pick(parts.Count)];
        if (parent.Key is not ["id"])
            parent = parts.First();
        part.Rows = null;
        part.Key.Add(AddKeyTo(part, parent));
        part.Key.Add("line_no");
        part.Fields.Add($$"""{ "name": "line_no", "type": "integer", "generator": "sequence", "args": { "within": "{{part.Name}}_{{parent.Name}}" } }""");
        var min = Pick(3);
        Relate(part, parent, $$"""{ "kind": "perParent", "min": {{min}}, "max": {{min + 1 + Pick(3)}} }""", 0);
    }

    private void AddParents(Part part)
    {
        foreach (var parent in parts.Where(one => one.Key.Count > 0 && Chance(60)).ToList())
        {
            AddKeyTo(part, parent);
            switch (Pick(part.Rows is null ? 2 : 3))
            {
                case 0:
                    Relate(part, parent, Uniform, Chance(40) ? Pick(100) : 0);
                    break;
                case 1:
                    Relate(part, parent, $$"""{ "kind": "zipf", "exponent": {{(0.3 + (Pick(15) / 10.0)).ToString(CultureInfo.InvariantCulture)}} }""", Chance(40) ? Pick(60) : 0);
                    break;
                default:
                    var min = Pick(3);
                    Relate(part, parent, $$"""{ "kind": "perParent", "min": {{min}}, "max": {{min + 1 + Pick(3)}} }""", 0);
                    part.Rows = null;
                    break;
            }
        }

        if (part.Rows is not null && Chance(30))
        {
            part.Fields.Add("""{ "name": "above", "type": "integer" }""");
            relationships.Add($$"""{ "name": "{{part.Name}}_tree", "from": { "entity": "{{part.Name}}", "fields": ["above"] }, "to": { "entity": "{{part.Name}}", "fields": ["id"] }, "distribution": { "kind": "{{(Chance(50) ? "uniform" : "zipf")}}" }, "rootPercent": {{Pick(40)}} }""");
        }
    }

    /// <summary>A way back, which may be null.</summary>
    private void AddCycle()
    {
        var (first, last) = (parts[0], parts[^1]);
        if (last.Key is not ["id"] || first == last)
            return;
        first.Fields.Add("""{ "name": "favourite", "type": "integer" }""");
        relationships.Add($$"""{ "name": "e0_favourite", "from": { "entity": "e0", "fields": ["favourite"] }, "to": { "entity": "{{last.Name}}", "fields": ["id"] }, "distribution": {{Uniform}}, "nullPercent": {{1 + Pick(80)}} }""");
    }

    /// <summary>Fields for a parent's key.</summary>
    /// <returns>The first of them.</returns>
    private static string AddKeyTo(Part part, Part parent)
    {
        foreach (var key in parent.Key)
            part.Fields.Add($$"""{ "name": "{{parent.Name}}_{{key}}", "type": "integer" }""");
        return $"{parent.Name}_{parent.Key[0]}";
    }

    private void Relate(Part child, Part parent, string distribution, int nullPercent)
    {
        var name = $"{child.Name}_{parent.Name}";
        relationships.Add($$"""{ "name": "{{name}}", "from": { "entity": "{{child.Name}}", "fields": [{{string.Join(", ", parent.Key.Select(key => $"\"{parent.Name}_{key}\""))}}] }, "to": { "entity": "{{parent.Name}}", "fields": [{{string.Join(", ", parent.Key.Select(key => $"\"{key}\""))}}] }, "distribution": {{distribution}}, "nullPercent": {{nullPercent}} }""");
        if (Chance(40))
            parent.Fields.Add($$"""{ "name": "count_{{child.Name}}", "type": "integer", "generator": "expression", "args": { "value": "count({{name}})" } }""");
        foreach (var (aggregate, argument) in new[] { ("sum", "amount"), ("min", "amount"), ("max", "amount * 2"), ("avg", "amount") })
        {
            if (Chance(40))
                parent.Fields.Add($$"""{ "name": "{{aggregate}}_{{child.Name}}", "type": "decimal", "precision": 20, "scale": 2, "generator": "expression", "args": { "value": "{{aggregate}}({{name}}, {{argument}})" } }""");
        }

        if (Chance(40))
            child.Fields.Add($$"""{ "name": "amount_of_{{parent.Name}}", "type": "decimal", "precision": 14, "scale": 2, "generator": "expression", "args": { "value": "parent({{name}}).amount + 1" } }""");
    }

    /// <summary>Fields that read others of their row, and keys beside the primary one.</summary>
    private void AddOthers(Part part)
    {
        if (Chance(30))
        {
            part.Fields.Add("""{ "name": "grade", "type": "string", "generator": "choice", "args": { "values": { "a": 3, "b": 2, "c": 1 } }, "nullPercent": 10 }""");
            part.Fields.Add("""{ "name": "detail", "type": "string", "generator": "choice", "args": { "by": "grade", "cases": { "a": ["p", "q"], "b": { "r": 5, "s": 1 } }, "else": ["t"] } }""");
            part.Fields.Add("""{ "name": "tag", "type": "string", "generator": "template", "args": { "value": "{detail}-{##}" } }""");
        }

        if (Chance(30))
        {
            part.Fields.Add("""{ "name": "owner", "type": "string", "generator": "person.fullName" }""");
            part.Fields.Add("""{ "name": "recipient", "type": "string", "generator": "person.fullName", "args": { "of": "recipient" } }""");
        }

        if (Chance(30))
        {
            part.Fields.Add("""{ "name": "pair_a", "type": "integer", "generator": "number.integer", "args": { "min": 1, "max": 200 } }""");
            part.Fields.Add("""{ "name": "pair_b", "type": "string", "generator": "pattern", "args": { "regex": "[a-z]{2,3}" } }""");
            part.Unique.Add("[\"pair_a\", \"pair_b\"]");
        }
    }

    private void AddConditions(Part part)
    {
        if (Chance(50))
            part.Fields.Add("""{ "name": "label", "type": "string", "generator": "expression", "args": { "value": "concat('n', id)" }, "unique": true, "when": "id % 7 != 3" }""");
        if (Chance(50))
            part.Fields.Add("""{ "name": "remark", "type": "string", "maxLength": 20, "generator": "expression", "args": { "value": "concat(substring(upper('much'), 1, 2), id * 3, case when amount > 100 then ' more than a hundred' else '' end)" } }""");
        if (Chance(50))
        {
            part.Fields.Add("""{ "name": "low", "type": "integer", "generator": "number.integer", "args": { "min": 1, "max": 100 } }""");
            part.Fields.Add("""{ "name": "high", "type": "integer", "generator": "number.integer", "args": { "min": 1, "max": 100 }, "nullPercent": 20 }""");
            checks.Add($$"""{ "name": "{{part.Name}}_order", "entity": "{{part.Name}}", "check": "low <= high or high is null" }""");
        }

        if (Chance(50))
        {
            part.Fields.Add("""{ "name": "begun", "type": "timestamp", "generator": "date.past" }""");
            part.Fields.Add("""{ "name": "ended", "type": "timestamp", "generator": "date.after", "args": { "of": "begun", "min": "1h", "max": "90d", "until": "now" } }""");
            checks.Add($$"""{ "name": "{{part.Name}}_dates", "entity": "{{part.Name}}", "check": "ended is null or ended > begun" }""");
        }
    }

    private string AnyField(string name, int? rows)
    {
        var definition = Catalogue[Pick(Catalogue.Length)];
        var type = definition.Name is "choice" or "constant" or "pattern" or "bogus" ? definition.Types[0] : definition.Types[Pick(definition.Types.Count)];
        int? maxLength = type == FieldType.String && definition.Name != "uuid" && !definition.Name.StartsWith("uuid.", StringComparison.Ordinal) && Chance(30) ? 60 + Pick(60) : null;
        var text = new StringBuilder($$"""{ "name": "{{name}}", "type": "{{FieldTypeNames.Of(type)}}", "generator": "{{definition.Name}}" """);
        if (definition.ExampleArguments.Count > 0)
            text.Append(CultureInfo.InvariantCulture, $", \"args\": {{ {string.Join(", ", definition.ExampleArguments.Select(pair => $"{JsonSerializer.Serialize(pair.Key)}: {pair.Value.GetRawText()}"))} }}");
        if (maxLength is not null)
            text.Append(CultureInfo.InvariantCulture, $", \"maxLength\": {maxLength}");
        if (type != FieldType.Json && Chance(30) && GeneratorCatalogue.Capacity(definition.Name, definition.ExampleArguments, type, "en", maxLength) >= (rows ?? 5000))
            text.Append(", \"unique\": true");
        else if (Chance(25))
            text.Append(CultureInfo.InvariantCulture, $", \"nullPercent\": {Pick(101)}");
        else if (Chance(15))
            text.Append(", \"array\": { \"min\": 0, \"max\": 3 }");
        return text.Append(" }").ToString();
    }

    private bool Chance(int percent) => Pick(100) < percent;

    private int Pick(int count) => (int)Randomness.Bounded(Randomness.Cell(seed, drawn++), (ulong)count);

    private sealed class Part(string name)
    {
        public string Name => name;

        public int? Rows { get; set; }

        public List<string> Fields { get; } = [];

        public List<string> Key { get; } = [];

        public List<string> Unique { get; } = [];

        public string Json() =>
            $$"""{ "name": "{{name}}", {{(Rows is { } rows ? $"\"rows\": {rows}, " : "")}}"fields": [ {{string.Join(",\n", Fields)}} ], "primaryKey": [{{string.Join(", ", Key.Select(key => $"\"{key}\""))}}], "unique": [{{string.Join(", ", Unique)}}] }""";
    }
}
