using System.Globalization;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Web.Schemas.Diagram;

/// <summary>
/// Places entities in columns, parents to the left of their children, after Sugiyama's layered drawing: longest-path
/// layers with cycles cut at the edge that closes them, then the order within a layer by barycentres.
/// </summary>
public sealed class DiagramLayout
{
    public const double HeadHeight = 30;
    public const double LineHeight = 19;
    private const double BoxWidth = 210;
    private const double ColumnGap = 110;
    private const double RowGap = 26;
    private const int MaxFields = 8;
    private const int Sweeps = 6;

    private DiagramLayout(IReadOnlyList<DiagramBox> boxes, IReadOnlyList<DiagramLine> lines)
    {
        Boxes = boxes;
        Lines = lines;
        Width = boxes.Count == 0 ? 0 : boxes.Max(b => b.X + b.Width);
        Height = boxes.Count == 0 ? 0 : boxes.Max(b => b.Y + b.Height);
    }

    public IReadOnlyList<DiagramBox> Boxes { get; }
    public IReadOnlyList<DiagramLine> Lines { get; }
    public double Width { get; }
    public double Height { get; }

    public static DiagramLayout Of(SchemaDocument document)
    {
        var entities = document.Entities.DistinctBy(e => e.Name, StringComparer.Ordinal).ToList();
        var index = entities.Select((e, i) => (e.Name, i)).ToDictionary(p => p.Name, p => p.i, StringComparer.Ordinal);
        var relationships = document.Relationships.Where(r => index.ContainsKey(r.From.Entity) && index.ContainsKey(r.To.Entity)).ToList();
        var edges = relationships.Where(r => r.From.Entity != r.To.Entity).Select(r => (Child: index[r.From.Entity], Parent: index[r.To.Entity])).Distinct().ToList();

        var layers = Order(Layers(entities.Count, edges), edges);
        var boxes = new DiagramBox[entities.Count];
        var tallest = layers.Max(layer => (double?)layer.Sum(i => BoxHeight(entities[i]) + RowGap)) ?? 0;
        for (var column = 0; column < layers.Count; column++)
        {
            var height = layers[column].Sum(i => BoxHeight(entities[i]) + RowGap);
            var y = (tallest - height) / 2;
            foreach (var i in layers[column])
            {
                boxes[i] = Box(entities[i], document, column * (BoxWidth + ColumnGap), y);
                y += boxes[i].Height + RowGap;
            }
        }

        return new(boxes, [.. relationships.Select((r, n) => Line(r, boxes[index[r.From.Entity]], boxes[index[r.To.Entity]], n))]);
    }

    /// <summary>Layer of each entity by its longest way down from a root; an edge that closes a cycle does not count.</summary>
    private static List<List<int>> Layers(int count, List<(int Child, int Parent)> edges)
    {
        var parents = edges.ToLookup(e => e.Child, e => e.Parent);
        var layer = new int[count];
        var state = new byte[count];
        int Depth(int entity)
        {
            if (state[entity] == 2)
                return layer[entity];
            state[entity] = 1;
            var depth = 0;
            foreach (var parent in parents[entity])
            {
                if (state[parent] != 1)
                    depth = Math.Max(depth, Depth(parent) + 1);
            }

            state[entity] = 2;
            return layer[entity] = depth;
        }

        for (var i = 0; i < count; i++)
            Depth(i);
        // An entity without parents stands beside its nearest child, not at the far left.
        var children = edges.ToLookup(e => e.Parent, e => e.Child);
        for (var i = 0; i < count; i++)
        {
            if (!parents[i].Any() && children[i].Any())
                layer[i] = Math.Max(0, children[i].Min(c => layer[c]) - 1);
        }

        var result = Enumerable.Range(0, count).GroupBy(i => layer[i]).OrderBy(g => g.Key).Select(g => g.ToList()).ToList();
        return result;
    }

    private static List<List<int>> Order(List<List<int>> layers, List<(int Child, int Parent)> edges)
    {
        var neighbours = edges.SelectMany(e => new[] { (e.Child, e.Parent), (e.Parent, e.Child) }).ToLookup(e => e.Item1, e => e.Item2);
        for (var sweep = 0; sweep < Sweeps; sweep++)
        {
            for (var n = 0; n < layers.Count; n++)
            {
                var at = sweep % 2 == 0 ? n : layers.Count - 1 - n;
                var place = layers.SelectMany(layer => layer.Select((entity, i) => (entity, share: (i + 0.5) / layer.Count))).ToDictionary(p => p.entity, p => p.share);
                layers[at] = [.. layers[at].OrderBy(entity => neighbours[entity].Select(other => place[other]).DefaultIfEmpty(place[entity]).Average())];
            }
        }

        return layers;
    }

    private static double BoxHeight(EntityDefinition entity) => HeadHeight + (Math.Min(entity.Fields.Count, MaxFields) * LineHeight) + (entity.Fields.Count > MaxFields ? LineHeight : 0) + 8;

    private static DiagramBox Box(EntityDefinition entity, SchemaDocument document, double x, double y)
    {
        var keys = document.Relationships.Where(r => r.From.Entity == entity.Name).SelectMany(r => r.From.Fields).Concat(entity.PrimaryKey).ToHashSet(StringComparer.Ordinal);
        var shown = entity.Fields.Where(f => keys.Contains(f.Name)).Concat(entity.Fields.Where(f => !keys.Contains(f.Name))).Take(MaxFields).ToHashSet();
        return new(entity, x, y, BoxWidth, BoxHeight(entity), [.. entity.Fields.Where(shown.Contains)], entity.Fields.Count - shown.Count);
    }

    private static DiagramLine Line(RelationshipDefinition relationship, DiagramBox child, DiagramBox parent, int number)
    {
        var (fromY, toY) = (Port(child, relationship.From.Fields), Port(parent, relationship.To.Fields));
        if (ReferenceEquals(child, parent))
        {
            var right = child.X + child.Width;
            return new(relationship, Path($"M{right},{fromY} C{right + 50},{fromY} {right + 50},{toY - 12} {right},{toY - 12}"), right + 40, ((fromY + toY) / 2) - 6);
        }

        if (child.X > parent.X)
        {
            var (x1, x2) = (child.X, parent.X + parent.Width);
            var bend = Math.Max(40, (x1 - x2) / 2);
            return new(relationship, Path($"M{x1},{fromY} C{x1 - bend},{fromY} {x2 + bend},{toY} {x2},{toY}"), (x1 + x2) / 2, (fromY + toY) / 2);
        }

        // Against the order (a cycle) or within one column: around the right side.
        var (a, b) = (child.X + child.Width, parent.X + parent.Width);
        var out1 = Math.Max(a, b) + 46 + (number % 4 * 8);
        return new(relationship, Path($"M{a},{fromY} C{out1},{fromY} {out1},{toY} {b},{toY}"), out1 - 10, (fromY + toY) / 2);
    }

    private static double Port(DiagramBox box, IReadOnlyList<string> fields)
    {
        for (var i = 0; i < box.Fields.Count; i++)
        {
            if (fields.Contains(box.Fields[i].Name))
                return box.Y + HeadHeight + (i * LineHeight) + (LineHeight / 2) + 4;
        }

        return box.Y + (HeadHeight / 2);
    }

    private static string Path(FormattableString path) => path.ToString(CultureInfo.InvariantCulture);
}
