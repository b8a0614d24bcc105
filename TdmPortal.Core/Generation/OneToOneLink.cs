namespace TdmPortal.Core.Generation;

/// <summary>No parent has more than one child: a keyed permutation of the parents.</summary>
internal sealed class OneToOneLink(ulong key, long parents, long children) : Link(key, parents, children)
{
    private readonly KeyedPermutation permutation = new(key, (ulong)Math.Max(1, parents));

    public override (long Least, long? Most) ChildrenEach => (0, 1);

    public override long ParentOf(long child) => (long)permutation.Map((ulong)child);

    public override long OrdinalOf(long child) => 0;

    public override long SeniorityOf(long child) => 0;

    public override bool HasSlots => true;

    public override int SlotsPerChild => 1;

    public override long? MostSlots => 1;

    public override long SlotOf(long child) => 0;

    public override long SlotsBefore(long parent, long row) => 1;

    public override long SlotsOf(long parent) => 1;

    public override long ChildAt(long parent, long slot)
    {
        var child = (long)permutation.Invert((ulong)parent);
        return slot == 0 && Exists(child) ? child : -1;
    }

    public override int ChildrenOf(long parent, ref ChildCursor cursor, Span<long> into)
    {
        if (cursor.Slot++ > 0)
            return 0;
        var child = (long)permutation.Invert((ulong)parent);
        if (!Exists(child))
            return 0;
        into[0] = child;
        return 1;
    }
}
