using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.Generation;

/// <summary>Keys that three or more relationships fill together.</summary>
internal sealed partial class PlanCompiler
{
    private readonly Dictionary<LinkNode, LinkNode[]> tuples = [];
    private readonly Dictionary<LinkNode, LinkNode> paired = [];

    /// <summary>
    /// Says which of a key's relationships keep its rows apart, by what these can give and not by how many rows are asked,
    /// so that more rows move none: all that are uniform, or a pair. The others then choose freely.
    /// </summary>
    private void FindTuples()
    {
        foreach (var entity in entities)
        {
            foreach (var key in Keys(entity).Where(key => key.Count > 2 && key.All(name => entity.Fields[entity.FieldIndex(name)].FilledBy is not null)))
            {
                var sides = entity.Parents.Where(link => link.Child != link.Parent && StandsAlone(link) && Covers(key, link)).ToArray();
                if (sides.Length > 2 && !Array.Exists(sides, side => FillsKey(side) || OtherOf(side) is not null || tuples.ContainsKey(side)))
                    Keep(entity, key, sides);
            }
        }
    }

    private void Keep(EntityNode entity, IReadOnlyList<string> key, LinkNode[] sides)
    {
        var uniform = sides.Where(side => Kind(side) == DistributionKind.Uniform).OrderByDescending(side => side.Parent.Rows).ThenBy(side => side.Position).ToArray();
        var (best, pair) = sides.SelectMany((one, i) => sides.Skip(i + 1).Select(other => (Pairs(one, other), (one, other)))).MaxBy(found => found.Item1);
        var all = uniform.Aggregate((Int128)1, (product, side) => product > long.MaxValue ? product : product * side.Parent.Rows);
        if (uniform.Length < 3 || best > all)
        {
            paired[pair.one] = pair.other;
            paired[pair.other] = pair.one;
            all = best;
        }
        else
        {
            foreach (var side in uniform)
                tuples[side] = uniform;
        }

        if (all >= entity.Rows)
            return;
        var by = string.Join(" and ", sides.Where(side => tuples.ContainsKey(side) || paired.ContainsKey(side)).Select(side => side.Name));
        Add($"entities[{entity.Index}]", "generation.unique_exhausted", $"{Combined(entity, [.. key.Select(name => entity.Fields[entity.FieldIndex(name)])])}: {by} can give {Number((UInt128)all)} distinct combinations, {Number((UInt128)entity.Rows)} were asked",
            uniform.Length < sides.Length ? $"Make {sides.First(side => Kind(side) != DistributionKind.Uniform).Name} uniform: then it counts as well" : $"Give {entity.Definition.Name} fewer rows",
            $"Give {sides.MinBy(side => side.Parent.Rows)!.Parent.Definition.Name} more rows");
    }

    /// <summary>How many rows two relationships can keep apart.</summary>
    private static Int128 Pairs(LinkNode one, LinkNode other)
    {
        var (counted, free) = Kind(other) == DistributionKind.PerParent ? (other, one) : (one, other);
        return Kind(counted) != DistributionKind.PerParent ? (Int128)one.Parent.Rows * other.Parent.Rows
            : (counted.Definition.Distribution!.Max ?? 1) <= free.Parent.Rows ? long.MaxValue : 0;
    }

    /// <summary>The other relationship that fills a key together with this one, or keeps the rows of a longer one apart.</summary>
    private LinkNode? OtherOf(LinkNode link) => Partner(link, StandsAlone) ?? paired.GetValueOrDefault(link);

    private TupleLink Tuple(LinkNode link, LinkNode[] sides, ulong threshold)
    {
        var design = new TupleDesign(sides.Aggregate(0UL, (key, side) => Randomness.Derive(key, Key(side))), [.. sides.Select(side => Math.Max(1, side.Parent.Rows))], link.Child.Rows);
        return new(design, Array.IndexOf(sides, link), Key(link), link.Parent.Rows, link.Child.Rows) { NullThreshold = threshold };
    }
}
