using System.Numerics;

namespace TdmPortal.Core.Generation;

/// <summary>
/// An entity that refers to itself: rows [2ᵏ, 2ᵏ⁺¹) have parents among rows [0, 2ᵏ), level by level, so that a parent's
/// number is smaller than its child's; row 0 and a share of the others are roots. Within a level it is a uniform or
/// zipf link of its own; for zipf the lowest row numbers are the first ranks, in every level.
/// </summary>
internal sealed class ForestLink : Link
{
    private readonly Link[] levels = new Link[62];
    private readonly ulong rootKey;
    private readonly ulong rootThreshold;

    public ForestLink(ulong key, long rows, double? exponent, double rootPercent)
        : base(key, rows, rows)
    {
        rootKey = Randomness.Derive(key, "root");
        rootThreshold = Randomness.Threshold(rootPercent);
        for (var level = 0; level < levels.Length && 1L << level < rows; level++)
        {
            // A level's own children are counted from its first row; the last level may be cut short.
            var size = 1L << level;
            var children = Math.Min(size, rows - size);
            var levelKey = Randomness.Derive(key, (ulong)level);
            levels[level] = exponent is { } s ? new RankedLink(levelKey, size, children, s) : new UniformLink(levelKey, size, children);
        }
    }

    public override bool IsOptional => true;

    public override long ParentOf(long child)
    {
        if (IsRoot(child))
            return -1;
        var level = BitOperations.Log2((ulong)child);
        return levels[level].ParentOf(child - (1L << level));
    }

    public override int ChildrenOf(long parent, ref ChildCursor cursor, Span<long> into)
    {
        // The cursor's layer counts levels; a level is small enough, at one child a parent, to be walked from its start.
        var count = 0;
        Span<long> found = stackalloc long[64];
        for (var level = Math.Max((int)cursor.Layer, parent == 0 ? 0 : BitOperations.Log2((ulong)parent) + 1); level < levels.Length && levels[level] is { } link; level++)
        {
            cursor.Layer = level;
            var inner = default(ChildCursor);
            long seen = 0;
            for (int part; (part = link.ChildrenOf(parent, ref inner, found)) > 0;)
            {
                for (var i = 0; i < part; i++)
                {
                    var child = found[i] + (1L << level);
                    if (seen++ < cursor.Slot || IsRoot(child))
                        continue;
                    if (count == into.Length)
                        return count;
                    into[count++] = child;
                    cursor.Slot = seen;
                }
            }

            cursor.Slot = 0;
            cursor.Layer = level + 1;
        }

        return count;
    }

    private bool IsRoot(long row) => row == 0 || Randomness.Below(Randomness.Cell(rootKey, row), rootThreshold);

    /// <summary>Zipf without a shuffle: the parent's row number is its rank.</summary>
    private sealed class RankedLink(ulong key, long parents, long children, double exponent) : Link(key, parents, children)
    {
        private readonly ZipfQuantile quantile = new(exponent, parents);
        private readonly KeyedPermutation permutation = new(key, (ulong)parents);

        public override long ParentOf(long child) => RankAt((long)permutation.Map((ulong)child));

        public override int ChildrenOf(long parent, ref ChildCursor cursor, Span<long> into)
        {
            var first = Math.Max(0, (long)(quantile.Before(parent) * Parents) - 1);
            var last = Math.Min(Parents - 1, (long)(quantile.Before(parent + 1) * Parents) + 1);
            var count = 0;
            for (; first + cursor.Slot <= last && count < into.Length; cursor.Slot++)
            {
                var slot = first + cursor.Slot;
                if ((slot <= first + 2 || slot >= last - 2) && RankAt(slot) != parent)
                    continue;
                var child = (long)permutation.Invert((ulong)slot);
                if (child < Children)
                    into[count++] = child;
            }

            return count;
        }

        private long RankAt(long slot) => quantile.Rank((slot + Randomness.Unit(Randomness.Cell(~Key, slot))) / Parents);
    }
}
