using System.Numerics;

namespace TdmPortal.Core.Generation;

/// <summary>
/// The other side of a junction one of whose sides is zipf: the children of one parent of the first side all have another
/// parent here. The parents here are classes of ranks of about equal shares (one class for uniform). A parent of the
/// first side takes its children's parents class by class in blocks that double, ⌊N × (share + u)⌋ of the classes
/// before each for its own hashed u, at most all there are; within a class it goes round from a place of its own.
/// Backwards, those who can reach a place are found by that arithmetic: for each pick of a class there is one among
/// every so many members as the class has.
/// </summary>
internal sealed class RankedPairLink : SecondSideLink
{
    private readonly CappedZipfLink? ranked;
    private readonly KeyedPermutation shuffle;
    private readonly long[] starts;
    private readonly double[] shares;
    private readonly List<(long Start, long End, long Most)> bands = [];

    /// <summary>The second side of a junction.</summary>
    /// <param name="first">The first side: zipf, or one that says itself which child has which number.</param>
    /// <param name="exponent">Of zipf; null for uniform.</param>
    /// <param name="otherwise">The parents of rows that the first side leaves without one.</param>
    public RankedPairLink(ulong key, Link first, long parents, double? exponent, Link? otherwise)
        : base(key, first, parents, otherwise)
    {
        ranked = first as CappedZipfLink;
        shuffle = new(Randomness.Derive(key, "shuffle"), (ulong)Math.Max(1, parents));
        var bounds = new List<long> { 0 };
        while (bounds[^1] < parents)
            bounds.Add(exponent is null ? parents : Math.Min(parents, bounds[^1] + 1 + (bounds[^1] / 16)));
        starts = [.. bounds];
        var quantile = new ZipfQuantile(exponent ?? 1, Math.Max(1, parents));
        shares = [.. bounds.Select(bound => bound == 0 ? 0 : bound == parents ? 1 : quantile.Before(bound))];
        for (long start = 0, end = 1; ranked is not null && start < first.Parents; start = end, end = Math.Min(first.Parents, end * 2))
            bands.Add((start, end, ranked.MostOf(start) + 1));
        if (ranked is null)
            bands.Add((0, first.Parents, first.ChildrenEach.Most ?? first.Children));
    }

    public override long ParentOf(long child)
    {
        var (member, number) = ranked?.Place(child) ?? (First.ParentOrNone(child), -1);
        if (member < 0)
            return Otherwise(child);
        var (kind, pick) = Pick(member, ranked is null ? First.OrdinalOf(child) : number);
        var size = starts[kind + 1] - starts[kind];
        return Parent(kind, (pick + Shift(kind, member)) % size);
    }

    protected override int Met(long parent, ref ChildCursor cursor, Span<long> into)
    {
        var rank = (long)shuffle.Invert((ulong)parent);
        var kind = Array.BinarySearch(starts, rank) is >= 0 and var at ? at : ~Array.BinarySearch(starts, rank) - 1;
        var size = starts[kind + 1] - starts[kind];
        var place = rank - starts[kind];
        var count = 0;

        // The cursor's layer is the band, its slot what was looked at there: picks times blocks of members, or members where they are fewer.
        for (; cursor.Layer < bands.Count; cursor.Layer++, cursor.Slot = 0)
        {
            var (start, end, most) = bands[(int)cursor.Layer];
            var picks = MostPicks(kind, most);
            var blocks = ((end - 1) / size) - (start / size) + 1;
            var byMember = picks * blocks >= end - start;
            var steps = byMember ? end - start : picks * blocks;
            for (; cursor.Slot < steps; cursor.Slot++)
            {
                long member, pick;
                if (byMember)
                {
                    member = start + cursor.Slot;
                    pick = (place - Shift(kind, member) + size) % size;
                }
                else
                {
                    var block = (start / size) + Math.DivRem(cursor.Slot, picks, out pick);
                    member = (block * size) + (long)Turn(kind, block).Invert((ulong)((place - pick + size) % size));
                }

                if (member < start || member >= end || pick >= picks || Row(member, kind, pick, most) is not (>= 0 and var child) || !Exists(child))
                    continue;
                if (count == into.Length)
                    return count;
                into[count++] = child;
            }
        }

        return count;
    }

    /// <summary>The class that a member's child takes its parent from, and for the how-manieth time.</summary>
    private (int Kind, long Pick) Pick(long member, long number)
    {
        var (start, end) = Block(number);
        var offset = Offset(member);
        var place = (long)Order(member, start, end).Map((ulong)(number - start));
        int low = 0, high = starts.Length - 1;
        while (high - low > 1)
        {
            var middle = (low + high) / 2;
            if (Before(middle, end, offset) - Before(middle, start, offset) <= place)
                low = middle;
            else
                high = middle;
        }

        var earlier = Before(low, start, offset);
        return (low, Before(low + 1, start, offset) - earlier + place - (Before(low, end, offset) - earlier));
    }

    /// <summary>The child of a member that takes its parent from a class for the how-manieth time; -1 where there is none.</summary>
    private long Row(long member, int kind, long pick, long most)
    {
        var offset = Offset(member);
        for (long number = 0; number < Math.Min(most, Parents);)
        {
            var (start, end) = Block(number);
            var (from, to) = (Before(kind, end, offset), Before(kind + 1, end, offset));
            if (pick < to - from)
            {
                var earlier = Before(kind, start, offset);
                number = start + (long)Order(member, start, end).Invert((ulong)(from - earlier + pick - (Before(kind + 1, start, offset) - earlier)));
                return ranked is null ? First.ChildNumber(member, number) : ranked.RowOf(member, number);
            }

            number = end;
        }

        return -1;
    }

    /// <summary>The block of numbers 2ᵏ..2ᵏ⁺¹ that one lies in, cut where each parent is taken.</summary>
    private (long Start, long End) Block(long number)
    {
        var start = number == 0 ? 0 : 1L << BitOperations.Log2((ulong)number);
        return (start, Math.Min(Parents, Math.Max(1, start * 2)));
    }

    /// <summary>In which order the children of a block take the classes: one that ends early favours none.</summary>
    private KeyedPermutation Order(long member, long start, long end) => new(Randomness.Next(Randomness.Cell(Key, member), (ulong)start), (ulong)(end - start));

    /// <summary>How many of a member's first <paramref name="all"/> children belong to the classes before one.</summary>
    private long Before(int kind, long all, double offset) =>
        all == 0 ? 0 : all == Parents ? starts[kind] : Math.Min(starts[kind], (long)((shares[kind] + offset) * all) - (long)(offset * all));

    private long MostPicks(int kind, long most)
    {
        var all = (double)BitOperations.RoundUpToPowerOf2((ulong)Math.Max(1, Math.Min(most, Parents)));
        var bound = Math.Min(starts[kind + 1], (shares[kind + 1] * all) + 1) - Math.Min(starts[kind], (shares[kind] * all) - 1);
        return Math.Min(starts[kind + 1] - starts[kind], (long)bound + 2);
    }

    /// <summary>Between 0 and 1 on a grid that leaves room for the sum with a share.</summary>
    private double Offset(long member) => (Randomness.Cell(~Key, member) >> 24) * (1.0 / (1UL << 40));

    private long Shift(int kind, long member)
    {
        var block = Math.DivRem(member, starts[kind + 1] - starts[kind], out var place);
        return (long)Turn(kind, block).Map((ulong)place);
    }

    private KeyedPermutation Turn(int kind, long block) => new(Randomness.Cell(Randomness.Derive(Key, (ulong)kind), block), (ulong)(starts[kind + 1] - starts[kind]));

    private long Parent(int kind, long place) => (long)shuffle.Map((ulong)(starts[kind] + place));
}
