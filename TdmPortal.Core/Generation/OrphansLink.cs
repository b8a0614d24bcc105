namespace TdmPortal.Core.Generation;

/// <summary>
/// A link over the rows that have a parent, and further rows that have none. With perParent each parent has its min to
/// max children all the same, and the rows without a parent come on top, so that they are the share asked for.
/// </summary>
/// <param name="inner">Numbers its children as <paramref name="rows"/> does.</param>
internal sealed class OrphansLink(Link inner, OrphanRows rows, long children) : Link(0, inner.Parents, children)
{
    public override bool IsOptional => true;

    public override (long Least, long? Most) ChildrenEach => inner.ChildrenEach;

    public override bool HasSlots => inner.HasSlots;

    public override long SlotOf(long child) => inner.SlotOf(rows.NumberOf(child));

    public override long SlotsBefore(long parent, long row) => SlotsOf(parent);

    public override int SlotsPerChild => inner.SlotsPerChild;

    public override long? MostSlots => inner.MostSlots;

    public override long ParentOf(long child)
    {
        var number = rows.NumberOf(child);
        return number < 0 ? -1 : inner.ParentOrNone(number);
    }

    public override long OrdinalOf(long child) => inner.OrdinalOf(rows.NumberOf(child));

    public override long CountOf(long parent) => inner.CountOf(parent);

    public override long SlotsOf(long parent) => inner.SlotsOf(parent);

    public override long ChildAt(long parent, long slot) => Row(inner.ChildAt(parent, slot));

    public override long ChildNumber(long parent, long ordinal) => Row(inner.ChildNumber(parent, ordinal));

    public override int ChildrenOf(long parent, ref ChildCursor cursor, Span<long> into)
    {
        var count = inner.ChildrenOf(parent, ref cursor, into);
        for (var i = 0; i < count; i++)
            into[i] = rows.RowOf(into[i]);
        return count;
    }

    private long Row(long number) => number < 0 ? -1 : rows.RowOf(number);
}
