using System.Globalization;
using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Generation;

/// <summary>Relationships that follow from others or have to agree with them, and the proof that all children find a parent.</summary>
internal sealed partial class PlanCompiler
{
    /// <summary>How many families are looked at one by one.</summary>
    private const long MostFamilies = 1 << 22;

    private FollowingLink Following(LinkNode link, LinkNode? leader, List<LinkNode> path)
    {
        var first = leader ?? path[0];
        var chain = Chain(leader is null ? path : [leader, .. path])!;
        return new(chain, first.Link, leader is not { Link.IsOptional: true } ? null : shared[link].Count == 0 ? Plain(link) : Agreeing(link)) { AlwaysUp = path.TrueForAll(one => !one.Link.IsOptional) };
    }

    private static Link? Chain(List<LinkNode> path) => path.Count == 0 ? null : path.Skip(1).Aggregate(path[0].Link, (lower, upper) => new ChainLink(lower, upper.Link));

    private Link Agreeing(LinkNode link)
    {
        var path = $"relationships[{link.Position}]";
        var (child, parent) = (link.Child.Definition.Name, link.Parent.Definition.Name);
        if (Ancestors(link) is not { Count: > 0 } ancestors)
        {
            var (place, field) = shared[link].Select(i => (i, link.Definition.From.Fields[i])).First(one => Foreign(link, one.i));
            Add($"{path}.from.fields[{place}]", "generation.no_agreement",
                $"{link.Name}: {child}.{field} is filled already, by {Filler(link, field)}, and not from the rows that {parent}.{link.Definition.To.Fields[place]} comes from, so no {parent} is sure to have that value",
                link.Child.Fields[link.Child.FieldIndex(field)].FilledBy is null ? $"Take the generator from {child}.{field}: {link.Name} then fills it" : $"Take {field} out of one of the relationships");
            return new UniformLink(0, 1, 1);
        }

        if (Kind(link) == DistributionKind.PerParent)
        {
            Add($"{path}.distribution", "generation.no_agreement", $"{link.Name} decides how many rows {child} has (perParent), but {string.Join(" and ", shared[link].Select(i => $"{link.Definition.From.Fields[i]} is filled by {Filler(link, link.Definition.From.Fields[i])}"))}, which cannot follow from it",
                "Make it uniform or zipf");
            return new UniformLink(0, 1, 1);
        }

        var family = ancestors.Count == 1 ? ancestors[0] : Trimmed(ancestors[0]);
        var (up, candidates) = (Chain(family.Child), Chain(family.Parent)!);
        var quantile = Kind(link) == DistributionKind.Zipf ? new ZipfQuantile(link.Definition.Distribution!.Exponent ?? 1, link.Parent.Rows) : null;
        var threshold = Randomness.Threshold(link.Definition.NullPercent ?? 0);
        var (key, parents, children) = (Key(link), link.Parent.Rows, link.Child.Rows);
        if (link.Child == link.Parent)
        {
            var roots = link.Definition.RootPercent ?? link.Definition.NullPercent ?? 0;
            return FillsKey(link) ? new PathLink(key, children, candidates, roots) : new FamilyForestLink(key, children, candidates, roots, quantile);
        }

        if (up is not null && FillsKey(link))
            return Proved(link, new OneToOneFamilyLink(key, parents, children, up, candidates) { NullThreshold = threshold }, family.Parent, up, candidates);
        if (up is not null && First(link) is { } first)
            return Proved(link, new DistinctLink(key, parents, children, first.Link, up, candidates) { NullThreshold = threshold }, family.Parent, up, candidates, first.Link);
        var others = ancestors.Skip(1).Select(Trimmed).Select(pair => (Chain(pair.Child), Chain(pair.Parent)!)).ToList();
        if (others.Count == 0 && up is { HasSlots: true } and not PerParentLink && candidates.HasSlots && quantile is null)
            return Proved(link, new MatchedLink(key, parents, children, up, candidates) { NullThreshold = threshold }, family.Parent, up, candidates);
        var made = new AgreeingLink(key, parents, children, up, candidates, quantile, others.Count == 0 ? null : others) { NullThreshold = threshold };
        return others.Count == 0 ? Proved(link, made, family.Parent, up, candidates) : ProvedByRow(link, made);
    }

    /// <summary>The ways up to the first row that child and parent share.</summary>
    private static (List<LinkNode> Child, List<LinkNode> Parent) Trimmed((List<LinkNode> Child, List<LinkNode> Parent) pair)
    {
        var same = 0;
        while (same < pair.Child.Count && same < pair.Parent.Count - 1 && pair.Child[^(same + 1)] == pair.Parent[^(same + 1)])
            same++;
        return (pair.Child[..^same], pair.Parent[..^same]);
    }

    private bool Foreign(LinkNode link, int place)
    {
        var child = Trace(link.Child, link.Definition.From.Fields[place], out var childOrigin);
        return Trace(link.Parent, link.Definition.To.Fields[place], out var parentOrigin).Count == 0 || childOrigin != parentOrigin || child.Contains(link);
    }

    private static string Filler(LinkNode link, string field) =>
        link.Child.Fields[link.Child.FieldIndex(field)] is { FilledBy: { } other } ? other.Name : $"the generator {link.Child.Fields[link.Child.FieldIndex(field)].Definition.Generator}";

    /// <summary>The relationship whose parents' children must all have different parents here: the two fill a key together.</summary>
    private LinkNode? First(LinkNode link) =>
        StandsAlone(link) || following.ContainsKey(link) || link.Child == link.Parent ? null : Partner(link, other => StandsAlone(other) || other.Position < link.Position);

    /// <summary>Makes sure that no child is left without a parent: by what the distributions promise, else by looking at each family.</summary>
    private FamilyLink Proved(LinkNode link, FamilyLink made, List<LinkNode> toAncestor, Link? up, Link candidates, Link? first = null)
    {
        var needed = first is not null ? first.ChildrenEach.Most : made is OneToOneFamilyLink ? up!.ChildrenEach.Most : 1;
        made.IsProved = needed <= candidates.ChildrenEach.Least;
        if (made.IsProved || link.Definition.NullPercent > 0 || made.Parents == 0)
            return made;
        var (ancestor, child, parent) = (toAncestor[^1].Parent.Definition.Name, link.Child.Definition.Name, link.Parent.Definition.Name);
        var families = first?.Parents ?? candidates.Parents;
        if (families > MostFamilies || (needed != 1 && link.Child.Rows > MostFamilies))
        {
            Refuse(link, $"that each {ancestor} with a {child} has {(needed == 1 ? $"a {parent}" : $"enough of {parent}")} cannot be shown for {Whole(families)} of them");
            return made;
        }

        long lacking = 0;
        var example = "";
        for (long i = 0; i < families; i++)
        {
            var (asked, given, row) = Family(i, up, candidates, made, first);
            if (asked <= given)
                continue;
            if (lacking++ == 0)
                example = $"the first is row {Whole(row)}{(needed == 1 ? "" : $", which has {Whole(given)} and needs {Whole(asked)}")}";
        }

        made.IsProved = lacking == 0;
        if (lacking > 0)
        {
            Refuse(link, needed == 1
                ? $"{Whole(lacking)} of {Whole(families)} rows of {ancestor} have a {child}, but no {parent} that agrees with it; {example}"
                : $"in {Whole(lacking)} of {Whole(families)} families of {ancestor} there are fewer rows of {parent} than a {child} each needs; {example}");
        }

        return made;
    }

    /// <summary>How many parents a family needs and has; both only as far as the answer depends on it.</summary>
    private static (long Asked, long Given, long Ancestor) Family(long number, Link? up, Link candidates, FamilyLink made, Link? first)
    {
        if (first is not null)
        {
            var asked = first.CountOf(number);
            var ancestor = asked == 0 ? -1 : up!.ParentOrNone(first.ChildNumber(number, 0));
            return ancestor < 0 ? (0, 0, -1) : (asked, candidates.CountOf(ancestor), ancestor);
        }

        if (made is OneToOneFamilyLink)
            return (up!.CountOf(number), candidates.CountOf(number), number);
        if (candidates.HasChild(number))
            return (0, 0, number);
        return (up is null ? number < made.Children : up.HasChild(number)) ? (1, 0, number) : (0, 0, number);
    }

    private AgreeingLink ProvedByRow(LinkNode link, AgreeingLink made)
    {
        if (link.Definition.NullPercent > 0 || made.Parents == 0)
            return made;
        long without = 0, example = -1;
        for (long row = 0; row < Math.Min(link.Child.Rows, MostFamilies); row++)
        {
            if (made.ParentOf(row) < 0 && without++ == 0)
                example = row;
        }

        made.IsProved = without == 0 && link.Child.Rows <= MostFamilies;
        if (!made.IsProved)
        {
            Refuse(link, without == 0
                ? $"that each {link.Child.Definition.Name} finds a {link.Parent.Definition.Name} that agrees in {string.Join(", ", shared[link].Select(i => link.Definition.From.Fields[i]))} cannot be shown for {Whole(link.Child.Rows)} rows"
                : $"{Whole(without)} of {Whole(link.Child.Rows)} rows of {link.Child.Definition.Name} find no {link.Parent.Definition.Name} that agrees with them in {string.Join(", ", shared[link].Select(i => link.Definition.From.Fields[i]))}; the first is row {Whole(example)}");
        }

        return made;
    }

    private void Refuse(LinkNode link, string why) => Add($"relationships[{link.Position}]", "generation.no_agreement", $"{link.Name}: {why}",
        $"Give {link.Parent.Definition.Name} more rows, or its relationship perParent with a min", $"Allow nulls with nullPercent");

    private static string Whole(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
