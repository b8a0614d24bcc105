using System.Numerics;

namespace TdmPortal.Core.Generation;

/// <summary>
/// An entity that refers to itself, each row having min to max children: row 0 is a root, a share of the others are, and
/// the rest go to the rows in turn, min to max each, until the rows are used up; the rows after that have no children. A
/// row whose turn would come before its parent's is a root as well. Nothing but the row's own number decides, so more rows
/// move none.
/// </summary>
internal sealed class CountedForestLink(ulong key, long rows, int min, int max, double rootPercent) : Link(key, rows, rows)
{
    private const int BlockRows = 64;

    private readonly ulong rootKey = Randomness.Derive(key, "root");
    private readonly double share = rootPercent / 100;

    /// <summary>More parents than any entity has rows, so that the last group is like the others whatever their number.</summary>
    private readonly PerParentLink families = new(key, 1L << 40, min, max);

    public override bool IsOptional => true;

    public override (long Least, long? Most) ChildrenEach => (0, max);

    public override long ParentOf(long child)
    {
        var number = child == 0 ? -1 : NumberOf(child - 1);
        var parent = number < 0 ? -1 : families.ParentOf(number);
        return parent < child ? parent : -1;
    }

    public override int ChildrenOf(long parent, ref ChildCursor cursor, Span<long> into)
    {
        if (share >= 1)
            return 0;
        for (int count; (count = families.ChildrenOf(parent, ref cursor, into)) > 0;)
        {
            var kept = 0;
            for (var i = 0; i < count; i++)
            {
                var child = RowOf(into[i]) + 1;
                if (child < Children && child > parent)
                    into[kept++] = child;
            }

            if (kept > 0)
                return kept;
        }

        return 0;
    }

    /// <summary>Number of a row, row 0 left out, among those that are no roots; -1 for a root.</summary>
    private long NumberOf(long row)
    {
        var (block, place) = Math.DivRem(row, BlockRows);
        var roots = Roots(block);
        return (roots >> (int)place & 1) != 0 ? -1 : NumbersBefore(block) + place - BitOperations.PopCount(roots & ((1UL << (int)place) - 1));
    }

    private long RowOf(long number)
    {
        var block = (long)(number / (1 - share)) / BlockRows;
        while (block > 0 && NumbersBefore(block) > number)
            block--;
        while (NumbersBefore(block + 1) <= number)
            block++;
        var others = ~Roots(block);
        for (var skipped = number - NumbersBefore(block); skipped > 0; skipped--)
            others &= others - 1;
        return (block * BlockRows) + BitOperations.TrailingZeroCount(others);
    }

    private long NumbersBefore(long block) => (block * BlockRows) - RootsBefore(block);

    private long RootsBefore(long block) => (long)(block * BlockRows * share);

    /// <summary>The rows of a block that are roots, a bit each.</summary>
    private ulong Roots(long block)
    {
        var shuffle = new KeyedPermutation(Randomness.Cell(rootKey, block), BlockRows);
        ulong roots = 0;
        for (var left = RootsBefore(block + 1) - RootsBefore(block); left > 0; left--)
            roots |= 1UL << (int)shuffle.Map((ulong)left - 1);
        return roots;
    }
}
