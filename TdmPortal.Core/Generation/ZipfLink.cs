namespace TdmPortal.Core.Generation;

/// <summary>
/// Few parents have most children. Children come in layers, a keyed permutation takes a child of a layer to a slot, the
/// slot with a jitter by hash is a share of all, and the quantile of that share is the parent's rank in a keyed shuffle.
/// Backwards, a rank's shares are an interval of slots, of which only the ends have to be tried.
/// </summary>
internal sealed class ZipfLink : Link
{
    private readonly ZipfQuantile quantile;
    private readonly KeyedPermutation shuffle;
    private readonly KeyedPermutation permutation;
    private readonly long layerRows;

    public ZipfLink(ulong key, long parents, long children, double exponent)
        : base(key, parents, children)
    {
        quantile = new(exponent, Math.Max(1, parents));
        shuffle = new(Randomness.Derive(key, "shuffle"), (ulong)Math.Max(1, parents));
        layerRows = Math.Max(4096, parents);
        permutation = new(key, (ulong)layerRows);
    }

    public override long ParentOf(long child)
    {
        var layer = Math.DivRem(child, layerRows, out var position);
        var layerKey = Randomness.Cell(Key, layer);
        return (long)shuffle.Map((ulong)RankAt(layerKey, (long)permutation.WithKey(layerKey).Map((ulong)position)));
    }

    public override bool HasSlots => true;

    public override int SlotsPerChild => 1;

    public override long? MostSlots => null;

    public override long SlotOf(long child)
    {
        var layer = Math.DivRem(child, layerRows, out var position);
        var slot = (long)permutation.WithKey(Randomness.Cell(Key, layer)).Map((ulong)position);
        return (layer * Width(ParentOf(child), out _, out var first, out _)) + slot - first;
    }

    public override long SlotsOf(long parent) => Layers(Children) * Width(parent, out _, out _, out _);

    public override long SlotsBefore(long parent, long row) => Layers(Math.Min(Children, row)) * Width(parent, out _, out _, out _);

    public override long ChildAt(long parent, long slot)
    {
        var layer = Math.DivRem(slot, Width(parent, out var rank, out var first, out _), out var place);
        var layerKey = Randomness.Cell(Key, layer);
        if (RankAt(layerKey, first + place) != rank)
            return -1;
        var child = (layer * layerRows) + (long)permutation.WithKey(layerKey).Invert((ulong)(first + place));
        return Exists(child) ? child : -1;
    }

    public override int ChildrenOf(long parent, ref ChildCursor cursor, Span<long> into)
    {
        var count = 0;
        var last = Width(parent, out var rank, out var first, out var shares) + first - 1;
        for (; cursor.Layer * layerRows < Children; cursor.Layer++, cursor.Slot = 0)
        {
            var layerKey = Randomness.Cell(Key, cursor.Layer);
            var layer = permutation.WithKey(layerKey);
            for (; first + cursor.Slot <= last; cursor.Slot++)
            {
                var slot = first + cursor.Slot;
                if ((slot <= first + 2 || slot >= last - 2) && !IsRankAt(layerKey, slot, rank, shares))
                    continue;
                if (count == into.Length)
                    return count;
                var child = (cursor.Layer * layerRows) + (long)layer.Invert((ulong)slot);
                if (Exists(child))
                    into[count++] = child;
            }
        }

        return count;
    }

    private long Layers(long rows) => (rows + layerRows - 1) / layerRows;

    /// <summary>How many slots of a layer may be a parent's: one of margin on each side takes up the rounding of the quantile; slots within are certain.</summary>
    private long Width(long parent, out long rank, out long first, out (double Low, double High) shares)
    {
        rank = (long)shuffle.Invert((ulong)parent);
        shares = (quantile.Before(rank), quantile.Before(rank + 1));
        first = Math.Max(0, (long)(shares.Low * layerRows) - 1);
        return Math.Min(layerRows - 1, (long)(shares.High * layerRows) + 1) - first + 1;
    }

    /// <summary>Whether a slot falls to a rank: by its shares where they tell, by the quantile where rounding might.</summary>
    private bool IsRankAt(ulong layerKey, long slot, long rank, (double Low, double High) shares)
    {
        // Far above the error of the quantile and its inverse, which is near 10⁻¹⁴.
        const double margin = 1e-10;
        var share = Share(layerKey, slot);
        if (share < shares.Low - margin || share > shares.High + margin)
            return false;
        return (share > shares.Low + margin && share < shares.High - margin) || quantile.Rank(share) == rank;
    }

    private long RankAt(ulong layerKey, long slot) => quantile.Rank(Share(layerKey, slot));

    /// <summary>The share of all that lies before a slot's place within it.</summary>
    private double Share(ulong layerKey, long slot) => (slot + Randomness.Unit(Randomness.Cell(~layerKey, slot))) / layerRows;
}
