using System.Globalization;

namespace TdmPortal.Tests.Generation;

/// <summary>
/// A schema document in few words, for tests of keys and relationships:
/// <code>
/// tenant 20: id=seq | id
/// order 900: tenant_id no=seq(order_tenant) code=1..50 lines=count(line_order) | tenant_id,no | code
/// order_tenant: order(tenant_id) > tenant(id) zipf 1.1 null 10
/// </code>
/// A line is an entity with its rows (none for perParent), its fields, its primary key and its unique keys ("-" for no
/// primary key), or a relationship. Fields without a generator are integers that a relationship fills.
/// </summary>
internal static class CompactSchema
{
    public static string Json(string text)
    {
        var (entities, relationships) = (new List<string>(), new List<string>());
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var (head, body) = (line[..line.IndexOf(':', StringComparison.Ordinal)], line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim());
            if (body.Contains('>', StringComparison.Ordinal))
                relationships.Add(Relationship(head, body.Split(' ', StringSplitOptions.RemoveEmptyEntries)));
            else
                entities.Add(Entity(head.Split(' '), body.Split('|', StringSplitOptions.TrimEntries)));
        }

        return $$"""{ "name": "compact", "entities": [ {{string.Join(",\n", entities)}} ], "relationships": [ {{string.Join(",\n", relationships)}} ] }""";
    }

    private static string Entity(string[] head, string[] body)
    {
        var rows = head.Length > 1 ? $"\"rows\": {head[1]}, " : "";
        var keys = body.Skip(2).Select(key => $"[{Names(key)}]");
        return $$"""{ "name": "{{head[0]}}", {{rows}}"fields": [ {{string.Join(", ", body[0].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Field))}} ], "primaryKey": [{{(body.Length < 2 || body[1] == "-" ? "" : Names(body[1]))}}], "unique": [{{string.Join(", ", keys)}}] }""";
    }

    private static string Field(string text)
    {
        var (name, value) = text.Split('=') is [var left, var right] ? (left, right) : (text, "");
        var generator = value switch
        {
            "" => "",
            "seq" => ", \"generator\": \"sequence\"",
            _ when value.StartsWith("seq(", StringComparison.Ordinal) => $$""", "generator": "sequence", "args": { "within": "{{value[4..^1]}}" }""",
            _ when value.Contains("..", StringComparison.Ordinal) => $$""", "generator": "number.integer", "args": { "min": {{value.Split("..")[0]}}, "max": {{value.Split("..")[1]}} }""",
            _ => $$""", "generator": "expression", "args": { "value": "{{value}}" }""",
        };
        return $$"""{ "name": "{{name}}", "type": "integer"{{generator}} }""";
    }

    private static string Relationship(string name, string[] words)
    {
        static string End(string text) => $$"""{ "entity": "{{text[..text.IndexOf('(', StringComparison.Ordinal)]}}", "fields": [{{Names(text[(text.IndexOf('(', StringComparison.Ordinal) + 1)..^1])}}] }""";
        var at = Array.IndexOf(words, "perParent");
        var distribution = at > 0 ? $$"""{ "kind": "perParent", "min": {{words[at + 1]}}, "max": {{words[at + 2]}} }"""
            : Array.IndexOf(words, "zipf") is > 0 and var z ? $$"""{ "kind": "zipf", "exponent": {{words[z + 1]}} }""" : """{ "kind": "uniform" }""";
        var share = Array.IndexOf(words, "null") is > 0 and var n ? $", \"nullPercent\": {words[n + 1]}" : Array.IndexOf(words, "root") is > 0 and var r ? $", \"rootPercent\": {words[r + 1]}" : "";
        return string.Create(CultureInfo.InvariantCulture, $$"""{ "name": "{{name}}", "from": {{End(words[0])}}, "to": {{End(words[2])}}, "distribution": {{distribution}}{{share}} }""");
    }

    private static string Names(string list) => string.Join(", ", list.Split(',', StringSplitOptions.TrimEntries).Select(name => $"\"{name}\""));
}
