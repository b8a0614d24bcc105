using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Generation;

/// <summary>Which relationship fills which field, and by what arithmetic.</summary>
internal sealed partial class PlanCompiler
{
    private readonly Dictionary<LinkNode, List<int>> shared = [];

    /// <summary>Gives every field without a generator to the first relationship that names it; what a later one finds filled is shared.</summary>
    private void FillKeys()
    {
        foreach (var link in links)
        {
            shared[link] = [];
            for (var i = 0; i < link.Definition.From.Fields.Count; i++)
            {
                var field = link.Child.Fields[link.Child.FieldIndex(link.Definition.From.Fields[i])];
                if (field.Definition.Generator is not null || field.FilledBy is not null)
                {
                    shared[link].Add(i);
                    continue;
                }

                field.FilledBy = link;
                field.ParentField = link.Parent.FieldIndex(link.Definition.To.Fields[i]);
            }

            if (shared[link].Count == link.Definition.From.Fields.Count)
            {
                Unsupported($"relationships[{link.Position}]", $"{link.Name}: all its fields are filled otherwise already; the engine cannot make them agree",
                    $"Take the generator from {link.Child.Definition.Name}.{link.Definition.From.Fields[^1]}");
            }
        }
    }

    private void MakeLinks()
    {
        foreach (var link in links.Where(link => shared[link].Count == 0 && link.Link is null))
            link.Link = Plain(link);

        // A link that agrees leans on others, which may lean on others in turn.
        var left = links.Where(link => link.Link is null).ToList();
        while (left.Count > 0 && !Failed)
        {
            var ready = left.Find(link => Leans(link).All(other => other.Link is not null));
            if (ready is null)
            {
                Unsupported($"relationships[{left[0].Position}]", $"{left[0].Name}: its shared fields depend on themselves");
                return;
            }

            if (!Failed)
                ready.Link = Agreeing(ready);
            left.Remove(ready);
        }

        foreach (var link in links)
        {
            if (!Failed && link.Parent.Rows == 0 && link.Child.Rows > 0 && !link.Link.IsOptional)
                Add($"relationships[{link.Position}]", "generation.no_parents", $"{link.Name}: {link.Child.Definition.Name} has {link.Child.Rows} rows, {link.Parent.Definition.Name} none to belong to", $"Give {link.Parent.Definition.Name} rows", "Allow nulls with nullPercent");
        }
    }

    private ulong Key(LinkNode link) => Randomness.Derive(Randomness.Derive(link.Child.Key, "relationship"), link.Definition.From.Fields[0]);

    private Link Plain(LinkNode link)
    {
        var distribution = link.Definition.Distribution ?? new(DistributionKind.Uniform);
        var (parents, children, key) = (link.Parent.Rows, link.Child.Rows, Key(link));
        var threshold = Randomness.Threshold(link.Definition.NullPercent ?? 0);
        var path = $"relationships[{link.Position}]";
        var keys = Keys(link.Child).ToList();
        var fields = link.Definition.From.Fields;
        var fillsKey = keys.Exists(one => one.All(fields.Contains));
        if (link.Child == link.Parent)
        {
            if (distribution.Kind == DistributionKind.PerParent || fillsKey || fields.Count > 1)
                Unsupported(path, $"{link.Name}: a relationship of an entity to itself that is {(fillsKey ? "a key" : distribution.Kind == DistributionKind.PerParent ? "perParent" : "composite")} cannot be generated yet");
            return new ForestLink(key, children, distribution.Kind == DistributionKind.Zipf ? distribution.Exponent ?? 1 : null, link.Definition.RootPercent ?? link.Definition.NullPercent ?? 0);
        }

        if (distribution.Kind == DistributionKind.PerParent)
        {
            var (min, max) = (distribution.Min ?? 0, distribution.Max ?? 1);
            if (threshold > 0)
                Unsupported(path, $"{link.Name}: perParent with nullPercent cannot be generated yet");
            if (fillsKey && max > 1)
                Add(path, "generation.unique_exhausted", $"{link.Name} fills a key of {link.Child.Definition.Name}, so a parent can have 1 child at most, and max is {max}");
            return new PerParentLink(key, parents, min, max);
        }

        if (fillsKey)
        {
            if (distribution.Kind == DistributionKind.Zipf)
                Add($"{path}.distribution", "schema.distribution", $"{link.Name} fills a key, so it is one-to-one, which zipf cannot be");
            if (children > parents)
            {
                Add(path, "generation.unique_exhausted", $"{link.Child.Definition.Name}.{string.Join(", ", fields)} is a key filled by {link.Name}: {parents} rows of {link.Parent.Definition.Name} can give {parents} distinct values, {children} were asked",
                    $"Give {link.Child.Definition.Name} {parents} rows or fewer");
            }

            return new OneToOneLink(key, parents, children) { NullThreshold = threshold };
        }

        if (keys.Find(one => fields.All(one.Contains)) is { } junction && Partner(link, junction) is { } partner)
            return Pair(link, partner, key, threshold);
        return distribution.Kind == DistributionKind.Zipf
            ? new ZipfLink(key, parents, children, distribution.Exponent ?? 1) { NullThreshold = threshold }
            : new UniformLink(key, parents, children) { NullThreshold = threshold };
    }

    /// <summary>The other relationship that fills the key together with this one, unless a sequence within one of them makes it unique.</summary>
    private LinkNode? Partner(LinkNode link, IReadOnlyList<string> key)
    {
        var rest = key.Except(link.Definition.From.Fields).ToList();
        var generated = rest.Exists(name => link.Child.Fields[link.Child.FieldIndex(name)].FilledBy is null);
        return generated ? null : link.Child.Parents.Find(other => other != link && shared[other].Count == 0 && other.Child != other.Parent && rest.TrueForAll(other.Definition.From.Fields.Contains));
    }

    private Link Pair(LinkNode link, LinkNode other, ulong key, ulong threshold)
    {
        var path = $"relationships[{link.Position}]";
        var kinds = (Kind(link), Kind(other));
        if (kinds.Item1 == DistributionKind.Zipf || kinds.Item2 == DistributionKind.Zipf)
            Unsupported($"{path}.distribution", $"{link.Name} and {other.Name} fill a key together; zipf cannot be generated there yet", "Take uniform or perParent");
        if (threshold > 0)
            Unsupported($"{path}.nullPercent", $"{link.Name} is part of a key of two relationships; nulls cannot be generated there yet");
        if (kinds.Item2 == DistributionKind.PerParent)
        {
            other.Link ??= Plain(other);
            if (other.Link is PerParentLink first)
            {
                if (first.ChildrenEach.Most > link.Parent.Rows)
                    Exhausted(link, other, link.Parent.Rows, first.ChildrenEach.Most ?? 0);
                return new PerParentPairLink(key, first, link.Parent.Rows);
            }
        }

        var most = (Int128)link.Parent.Rows * other.Parent.Rows;
        if (most < link.Child.Rows)
            Exhausted(link, other, most, link.Child.Rows);
        var isA = link.Parent.Rows > other.Parent.Rows || (link.Parent.Rows == other.Parent.Rows && link.Position < other.Position);
        var (a, b) = isA ? (link, other) : (other, link);
        var design = new PairDesign(Randomness.Derive(Key(a), Key(b)), Math.Max(1, a.Parent.Rows), Math.Max(1, b.Parent.Rows), link.Child.Rows);
        return new PairLink(design, isA, key, link.Parent.Rows, link.Child.Rows);
    }

    private void Exhausted(LinkNode link, LinkNode other, Int128 most, long asked) => Add($"relationships[{link.Position}]", "generation.unique_exhausted",
        $"{link.Child.Definition.Name}: {link.Name} and {other.Name} fill a key together and can give {most} distinct pairs, {asked} were asked");

    private static DistributionKind Kind(LinkNode link) => link.Definition.Distribution?.Kind ?? DistributionKind.Uniform;

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

    private IEnumerable<LinkNode> Leans(LinkNode link) => shared[link].SelectMany(i =>
        Trace(link.Child, link.Definition.From.Fields[i], out _).Concat(Trace(link.Parent, link.Definition.To.Fields[i], out _)));

    private Link Agreeing(LinkNode link)
    {
        var path = $"relationships[{link.Position}]";
        List<LinkNode>? fromChild = null, fromParent = null;
        foreach (var i in shared[link])
        {
            var child = Trace(link.Child, link.Definition.From.Fields[i], out var childOrigin);
            var parent = Trace(link.Parent, link.Definition.To.Fields[i], out var parentOrigin);
            var differs = childOrigin != parentOrigin || parent.Count == 0
                || (fromChild is not null && !(fromChild.SequenceEqual(child) && fromParent!.SequenceEqual(parent)));
            if (differs)
            {
                Unsupported($"{path}.from.fields[{i}]",
                    $"{link.Name}: {link.Child.Definition.Name}.{link.Definition.From.Fields[i]} is filled already, and not over relationships from the same rows as {link.Parent.Definition.Name}.{link.Definition.To.Fields[i]}; the engine cannot make them agree");
                return new UniformLink(0, 1, 1);
            }

            (fromChild, fromParent) = (child, parent);
        }

        if (Kind(link) != DistributionKind.Uniform)
            Unsupported($"{path}.distribution", $"{link.Name}: part of its key is filled already, so only uniform can be generated yet");
        if (Keys(link.Child).Any(key => key.All(link.Definition.From.Fields.Contains)) && fromChild!.Count > 0)
            Unsupported(path, $"{link.Name}: it fills a whole key of which a part is filled already, which cannot be generated yet");
        var made = new AgreeingLink(Randomness.Derive(Key(link), link.Definition.From.Fields[^1]), link.Parent.Rows, link.Child.Rows, Chain(fromChild!), Chain(fromParent!)!)
        {
            NullThreshold = Randomness.Threshold(link.Definition.NullPercent ?? 0),
        };
        var mayBeNull = (link.Definition.NullPercent ?? 0) > 0;
        if (made.IsOptional && !mayBeNull)
        {
            Unsupported(path, $"{link.Name}: a {link.Child.Definition.Name} may find no {link.Parent.Definition.Name} that agrees with it, and nulls are not allowed",
                $"Make sure that each has one (perParent with min 1 or more)", "Allow nulls with nullPercent");
        }

        return made;
    }

    private static Link? Chain(List<LinkNode> path) => path.Count == 0 ? null : path.Skip(1).Aggregate(path[0].Link, (lower, upper) => new ChainLink(lower, upper.Link));

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
