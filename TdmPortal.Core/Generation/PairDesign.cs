namespace TdmPortal.Core.Generation;

/// <summary>
/// Distinct pairs (a, b) from A × B, A ≥ B, pair i being arithmetic and each side's pairs found backwards. Both sides
/// are shuffled by key and cut into groups of about 16. Rows come in layers of A: in each, a group of a meets one group
/// of b, by a Latin square over the groups, and takes as many cells of their block as it has members; a keyed
/// permutation of the block's cells says which. A block is met again only when all others were, and then gives its next
/// cells: so no cell comes twice, and all A × B are reached.
/// </summary>
internal sealed class PairDesign
{
    private const int GroupSize = 16;
    private readonly ulong key;
    private readonly long sizeA;
    private readonly long sizeB;
    private readonly long groupsA;
    private readonly long groupsB;
    private readonly long bigGroupsB;
    private readonly KeyedPermutation shuffleA;
    private readonly KeyedPermutation shuffleB;
    private readonly KeyedPermutation order;
    private readonly KeyedPermutation layerPermutation;
    private readonly long rows;

    public PairDesign(ulong key, long sizeA, long sizeB, long rows)
    {
        (this.key, this.sizeA, this.sizeB, this.rows) = (key, sizeA, sizeB, rows);
        groupsA = Math.Max(1, sizeA / GroupSize);
        groupsB = Math.Max(1, sizeB / GroupSize);
        bigGroupsB = sizeB % groupsB;
        shuffleA = new(Randomness.Derive(key, "a"), (ulong)Math.Max(1, sizeA));
        shuffleB = new(Randomness.Derive(key, "b"), (ulong)Math.Max(1, sizeB));
        order = new(Randomness.Derive(key, "order"), (ulong)groupsB);
        layerPermutation = new(key, (ulong)Math.Max(1, sizeA));
    }

    /// <summary>The pair of a row.</summary>
    public (long A, long B) Pair(long row)
    {
        var layer = Math.DivRem(row, sizeA, out var position);
        var slot = (long)Layer(layer).Map((ulong)position);
        var groupA = GroupOf(slot, sizeA, groupsA);
        var startA = Start(groupA, sizeA, groupsA);
        var (groupB, turn) = Meets(groupA, layer);
        var (a, b) = Cell(groupA, groupB, turn, slot - startA);
        return ((long)shuffleA.Map((ulong)(startA + a)), (long)shuffleB.Map((ulong)(Start(groupB, sizeB, groupsB) + b)));
    }

    /// <summary>The rows with a given member of side A.</summary>
    public int RowsOfA(long member, ref ChildCursor cursor, Span<long> into)
    {
        var place = (long)shuffleA.Invert((ulong)member);
        var groupA = GroupOf(place, sizeA, groupsA);
        var startA = Start(groupA, sizeA, groupsA);
        var size = Start(groupA + 1, sizeA, groupsA) - startA;
        var count = 0;
        for (; cursor.Layer * sizeA < rows; cursor.Layer++, cursor.Slot = 0)
        {
            var (groupB, turn) = Meets(groupA, cursor.Layer);
            for (; cursor.Slot < size; cursor.Slot++)
            {
                if (Cell(groupA, groupB, turn, cursor.Slot).A != place - startA)
                    continue;
                if (count == into.Length)
                    return count;
                var row = RowAt(cursor.Layer, startA + cursor.Slot);
                if (row < rows)
                    into[count++] = row;
            }
        }

        return count;
    }

    /// <summary>The rows with a given member of side B. The cursor's slot counts slots of the layer.</summary>
    public int RowsOfB(long member, ref ChildCursor cursor, Span<long> into)
    {
        var place = (long)shuffleB.Invert((ulong)member);
        var groupB = GroupOf(place, sizeB, groupsB);
        var startB = Start(groupB, sizeB, groupsB);
        var count = 0;
        for (; cursor.Layer * sizeA < rows; cursor.Layer++, cursor.Slot = 0)
        {
            // The groups of a that meet this group of b now: every so-manieth, from a first one.
            if (!MetBy(groupB, cursor.Layer, out var groupA, out var step, out var turn))
                continue;
            for (long seen = 0; groupA < groupsA; groupA += step)
            {
                var startA = Start(groupA, sizeA, groupsA);
                var size = Start(groupA + 1, sizeA, groupsA) - startA;
                for (long t = 0; t < size; t++, seen++)
                {
                    if (seen < cursor.Slot || Cell(groupA, groupB, turn, t).B != place - startB)
                        continue;
                    if (count == into.Length)
                        return count;
                    var row = RowAt(cursor.Layer, startA + t);
                    if (row < rows)
                        into[count++] = row;
                    cursor.Slot = seen + 1;
                }
            }
        }

        return count;
    }

    /// <summary>The member of B that a member of A has as its number <paramref name="layer"/>, all of one member distinct.</summary>
    public long Partner(long member, long layer)
    {
        var place = (long)shuffleA.Invert((ulong)member);
        var (groupB, turn) = Meets(GroupOf(place, sizeA, groupsA), layer);
        return (long)shuffleB.Map((ulong)PartnerPlace(place, groupB, turn));
    }

    /// <summary>The next member of A, in shuffled order from place <paramref name="from"/> on, whose partner in a layer is a given member of B.</summary>
    public bool NextPartner(long partner, long layer, ref long from, out long member)
    {
        var wanted = (long)shuffleB.Invert((ulong)partner);
        var groupB = GroupOf(wanted, sizeB, groupsB);
        member = -1;
        if (from >= sizeA || !MetBy(groupB, layer, out var first, out var step, out var turn))
            return false;
        var at = GroupOf(from, sizeA, groupsA);
        var groupA = at <= first ? first : first + ((at - first + step - 1) / step * step);
        for (; groupA < groupsA; groupA += step)
        {
            var end = Start(groupA + 1, sizeA, groupsA);
            for (from = Math.Max(from, Start(groupA, sizeA, groupsA)); from < end; from++)
            {
                if (PartnerPlace(from, groupB, turn) != wanted)
                    continue;
                member = (long)shuffleA.Map((ulong)from++);
                return true;
            }
        }

        from = sizeA;
        return false;
    }

    /// <summary>Where <see cref="NextPartner"/> has to go on to find a member again.</summary>
    public long Before(long member) => (long)shuffleA.Invert((ulong)member);

    private long PartnerPlace(long place, long groupB, long turn)
    {
        var start = Start(groupB, sizeB, groupsB);
        var group = new KeyedPermutation(Randomness.Cell(Randomness.Derive(key, (ulong)groupB), place), (ulong)(Start(groupB + 1, sizeB, groupsB) - start));
        return start + (long)group.Map((ulong)turn);
    }

    /// <summary>Which group of b a group of a meets in a layer, and for the how-manieth time.</summary>
    private (long GroupB, long Turn) Meets(long groupA, long layer)
    {
        var turn = Math.DivRem(layer, groupsB, out var index);
        // The larger groups come first; in the last turn only they have cells left.
        return turn < sizeB / groupsB
            ? ((long)((order.Map((ulong)index) + (ulong)groupA) % (ulong)groupsB), turn)
            : ((index + groupA) % bigGroupsB, turn);
    }

    private bool MetBy(long groupB, long layer, out long first, out long step, out long turn)
    {
        turn = Math.DivRem(layer, groupsB, out var index);
        if (turn < sizeB / groupsB)
        {
            step = groupsB;
            first = (groupB - (long)order.Map((ulong)index) + groupsB) % groupsB;
            return true;
        }

        step = Math.Max(1, bigGroupsB);
        first = groupB < bigGroupsB ? (groupB - (index % bigGroupsB) + bigGroupsB) % bigGroupsB : 0;
        return groupB < bigGroupsB;
    }

    private (long A, long B) Cell(long groupA, long groupB, long turn, long slot)
    {
        var sizeOfA = Start(groupA + 1, sizeA, groupsA) - Start(groupA, sizeA, groupsA);
        var sizeOfB = Start(groupB + 1, sizeB, groupsB) - Start(groupB, sizeB, groupsB);
        var block = new KeyedPermutation(Randomness.Derive(key, (ulong)((groupA * groupsB) + groupB)), (ulong)(sizeOfA * sizeOfB));
        var cell = (long)block.Map((ulong)((turn * sizeOfA) + slot));
        return (cell % sizeOfA, cell / sizeOfA);
    }

    private long RowAt(long layer, long slot) => (layer * sizeA) + (long)Layer(layer).Invert((ulong)slot);

    private KeyedPermutation Layer(long layer) => layerPermutation.WithKey(Randomness.Cell(key, layer));

    private static long Start(long group, long size, long groups)
    {
        var each = Math.DivRem(size, groups, out var big);
        return (group * each) + Math.Min(group, big);
    }

    private static long GroupOf(long place, long size, long groups)
    {
        var each = Math.DivRem(size, groups, out var big);
        var inBig = big * (each + 1);
        return place < inBig ? place / (each + 1) : big + ((place - inBig) / Math.Max(1, each));
    }
}
