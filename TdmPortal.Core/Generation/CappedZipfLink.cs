namespace TdmPortal.Core.Generation;

/// <summary>
/// The zipf side of a junction: each parent has a number of children that is arithmetic, at most as many as the other
/// side has rows; what a parent has too many goes down the ranks. Children come in layers, each as large as all before it,
/// so that more rows move none that are there: after a layer, ranks 0..r have min(r × cap, ⌊N × share⌋) children, which
/// never falls when N doubles, since every whole number between two shares of N has its double between those of 2 N.
/// </summary>
internal sealed class CappedZipfLink : Link
{
    private const long FirstLayer = 1024;
    private readonly ZipfQuantile quantile;
    private readonly KeyedPermutation shuffle;
    private readonly Int128 room;
    private readonly long cap;

    /// <summary>Children of all layers up to each.</summary>
    private readonly long[] ends;

    /// <summary>A side of a junction.</summary>
    /// <param name="cap">Most children of a parent: the rows of the other side.</param>
    public CappedZipfLink(ulong key, long parents, long children, double exponent, long cap)
        : base(key, parents, children)
    {
        this.cap = cap;
        quantile = new(exponent, Math.Max(1, parents));
        shuffle = new(Randomness.Derive(key, "shuffle"), (ulong)Math.Max(1, parents));
        room = (Int128)parents * cap;
        var layers = new List<long> { (long)Int128.Min(FirstLayer, room) };
        while (layers[^1] < children && layers[^1] < room)
            layers.Add((long)Int128.Min((Int128)layers[^1] * 2, room));
        ends = [.. layers];
    }

    public override (long Least, long? Most) ChildrenEach => (0, Math.Min(cap, Children));

    public override long ParentOf(long child) => ParentOfRank(Place(child).Rank);

    public override long OrdinalOf(long child) => Place(child).Ordinal;

    /// <summary>The parent's rank.</summary>
    public long RankOf(long parent) => (long)shuffle.Invert((ulong)parent);

    /// <summary>The parent of a rank.</summary>
    public long ParentOfRank(long rank) => (long)shuffle.Map((ulong)rank);

    /// <summary>Most children that a rank can have, those of the last layer that do not exist included.</summary>
    public long MostOf(long rank) => Before(rank + 1, ends[^1]) - Before(rank, ends[^1]);

    /// <summary>The child of a rank with a number, parent or not; -1 where there is no such row.</summary>
    public long RowOf(long rank, long ordinal)
    {
        long start = 0, earlier = 0;
        for (var layer = 0; layer < ends.Length; start = ends[layer++])
        {
            var (before, after) = (Before(rank, ends[layer]), Before(rank + 1, ends[layer]));
            if (ordinal < after - before)
            {
                var row = start + (long)Layer(layer).Invert((ulong)(before - Before(rank, start) + ordinal - earlier));
                return row < Children ? row : -1;
            }

            earlier = after - before;
        }

        return -1;
    }

    public override int ChildrenOf(long parent, ref ChildCursor cursor, Span<long> into)
    {
        // The cursor's slot is the next ordinal.
        var rank = RankOf(parent);
        var (count, most) = (0, MostOf(rank));
        for (; cursor.Slot < most && count < into.Length; cursor.Slot++)
        {
            if (RowOf(rank, cursor.Slot) is >= 0 and var child && Exists(child))
                into[count++] = child;
        }

        return count;
    }

    /// <summary>The rank that a child belongs to, and its number there.</summary>
    public (long Rank, long Ordinal) Place(long child)
    {
        var layer = 0;
        while (ends[layer] <= child)
            layer++;
        var (start, end) = (layer == 0 ? 0 : ends[layer - 1], ends[layer]);
        var number = (long)Layer(layer).Map((ulong)(child - start));

        // The last rank that begins at the number or before it.
        long low = 0, high = Parents;
        while (high - low > 1)
        {
            var middle = low + ((high - low) / 2);
            if (Before(middle, end) - Before(middle, start) <= number)
                low = middle;
            else
                high = middle;
        }

        var earlier = Before(low, start);
        return (low, Before(low + 1, start) - earlier + number - (Before(low, end) - earlier));
    }

    /// <summary>Children of the ranks before one, when there are so many in all.</summary>
    private long Before(long rank, long all) =>
        all == 0 ? 0 : all == room ? rank * cap : (long)Int128.Min((Int128)rank * cap, (long)(quantile.Before(rank) * all));

    private KeyedPermutation Layer(int layer) => new(Randomness.Cell(Key, layer), (ulong)(ends[layer] - (layer == 0 ? 0 : ends[layer - 1])));
}
