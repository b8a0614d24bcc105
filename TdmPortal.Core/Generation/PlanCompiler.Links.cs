using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Generation;

/// <summary>Which relationship fills which field, and by what arithmetic.</summary>
internal sealed partial class PlanCompiler
{
    private void MakeLinks()
    {
        Decide();
        FindTuples();
        if (Failed)
            return;
        foreach (var link in links.Where(link => StandsAlone(link) && link.Link is null))
            link.Link = Plain(link);

        // Others lean on those, and may lean on each other in turn.
        var left = links.Where(link => link.Link is null).ToList();
        while (left.Count > 0 && !Failed)
        {
            if (left.Find(link => Leans(link).All(other => other.Link is not null)) is not { } ready)
            {
                Add($"relationships[{left[0].Position}]", "schema.cycle", $"{left[0].Name}: which {left[0].Parent.Definition.Name} a {left[0].Child.Definition.Name} has depends on itself, over {string.Join(", ", left.Skip(1).Select(link => link.Name))}",
                    $"Take one of these fields out of the relationships");
                return;
            }

            ready.Link = following.TryGetValue(ready, out var follows) ? Following(ready, follows.Leader, follows.Path) : Agreeing(ready);
            left.Remove(ready);
        }

        foreach (var link in links)
        {
            if (!Failed && link.Parent.Rows == 0 && link.Child.Rows > 0 && !link.Link.IsOptional)
                Add($"relationships[{link.Position}]", "generation.no_parents", $"{link.Name}: {link.Child.Definition.Name} has {link.Child.Rows} rows, {link.Parent.Definition.Name} none to belong to", $"Give {link.Parent.Definition.Name} rows", "Allow nulls with nullPercent");
        }
    }

    /// <summary>Whether a relationship's parents depend on no other relationship.</summary>
    private bool StandsAlone(LinkNode link) => (shared[link].Count == 0 || leading.Contains(link)) && !following.ContainsKey(link);

    private IEnumerable<LinkNode> Leans(LinkNode link)
    {
        var traced = shared[link].SelectMany(i => Trace(link.Child, link.Definition.From.Fields[i], out _).Concat(Trace(link.Parent, link.Definition.To.Fields[i], out _)));
        if (following.TryGetValue(link, out var follows))
            return follows.Leader is null ? follows.Path : follows.Path.Append(follows.Leader).Concat(follows.Leader.Definition.NullPercent > 0 ? traced : []);
        return First(link) is { } first ? traced.Append(first) : traced;
    }

    /// <summary>By the child and the first field; where another relationship has that too, by the last one as well.</summary>
    private ulong Key(LinkNode link)
    {
        var key = Randomness.Derive(Randomness.Derive(options.EntityKey(link.Child.Definition.Name, link.Definition.From.Fields[0]), "relationship"), link.Definition.From.Fields[0]);
        return shared[link].Count == 0 ? key : Randomness.Derive(key, link.Definition.From.Fields[^1]);
    }

    private Link Plain(LinkNode link)
    {
        var distribution = link.Definition.Distribution ?? new(DistributionKind.Uniform);
        var (parents, children, key) = (link.Parent.Rows, link.Child.Rows, Key(link));
        var threshold = Randomness.Threshold(link.Definition.NullPercent ?? 0);
        var path = $"relationships[{link.Position}]";
        var fields = link.Definition.From.Fields;
        var fillsKey = FillsKey(link);
        if (link.Child == link.Parent)
        {
            var roots = link.Definition.RootPercent ?? link.Definition.NullPercent ?? 0;
            if (fillsKey)
                return new PathLink(key, children, null, roots);
            return distribution.Kind == DistributionKind.PerParent
                ? new CountedForestLink(key, children, distribution.Min ?? 0, distribution.Max ?? 1, roots)
                : new ForestLink(key, children, distribution.Kind == DistributionKind.Zipf ? distribution.Exponent ?? 1 : null, roots);
        }

        if (distribution.Kind == DistributionKind.PerParent)
        {
            var (min, max) = (distribution.Min ?? 0, distribution.Max ?? 1);
            if (fillsKey && max > 1)
                Add(path, "generation.unique_exhausted", $"{link.Name} fills a key of {link.Child.Definition.Name}, so a parent can have 1 child at most, and max is {max}");
            var counted = new PerParentLink(key, parents, min, max);
            return threshold == 0 ? counted : new OrphansLink(counted, Orphans(link), children);
        }

        if (fillsKey)
        {
            if (distribution.Kind == DistributionKind.Zipf)
                Add($"{path}.distribution", "schema.distribution", $"{link.Name} fills a key, so it is one-to-one, which zipf cannot be");
            if (children > parents && Orphans(link).Present <= parents)
                return new OrphansLink(new OneToOneLink(key, parents, Orphans(link).Present), Orphans(link), children);
            if (children > parents)
            {
                Add(path, "generation.unique_exhausted", $"{link.Child.Definition.Name}.{string.Join(", ", fields)} is a key filled by {link.Name}: {parents} rows of {link.Parent.Definition.Name} can give {parents} distinct values, {children} were asked",
                    $"Give {link.Child.Definition.Name} {parents} rows or fewer");
            }

            return new OneToOneLink(key, parents, children) { NullThreshold = threshold };
        }

        if (OtherOf(link) is { } partner)
            return Pair(link, partner, key, threshold);
        if (tuples.TryGetValue(link, out var sides))
            return Tuple(link, sides, threshold);
        return distribution.Kind == DistributionKind.Zipf
            ? new ZipfLink(key, parents, children, distribution.Exponent ?? 1) { NullThreshold = threshold }
            : new UniformLink(key, parents, children) { NullThreshold = threshold };
    }

    /// <summary>Which rows of a relationship's child have no parent, where their number has to be exact.</summary>
    private OrphanRows Orphans(LinkNode link) => new(Randomness.Derive(Key(link), "null"), link.Definition.NullPercent ?? 0, link.Child.Rows);

    /// <summary>The other relationship that fills a key together with this one, unless something generated makes it unique.</summary>
    private static LinkNode? Partner(LinkNode link, Func<LinkNode, bool> fits)
    {
        foreach (var key in Keys(link.Child).Where(key => Covers(key, link)))
        {
            var rest = key.Except(link.Definition.From.Fields).ToList();
            if (rest.Count == 0 || rest.Exists(name => link.Child.Fields[link.Child.FieldIndex(name)].FilledBy is null))
                continue;
            if (link.Child.Parents.Find(other => other != link && other.Child != other.Parent && rest.TrueForAll(other.Definition.From.Fields.Contains) && Covers(key, other) && fits(other)) is { } found)
                return found;
        }

        return null;
    }

    private Link Pair(LinkNode link, LinkNode other, ulong key, ulong threshold)
    {
        var path = $"relationships[{link.Position}]";
        var kinds = (Kind(link), Kind(other));
        if (kinds.Item1 == DistributionKind.Zipf || kinds.Item2 == DistributionKind.Zipf)
            return ZipfPair(link, other, key, threshold);
        if (kinds.Item2 == DistributionKind.PerParent)
        {
            other.Link ??= Plain(other);
            if (other.Link.ChildrenEach.Most > link.Parent.Rows)
                Exhausted(link, other, link.Parent.Rows, other.Link.ChildrenEach.Most ?? 0);
            return new PartnerLink(key, other.Link, link.Parent.Rows, other.Link.IsOptional ? new UniformLink(key, link.Parent.Rows, link.Child.Rows) : null) { NullThreshold = threshold };
        }

        var isA = link.Parent.Rows > other.Parent.Rows || (link.Parent.Rows == other.Parent.Rows && link.Position < other.Position);
        var (a, b) = isA ? (link, other) : (other, link);
        var (pairKey, sizeA, sizeB) = (Randomness.Derive(Key(a), Key(b)), Math.Max(1, a.Parent.Rows), Math.Max(1, b.Parent.Rows));
        var most = (Int128)link.Parent.Rows * other.Parent.Rows;
        if (most >= link.Child.Rows)
            return new PairLink(new(pairKey, sizeA, sizeB, link.Child.Rows), isA, key, link.Parent.Rows, link.Child.Rows) { NullThreshold = threshold };

        // More rows than pairs: only those count in which neither side is null.
        var emptier = (a.Definition.NullPercent ?? 0) >= (b.Definition.NullPercent ?? 0) ? a : b;
        var present = Orphans(emptier);
        if (most < present.Present)
            Exhausted(link, other, most, present.Present);
        var design = new PairDesign(pairKey, sizeA, sizeB, present.Present);
        return link == emptier
            ? new PairLink(design, isA, key, link.Parent.Rows, link.Child.Rows, present)
            : new PairLink(design, isA, key, link.Parent.Rows, link.Child.Rows, present, new UniformLink(key, link.Parent.Rows, link.Child.Rows)) { NullThreshold = threshold };
    }

    /// <summary>A junction one of whose sides is zipf: one side says how many children each parent has, the other keeps them apart.</summary>
    private Link ZipfPair(LinkNode link, LinkNode other, ulong key, ulong threshold)
    {
        var exponent = Exponent(link);
        if (exponent is not null && ZipfQuantile.FirstShare(exponent.Value, link.Parent.Rows) * link.Child.Rows is var wished && wished > other.Parent.Rows)
        {
            problems.Add(new($"relationships[{link.Position}].distribution", "generation.capped",
                $"{link.Name}: by zipf the first {link.Parent.Definition.Name} would have {Whole((long)wished)} of {Whole(link.Child.Rows)} rows of {link.Child.Definition.Name}, but there are {Whole(other.Parent.Rows)} rows of {other.Parent.Definition.Name} to pair with; the surplus goes to the next ones", ProblemSeverity.Warning)
            {
                SuggestedActions = [$"Lower the exponent of {link.Name}", $"Give {other.Parent.Definition.Name} more rows"],
            });
        }

        var most = (Int128)link.Parent.Rows * other.Parent.Rows;
        if (Kind(other) != DistributionKind.PerParent && most < link.Child.Rows)
            Exhausted(link, other, most, link.Child.Rows);
        var isLarger = link.Parent.Rows > other.Parent.Rows || (link.Parent.Rows == other.Parent.Rows && link.Position < other.Position);
        if (exponent is { } own && (Kind(other) == DistributionKind.Uniform || (Kind(other) == DistributionKind.Zipf && isLarger)))
            return new CappedZipfLink(key, link.Parent.Rows, link.Child.Rows, own, other.Parent.Rows) { NullThreshold = threshold };
        other.Link ??= Plain(other);
        if (other.Link.ChildrenEach.Most > link.Parent.Rows && Kind(other) == DistributionKind.PerParent)
            Exhausted(link, other, link.Parent.Rows, other.Link.ChildrenEach.Most ?? 0);
        var otherwise = other.Link is OrphansLink ? new ZipfLink(key, link.Parent.Rows, link.Child.Rows, exponent ?? 1) : null;
        return new RankedPairLink(key, other.Link, link.Parent.Rows, exponent, otherwise) { NullThreshold = threshold };
    }

    private static double? Exponent(LinkNode link) => Kind(link) == DistributionKind.Zipf ? link.Definition.Distribution!.Exponent ?? 1 : null;

    private void Exhausted(LinkNode link, LinkNode other, Int128 most, long asked) => Add($"relationships[{link.Position}]", "generation.unique_exhausted",
        $"{link.Child.Definition.Name}: {link.Name} and {other.Name} fill a key together and can give {most} distinct pairs, {asked} were asked");

    private static DistributionKind Kind(LinkNode link) => link.Definition.Distribution?.Kind ?? DistributionKind.Uniform;
}
