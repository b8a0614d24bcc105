using System.Globalization;
using System.Text;
using System.Text.Json;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Generators;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Tests.Generation;

/// <summary>
/// A schema document drawn from a seed: a few entities of random fields over the whole catalogue, relationships of every
/// kind that may meet, keys, checks, conditions, and aggregates of parents over their children.
/// </summary>
internal sealed class RandomSchema
{
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
        Json = $$"""
            { "name": "random_{{seed}}", "entities": [ {{string.Join(",\n", parts.Select(part => part.Json(seed)))}} ],
              "relationships": [ {{string.Join(",\n", relationships)}} ], "constraints": [ {{string.Join(",\n", checks)}} ] }
            """;
    }

    public string Json { get; }

    /// <summary>Queries that find rows of parents whose aggregate is not that of the children in the database; each must find none.</summary>
    public List<string> Disagreements { get; } = [];

    private void AddEntity(int index)
    {
        var part = new Part($"e{index}");
        var isJunction = index >= 2 && Chance(25);
        if (!isJunction)
        {
            part.Fields.Add("""{ "name": "id", "type": "integer", "generator": "sequence" }""");
            part.Key.Add("id");
        }

        part.Rows = isJunction ? 40 + Pick(100) : 1 + Pick(600);
        part.Fields.Add("""{ "name": "amount", "type": "decimal", "precision": 12, "scale": 2, "generator": "number.decimal", "args": { "min": -50, "max": 900 } }""");
        for (var i = 0; i < 2 + Pick(7); i++)
            part.Fields.Add(AnyField($"f{i}"));
        if (isJunction)
            AddJunction(part);
        else if (index > 0)
            AddParents(part);
        if (!isJunction)
            AddConditions(part);
        parts.Add(part);
    }

    private void AddJunction(Part part)
    {
        foreach (var parent in parts.Where(one => one.Key is ["id"]).Take(2).ToList())
        {
            var field = $"{parent.Name}_id";
            part.Fields.Add($$"""{ "name": "{{field}}", "type": "integer" }""");
            part.Key.Add(field);
            Relate(part, parent, field, """{ "kind": "uniform" }""", 0);
        }

        if (part.Key.Count < 2)
        {
            part.Key.Clear();
            return;
        }

        // No more pairs than there are; the parents of perParent have a few rows at least.
        part.Rows = 1 + Pick(3);
    }

    private void AddParents(Part part)
    {
        foreach (var parent in parts.Where(one => one.Key is ["id"] && Chance(60)).ToList())
        {
            var field = $"{parent.Name}_id";
            part.Fields.Add($$"""{ "name": "{{field}}", "type": "integer" }""");
            switch (Pick(part.Rows is null ? 2 : 3))
            {
                case 0:
                    Relate(part, parent, field, """{ "kind": "uniform" }""", Chance(40) ? Pick(100) : 0);
                    break;
                case 1:
                    Relate(part, parent, field, $$"""{ "kind": "zipf", "exponent": {{(0.3 + (Pick(15) / 10.0)).ToString(CultureInfo.InvariantCulture)}} }""", Chance(40) ? Pick(60) : 0);
                    break;
                default:
                    var min = Pick(3);
                    Relate(part, parent, field, $$"""{ "kind": "perParent", "min": {{min}}, "max": {{min + 1 + Pick(3)}} }""", 0);
                    part.Rows = null;
                    break;
            }
        }

        if (part.Rows is not null && Chance(30))
        {
            part.Fields.Add("""{ "name": "above", "type": "integer" }""");
            relationships.Add($$"""{ "name": "{{part.Name}}_tree", "from": { "entity": "{{part.Name}}", "fields": ["above"] }, "to": { "entity": "{{part.Name}}", "fields": ["id"] }, "rootPercent": {{Pick(40)}} }""");
        }
    }

    private void Relate(Part child, Part parent, string field, string distribution, int nullPercent)
    {
        var name = $"{child.Name}_{parent.Name}";
        relationships.Add($$"""{ "name": "{{name}}", "from": { "entity": "{{child.Name}}", "fields": ["{{field}}"] }, "to": { "entity": "{{parent.Name}}", "fields": ["id"] }, "distribution": {{distribution}}, "nullPercent": {{nullPercent}} }""");
        foreach (var (aggregate, argument) in new[] { ("count", ""), ("sum", ", amount"), ("min", ", amount"), ("max", ", amount * 2") })
        {
            if (!Chance(40))
                continue;
            var of = $"{aggregate}_{child.Name}";
            parent.Fields.Add($$"""{ "name": "{{of}}", "type": "{{(argument.Length == 0 ? "integer" : "decimal")}}", "precision": 20, "scale": 2, "generator": "expression", "args": { "value": "{{aggregate}}({{name}}{{argument}})" } }""".Replace(argument.Length == 0 ? ", \"precision\": 20, \"scale\": 2" : "\0", "", StringComparison.Ordinal));
            Disagreements.Add($"SELECT count(*) FROM s{seed}.{parent.Name} p WHERE p.{of} IS DISTINCT FROM (SELECT {aggregate}({(argument.Length == 0 ? "*" : argument[2..])}) FROM s{seed}.{child.Name} c WHERE c.{field} = p.id)");
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

    private string AnyField(string name)
    {
        var definition = Catalogue[Pick(Catalogue.Length)];
        var type = definition.Name is "choice" or "constant" or "pattern" or "bogus" ? definition.Types[0] : definition.Types[Pick(definition.Types.Count)];
        var text = new StringBuilder($$"""{ "name": "{{name}}", "type": "{{FieldTypeNames.Of(type)}}", "generator": "{{definition.Name}}" """);
        if (definition.ExampleArguments.Count > 0)
            text.Append(CultureInfo.InvariantCulture, $", \"args\": {{ {string.Join(", ", definition.ExampleArguments.Select(pair => $"{JsonSerializer.Serialize(pair.Key)}: {pair.Value.GetRawText()}"))} }}");
        if (type == FieldType.String && definition.Name != "uuid" && !definition.Name.StartsWith("uuid.", StringComparison.Ordinal) && Chance(30))
            text.Append(CultureInfo.InvariantCulture, $", \"maxLength\": {60 + Pick(60)}");
        if (Chance(25))
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

        public string Json(int schema) =>
            $$"""{ "name": "{{name}}", "table": { "schema": "s{{schema}}", "name": "{{name}}" }, {{(Rows is { } rows ? $"\"rows\": {rows}, " : "")}}"fields": [ {{string.Join(",\n", Fields)}} ], "primaryKey": [{{string.Join(", ", Key.Select(key => $"\"{key}\""))}}] }""";
    }
}
