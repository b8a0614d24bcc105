using System.Text.Json.Nodes;
using TdmPortal.Core.Formats;
using TdmPortal.Core.Generation;
using TdmPortal.Core.Schemas;
using Xunit;

namespace TdmPortal.Tests.Import;

/// <summary>Generated rows of an imported JSON Schema put back into the values that it describes.</summary>
internal sealed class JsonSchemaRows
{
    private const int Deepest = 3;
    private readonly SchemaDocument document;
    private readonly Dictionary<string, List<JsonObject>> rows = new(StringComparer.Ordinal);

    /// <param name="lists">Entities that are lists of others, with the path of the list; of a table of pairs the list that it is.</param>
    public JsonSchemaRows(SchemaDocument document, IReadOnlyDictionary<string, string> lists)
    {
        (this.document, Lists) = (document, lists);
        var plan = GenerationPlan.Compile(document, new()).Plan!;
        foreach (var entity in plan.Entities)
        {
            using var stream = new MemoryStream();
            plan.Write(entity, 0, Math.Min(entity.Rows, 3000), RowFormat.Json, stream, 1, null, TestContext.Current.CancellationToken);
            rows.Add(entity.Name, [.. ((JsonArray)JsonNode.Parse(stream.ToArray())!).Select(row => (JsonObject)row!)]);
        }
    }

    private IReadOnlyDictionary<string, string> Lists { get; }

    public IEnumerable<JsonObject> Of(string entity) => rows[entity].Select(row => Value(entity, row, 0));

    private JsonObject Value(string entity, JsonObject row, int depth)
    {
        var value = new JsonObject();
        var definition = document.Entities.Single(one => one.Name == entity);
        foreach (var field in definition.Fields)
        {
            var path = field.Column ?? field.Name;
            if (path.StartsWith('_') || row[field.Name] is not { } cell)
                continue;
            if (document.Relationships.SingleOrDefault(one => one.From.Entity == entity && one.From.Fields[0] == field.Name) is { } link)
            {
                if (depth < Deepest)
                    Put(value, path[..path.LastIndexOf('.')], Value(link.To.Entity, Parent(link, cell), depth + 1));
            }
            else
            {
                Put(value, path, cell.DeepClone());
            }
        }

        foreach (var link in document.Relationships.Where(one => one.To.Entity == entity && Lists.ContainsKey(one.From.Entity) && depth < Deepest && IsList(one)))
        {
            var children = rows[link.From.Entity].Where(child => JsonNode.DeepEquals(child[link.From.Fields[0]], row[link.To.Fields[0]]));
            var pair = document.Relationships.SingleOrDefault(one => one != link && one.From.Entity == link.From.Entity && IsList(one));
            Put(value, Lists[link.From.Entity], new JsonArray([.. children.Select(child => pair is null ? Value(link.From.Entity, child, depth + 1) : Value(pair.To.Entity, Parent(pair, child[pair.From.Fields[0]]!), depth + 1))]));
        }

        return value;
    }

    /// <summary>Keys that the JSON has not begin with an underscore.</summary>
    private bool IsList(RelationshipDefinition link) => document.Entities.Single(one => one.Name == link.From.Entity).Fields.Single(field => field.Name == link.From.Fields[0]).Column?.StartsWith('_') == true;

    private JsonObject Parent(RelationshipDefinition link, JsonNode key) => rows[link.To.Entity].First(row => JsonNode.DeepEquals(row[link.To.Fields[0]], key));

    private static void Put(JsonObject into, string path, JsonNode value)
    {
        var steps = path.Split('.');
        foreach (var step in steps[..^1])
            into = (JsonObject)(into[step] ??= new JsonObject());
        into[steps[^1]] = value;
    }
}
