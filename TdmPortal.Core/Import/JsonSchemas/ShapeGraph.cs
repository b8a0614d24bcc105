using System.Text.Json;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Import.JsonSchemas;

/// <summary>The objects of a JSON Schema, and which are inside of which.</summary>
internal sealed class ShapeGraph
{
    private const int Deepest = 200;
    private static readonly string[] Keys = ["id", "uuid", "guid", "key"];
    private readonly Dictionary<string, ObjectNode> byKey = new(StringComparer.Ordinal);
    private readonly SchemaReport report;
    private readonly SchemaResources resources;
    private readonly List<ObjectNode> way = [];

    public ShapeGraph(SchemaResources resources, SchemaReport report)
    {
        (this.resources, this.report) = (resources, report);
        Reader = new(resources, report);
        Start();
        report.ThrowIfWrong();
        foreach (var node in byKey.Values)
            node.State = 0;
        foreach (var node in byKey.Values)
            FindEndless(node);
    }

    public ShapeReader Reader { get; }

    public IEnumerable<ObjectNode> Objects => byKey.Values;

    /// <summary>Objects whose rows stand by themselves, each with the name that the schema gives it.</summary>
    public List<ObjectNode> Roots { get; } = [];

    /// <summary>Null where it is no object with members that are named.</summary>
    public ObjectNode? Find(IReadOnlyList<SchemaPart> parts) => byKey.GetValueOrDefault(Reader.KeyOf(parts));

    private void Start()
    {
        var root = resources.Root;
        var definitions = Definitions(root);
        var isWhole = definitions.Count == 0 || (root.Get("openapi") is null && root.Get("swagger") is null && root.Get("components") is null && new[] { "type", "properties", "items", "$ref", "allOf", "anyOf", "oneOf" }.Any(keyword => root.Get(keyword) is not null));
        if (isWhole)
        {
            var shape = Reader.Read([root]);
            var parts = shape.Kind == JsonKinds.Array && !shape.IsTuple ? shape.Items : [root];
            if (Reader.Read(parts).IsObject)
                Begin(parts, shape.Kind == JsonKinds.Array && shape.Title is { Length: > 0 and < LegalNames.MaxLength } title ? title : null);
        }
        else
        {
            // What others are only made of is no object of its own, unless there is nothing else.
            var bases = definitions.Where(IsBase(definitions)).Select(one => one.Pointer).ToHashSet(StringComparer.Ordinal);
            foreach (var definition in definitions.Where(one => bases.Count == definitions.Count || !bases.Contains(one.Pointer)))
            {
                if (Reader.Read([definition]).IsObject)
                    Begin([definition], definition.Name);
            }

            // An address that customers have is columns of theirs, not rows of its own.
            var inside = byKey.Values.SelectMany(node => node.Edges).Select(edge => edge.To).ToHashSet();
            foreach (var node in Roots.Where(node => node is { KeyMember: null, IsRecursive: false } && inside.Contains(node)))
                node.IsRoot = false;
            Roots.RemoveAll(node => !node.IsRoot);
        }

        report.ThrowIfWrong();
        if (Roots.Count == 0)
            throw report.Stop("", "import.json_schema_no_object", "It describes no object with members that are named, so there is nothing to make rows of.", "Add properties", "Import a file with rows, from which types are learned");
    }

    private static List<SchemaPart> Definitions(SchemaPart root)
    {
        var found = new List<SchemaPart>();
        void Take(SchemaPart from, string keyword)
        {
            if (from.Get(keyword) is not { ValueKind: JsonValueKind.Object } some)
                return;
            var all = from.At(some, keyword);
            found.AddRange(some.EnumerateObject().Where(one => one.Value.ValueKind == JsonValueKind.Object).Select(one => all.At(one.Value, one.Name)));
        }

        if (root.Get("components") is { ValueKind: JsonValueKind.Object } components)
            Take(root.At(components, "components"), "schemas");
        Take(root, "$defs");
        Take(root, "definitions");
        return found;
    }

    /// <summary>Definitions that stand in an allOf of another and are not referred to in any other way.</summary>
    private Func<SchemaPart, bool> IsBase(List<SchemaPart> definitions)
    {
        var (merged, used) = (new HashSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        void Visit(JsonElement element, bool isMerged)
        {
            if (element.ValueKind == JsonValueKind.Array)
            {
                foreach (var item in element.EnumerateArray())
                    Visit(item, isMerged);
            }
            else if (element.ValueKind == JsonValueKind.Object)
            {
                foreach (var member in element.EnumerateObject())
                {
                    if (member is { Name: "$ref", Value.ValueKind: JsonValueKind.String } && resources.Resolve(member.Value.GetString()!) is { } target)
                        (isMerged ? merged : used).Add(target.Pointer);
                    else
                        Visit(member.Value, member.Name == "allOf" && element.TryGetProperty("allOf", out var all) && all.ValueKind == JsonValueKind.Array && (all.GetArrayLength() > 1 || element.TryGetProperty("properties", out _)));
                }
            }
        }

        foreach (var definition in definitions)
            Visit(definition.Element, isMerged: false);
        return one => merged.Contains(one.Pointer) && !used.Contains(one.Pointer);
    }

    private void Begin(IReadOnlyList<SchemaPart> parts, string? name)
    {
        var node = Visit(parts);
        node.Name = name ?? node.Name;
        if (!node.IsRoot)
            Roots.Add(node);
        node.IsRoot = true;
    }

    private ObjectNode Visit(IReadOnlyList<SchemaPart> parts)
    {
        var key = Reader.KeyOf(parts);
        if (byKey.TryGetValue(key, out var known))
        {
            // All on the way from there to here are inside of themselves.
            for (var at = known.State == 1 ? way.IndexOf(known) : way.Count; at < way.Count; at++)
                way[at].IsRecursive = true;
            return known;
        }

        if (way.Count >= Deepest)
            throw report.Stop(parts[0].Pointer, "import.json_schema_too_large", $"Objects are nested more than {Deepest} deep.", "Import a part of it");
        var shape = Reader.Read(parts);
        var node = new ObjectNode(key, shape) { State = 1 };
        byKey.Add(key, node);
        way.Add(node);
        if (parts.Count == 1 && Reader.Definition(parts[0]) is var definition && definition.Pointer.Split('/') is [.., "$defs" or "definitions" or "schemas", _])
            node.Name = definition.Name;
        foreach (var member in shape.PropertyOrder)
        {
            var memberParts = shape.Properties[member];
            var memberShape = Reader.Read(memberParts);
            var isRequired = shape.Required.Contains(member) && !memberShape.CanBeNull;
            if (memberShape.IsImpossible)
                continue;
            if (memberShape.IsObject)
                node.Edges.Add(new(node, member, Visit(memberParts), memberShape, IsMany: false, isRequired));
            else if (memberShape is { Kind: JsonKinds.Array, IsTuple: false, Values: null, Items.Count: > 0 } && Reader.Read(memberShape.Items) is { IsObject: true, IsImpossible: false })
                node.Edges.Add(new(node, member, Visit(memberShape.Items), memberShape, IsMany: true, isRequired));
        }

        node.KeyMember = KeyOf(node);
        way.RemoveAt(way.Count - 1);
        node.State = 2;
        return node;
    }

    private string? KeyOf(ObjectNode node)
    {
        var names = (node.Name ?? node.Shape.Title) is { Length: < LegalNames.MaxLength } name ? Keys.Concat([$"{LegalNames.ToLegal(name)}_id", $"{LegalNames.ToLegal(name)}_uuid"]) : Keys;
        return names.Select(wanted => node.Shape.PropertyOrder.Find(member => LegalNames.ToLegal(member) == wanted && IsKey(Reader.Read(node.Shape.Properties[member])))).FirstOrDefault(found => found is not null);
    }

    private static bool IsKey(SchemaShape shape) => shape is { Values: null, IsImpossible: false, CanBeNull: false, Kind: JsonKinds.Integer or JsonKinds.String };

    /// <summary>An object that cannot be without another of its kind has no end.</summary>
    private void FindEndless(ObjectNode node)
    {
        if (node.State == 2)
            return;
        node.State = 1;
        foreach (var edge in node.Edges.Where(edge => edge.IsRequired && (!edge.IsMany || edge.Shape.MinItems > 0)))
        {
            if (edge.To.State == 1)
                throw report.Stop($"{node.Shape.Pointer}/properties/{edge.Member}", "import.json_schema_endless", $"{edge.Member} must be there and holds, in the end, another of the same object, so no value has an end.", $"Take \"{edge.Member}\" out of \"required\", or let it be null or an empty list");
            FindEndless(edge.To);
        }

        node.State = 2;
    }
}
