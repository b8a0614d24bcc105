using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Generation;

/// <summary>
/// Who decides where relationships of one child share fields. One that can always find a parent that agrees, or may be
/// null, chooses among those; else the one that says more (the order, not its tenant) leads, and the others follow from it.
/// </summary>
internal sealed partial class PlanCompiler
{
    /// <summary>Places of a relationship's fields that something else fills.</summary>
    private readonly Dictionary<LinkNode, List<int>> shared = [];

    private readonly HashSet<LinkNode> leading = [];

    private readonly Dictionary<LinkNode, (LinkNode? Leader, List<LinkNode> Path)> following = [];

    /// <summary>Gives every field without a generator to the first relationship that names it; what a later one finds filled is shared.</summary>
    private void FillKeys()
    {
        foreach (var link in links)
            shared[link] = [];
        foreach (var entity in entities)
        {
            Fill(entity, entity.Parents);
            if (entity.Parents.Exists(link => shared[link].Count > 0 && Weight(link) < 3) || (entity.Parents.Exists(link => shared[link].Count > 0) && entity.Parents.Exists(link => link.Parent == entity)))
            {
                // One that decides more than which parent agrees comes first; one to the entity itself comes last.
                foreach (var field in entity.Fields)
                    field.FilledBy = null;
                Fill(entity, entity.Parents.OrderBy(link => link.Child == link.Parent).ThenBy(Weight));
            }
        }

        foreach (var link in links.Where(link => link.Child != link.Parent && IsWhollyShared(link)).OrderBy(link => link.Definition.From.Fields.Count))
            TakeBack(link);
        foreach (var entity in entities)
        {
            foreach (var field in entity.Fields)
                ProveOrigin(entity, field);
        }
    }

    /// <summary>A key that relationships hand on has to begin somewhere, with a generator.</summary>
    private void ProveOrigin(EntityNode entity, FieldNode field)
    {
        var way = new List<string>();
        var (at, place) = (entity, field);
        while (place.FilledBy is { } link)
        {
            way.Add(Name(at, place));
            (at, place) = (link.Parent, link.Parent.Fields[place.ParentField]);
            if (!way.Contains(Name(at, place)))
                continue;
            if (at == entity && place == field)
            {
                Add(Path(entity, field), "schema.cycle", $"{Name(entity, field)} is filled in a circle: {string.Join(" → ", way)} → {Name(at, place)}, so nothing gives it a value",
                    $"Give {Name(entity, field)} a generator", "Add a relationship that fills it");
            }

            return;
        }
    }

    private void Fill(EntityNode entity, IEnumerable<LinkNode> inOrder)
    {
        foreach (var link in inOrder)
        {
            shared[link] = [];
            for (var i = 0; i < link.Definition.From.Fields.Count; i++)
            {
                var field = entity.Fields[entity.FieldIndex(link.Definition.From.Fields[i])];
                if (field.Definition.Generator is not null || field.FilledBy is not null)
                    shared[link].Add(i);
                else
                    (field.FilledBy, field.ParentField) = (link, link.Parent.FieldIndex(link.Definition.To.Fields[i]));
            }
        }
    }

    private bool IsWhollyShared(LinkNode link) => shared[link].Count == link.Definition.From.Fields.Count;

    private static int Weight(LinkNode link) => Kind(link) == DistributionKind.PerParent ? 0 : FillsKey(link) ? 1 : Kind(link) == DistributionKind.Zipf ? 2 : 3;

    /// <summary>Gives a relationship the fields that a wider one filled before it: where the wider one is null, they need not be.</summary>
    private void TakeBack(LinkNode link)
    {
        var from = link.Definition.From.Fields;
        var fields = from.Select(name => link.Child.Fields[link.Child.FieldIndex(name)]).ToList();
        var wider = fields.Select(field => field.FilledBy).FirstOrDefault(other => other is not null && other.Child != other.Parent && other.Definition.From.Fields.Count > from.Count && Way(other, link) is { Count: > 0 });
        if (wider is null || fields.Exists(field => field.FilledBy is null))
            return;
        for (var i = 0; i < from.Count; i++)
        {
            if (fields[i].FilledBy != wider)
                continue;
            (fields[i].FilledBy, fields[i].ParentField) = (link, link.Parent.FieldIndex(link.Definition.To.Fields[i]));
            shared[wider].Add(At(wider, from[i]));
            shared[link].Remove(i);
        }

        shared[wider].Sort();
    }

    private void Decide()
    {
        var sharing = links.Where(link => shared[link].Count > 0 && link.Child != link.Parent)
            .OrderBy(link => Math.Min(2, Weight(link))).ThenByDescending(link => link.Definition.From.Fields.Count).ThenBy(Weight).ThenBy(link => link.Position);
        foreach (var link in sharing)
        {
            if (!following.ContainsKey(link) && !Agrees(link) && !Lead(link))
                Follow(link);
        }

        foreach (var (link, (leader, path)) in following)
        {
            var by = (leader ?? path[0]).Name;
            var (hasShape, hasNulls) = (Kind(link) != DistributionKind.Uniform, link.Definition.NullPercent > 0 && !(leader?.Definition.NullPercent > 0));
            if (!hasShape && !hasNulls)
                continue;
            problems.Add(new($"relationships[{link.Position}]{(hasShape ? ".distribution" : ".nullPercent")}", "generation.follows",
                $"{link.Name}: which {link.Parent.Definition.Name} a {link.Child.Definition.Name} has follows from {by}, so its own {(hasShape ? "distribution" : "share of nulls")} has no effect", ProblemSeverity.Warning)
            {
                SuggestedActions = [hasShape ? $"Make {link.Name} uniform" : $"Take nullPercent from {link.Name}"],
            });
        }
    }

    /// <summary>Whether a relationship chooses among the parents that agree: each child has one, or may have none.</summary>
    private bool Agrees(LinkNode link)
    {
        if (Kind(link) == DistributionKind.PerParent || Ancestors(link) is not [var (child, parent)] || parent.Count == 0 || (child.Count > 0 && FillsKey(link)))
            return false;
        return link.Definition.NullPercent > 0 || (parent.TrueForAll(HasAlways) && !child.Exists(one => one.Definition.NullPercent > 0));
    }

    private static bool HasAlways(LinkNode link) => Kind(link) == DistributionKind.PerParent && link.Child != link.Parent && link.Definition.Distribution!.Min > 0;

    /// <summary>Makes all that fill the shared fields follow from this relationship.</summary>
    private bool Lead(LinkNode link)
    {
        var followers = new Dictionary<LinkNode, List<LinkNode>>();
        foreach (var name in shared[link].Select(i => link.Definition.From.Fields[i]))
        {
            if (link.Child.Fields[link.Child.FieldIndex(name)].FilledBy is not { } other)
                return false;
            if (followers.ContainsKey(other))
                continue;
            if (other.Child == other.Parent || Kind(other) == DistributionKind.PerParent || FillsKey(other) || leading.Contains(other) || following.ContainsKey(other) || Way(link, other) is not { } way)
                return false;
            followers.Add(other, way);
        }

        foreach (var (other, way) in followers)
            following[other] = (link, way);
        leading.Add(link);
        return true;
    }

    /// <summary>Makes this relationship follow from those that fill its fields, where these lead to one of its parents anyway.</summary>
    private void Follow(LinkNode link)
    {
        if (Kind(link) == DistributionKind.PerParent || FillsKey(link))
            return;
        var places = shared[link];
        if (!IsWhollyShared(link) && !Keys(link.Parent).Any(key => key.All(name => places.Exists(i => link.Definition.To.Fields[i] == name))))
            return;
        List<LinkNode>? common = null;
        foreach (var i in places)
        {
            var way = Reach(link.Child, link.Definition.From.Fields[i], link.Parent, link.Definition.To.Fields[i]);
            if (way is not { Count: > 0 } || way.Contains(link) || (common is not null && !common.SequenceEqual(way)))
                return;
            common = way;
        }

        following[link] = (null, common!);
    }

    /// <summary>The links from a relationship's parent to that of another whose fields it fills as well; null where it does not lead there.</summary>
    private static List<LinkNode>? Way(LinkNode link, LinkNode other)
    {
        List<LinkNode>? common = null;
        for (var i = 0; i < other.Definition.From.Fields.Count; i++)
        {
            var at = At(link, other.Definition.From.Fields[i]);
            var way = at < 0 ? null : Reach(link.Parent, link.Definition.To.Fields[at], other.Parent, other.Definition.To.Fields[i]);
            if (way is null || way.Contains(other) || (common is not null && !common.SequenceEqual(way)))
                return null;
            common = way;
        }

        return common;
    }

    /// <summary>The links by which a field takes its value from another entity's field; null where it does not.</summary>
    private static List<LinkNode>? Reach(EntityNode entity, string field, EntityNode target, string targetField)
    {
        var path = new List<LinkNode>();
        var at = entity.FieldIndex(field);
        while (entity != target || entity.Fields[at].Name != targetField)
        {
            if (entity.Fields[at].FilledBy is not { } link || path.Contains(link))
                return null;
            path.Add(link);
            at = entity.Fields[at].ParentField;
            entity = link.Parent;
        }

        return path;
    }

    /// <summary>The ways from child and parent to each ancestor that they have to share; null where a shared field has no such ancestor.</summary>
    private List<(List<LinkNode> Child, List<LinkNode> Parent)>? Ancestors(LinkNode link)
    {
        var pairs = new List<(List<LinkNode> Child, List<LinkNode> Parent)>();
        foreach (var i in shared[link])
        {
            var child = Trace(link.Child, link.Definition.From.Fields[i], out var childOrigin);
            var parent = Trace(link.Parent, link.Definition.To.Fields[i], out var parentOrigin);
            if (childOrigin != parentOrigin || parent.Count == 0 || child.Contains(link))
                return null;
            if (!pairs.Exists(pair => pair.Child.SequenceEqual(child) && pair.Parent.SequenceEqual(parent)))
                pairs.Add((child, parent));
        }

        return pairs;
    }

    /// <summary>The links from an entity's field to where its value comes from.</summary>
    private static List<LinkNode> Trace(EntityNode entity, string field, out (EntityNode Entity, int Field) origin)
    {
        var path = new List<LinkNode>();
        var at = entity.FieldIndex(field);
        while (entity.Fields[at].FilledBy is { } link && path.Count < 64)
        {
            path.Add(link);
            at = entity.Fields[at].ParentField;
            entity = link.Parent;
        }

        origin = (entity, at);
        return path;
    }

    private static int At(LinkNode link, string field) => link.Definition.From.Fields.ToList().IndexOf(field);

    /// <summary>Whether a whole key is among a relationship's fields, not all of them generated.</summary>
    private static bool FillsKey(LinkNode link) => Keys(link.Child).Any(key =>
        key.All(link.Definition.From.Fields.Contains) && key.Any(name => link.Child.Definition.Fields[link.Child.FieldIndex(name)].Generator is null));

    /// <summary>Whether a key tells a relationship's parents apart: the fields that it takes are a key of the parent.</summary>
    private static bool Covers(IReadOnlyList<string> key, LinkNode link)
    {
        var to = Enumerable.Range(0, link.Definition.From.Fields.Count).Where(i => key.Contains(link.Definition.From.Fields[i])).Select(i => link.Definition.To.Fields[i]).ToList();
        return Keys(link.Parent).Any(one => one.All(to.Contains));
    }

    /// <summary>The primary key, the unique keys and the unique fields.</summary>
    private static IEnumerable<IReadOnlyList<string>> Keys(EntityNode entity)
    {
        if (entity.Definition.PrimaryKey.Count > 0)
            yield return entity.Definition.PrimaryKey;
        foreach (var key in entity.Definition.Unique)
            yield return key;
        foreach (var field in entity.Definition.Fields.Where(field => field.Unique))
            yield return [field.Name];
    }
}
