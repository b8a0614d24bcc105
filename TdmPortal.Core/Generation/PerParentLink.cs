namespace TdmPortal.Core.Generation;

/// <summary>
/// Each parent has min to max children, which follow each other in the order of their parents. Parents come in groups of
/// 16, eight pairs that have min + x and max − x children for a hashed x, so that a group's total is constant and a
/// parent's first child is arithmetic; which parents of the group make a pair is shuffled by hash.
/// </summary>
internal sealed class PerParentLink : Link
{
    private const int GroupSize = 16;
    private readonly int min;
    private readonly int max;

    public PerParentLink(ulong key, long parents, int min, int max)
        : base(key, parents, Total(parents, min, max)) => (this.min, this.max) = (min, max);

    public override (long Least, long? Most) ChildrenEach => (min, max);

    /// <summary>Children of all parents together.</summary>
    public static long Total(long parents, int min, int max) => checked((parents / 2 * ((long)min + max)) + (parents % 2 * (((long)min + max) / 2)));

    public override long ParentOf(long child) => Locate(child, out _);

    public override long OrdinalOf(long child)
    {
        var parent = Locate(child, out var first);
        return parent < 0 ? -1 : child - first;
    }

    public override long SeniorityOf(long child) => OrdinalOf(child);

    public override long CountOf(long parent) => Family(parent).Count;

    public override bool HasSlots => true;

    public override int SlotsPerChild => 1;

    public override long? MostSlots => max;

    public override long SlotsOf(long parent) => CountOf(parent);

    public override long SlotOf(long child) => OrdinalOf(child);

    public override long ChildAt(long parent, long slot) => ChildNumber(parent, slot);

    public override long SlotsBefore(long parent, long row)
    {
        var (first, count) = Family(parent);
        return Math.Clamp(row - first, 0, count);
    }

    public override long ChildNumber(long parent, long ordinal)
    {
        var (first, count) = Family(parent);
        return ordinal < count ? first + ordinal : -1;
    }

    public override (long Before, long After) Neighbours(long parent, long row)
    {
        var (first, count) = Family(parent);
        return (row > first ? row - 1 : -1, row + 1 < first + count ? row + 1 : -1);
    }

    public override int ChildrenOf(long parent, ref ChildCursor cursor, Span<long> into)
    {
        var (first, children) = Family(parent);
        var count = 0;
        for (; cursor.Slot < children && count < into.Length; cursor.Slot++)
            into[count++] = first + cursor.Slot;
        return count;
    }

    private (long First, int Count) Family(long parent)
    {
        Span<int> counts = stackalloc int[GroupSize];
        var first = Counts(parent / GroupSize, counts);
        var place = (int)(parent % GroupSize);
        for (var i = 0; i < place; i++)
            first += counts[i];
        return (first, counts[place]);
    }

    private long Locate(long child, out long first)
    {
        Span<int> counts = stackalloc int[GroupSize];
        var group = child / (GroupSize / 2 * ((long)min + max));
        first = Counts(group, counts);
        var place = 0;
        while (child - first >= counts[place])
            first += counts[place++];
        return (group * GroupSize) + place;
    }

    /// <summary>Children of each parent of a group, and the first child of the first.</summary>
    private long Counts(long group, Span<int> counts)
    {
        var size = (int)Math.Min(GroupSize, Parents - (group * GroupSize));
        var groupKey = Randomness.Cell(Key, group);
        Span<byte> order = stackalloc byte[GroupSize];
        for (var i = 0; i < size; i++)
        {
            var with = (int)Randomness.Bounded(Randomness.Next(groupKey, (ulong)i), (ulong)(i + 1));
            order[i] = order[with];
            order[with] = (byte)i;
        }

        for (var i = 0; i + 1 < size; i += 2)
        {
            var more = (int)Randomness.Bounded(Randomness.Next(groupKey, (ulong)(GroupSize + i)), (ulong)(max - min + 1));
            counts[order[i]] = min + more;
            counts[order[i + 1]] = max - more;
        }

        if (size % 2 == 1)
            counts[order[size - 1]] = (int)(((long)min + max) / 2);
        return group * (GroupSize / 2) * ((long)min + max);
    }
}
