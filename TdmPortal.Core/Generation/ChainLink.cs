namespace TdmPortal.Core.Generation;

/// <summary>Two links one after another: from a child over its parent to the parent's parent.</summary>
internal sealed class ChainLink(Link lower, Link upper) : Link(0, upper.Parents, lower.Children)
{
    public override bool IsOptional => lower.IsOptional || upper.IsOptional;

    public override (long Least, long? Most) ChildrenEach => (lower.ChildrenEach.Least * upper.ChildrenEach.Least, lower.ChildrenEach.Most * upper.ChildrenEach.Most);

    /// <summary>Whether both links give each child of a parent a place without empty ones, few enough to be walked.</summary>
    private bool IsDense => upper.SlotsPerChild * lower.SlotsPerChild == 1 && upper.MostSlots is not null && lower.MostSlots is not null;

    /// <summary>Whether places are made of places of both links, which is the better the more parents there are.</summary>
    private bool IsProduct => !IsDense && lower.MostSlots is not null && upper.HasSlots && lower.HasSlots && (long)upper.SlotsPerChild * lower.SlotsPerChild < Parents;

    public override bool HasSlots => !IsDense && (IsProduct || base.HasSlots);

    public override int SlotsPerChild => IsProduct ? upper.SlotsPerChild * lower.SlotsPerChild : base.SlotsPerChild;

    public override long? MostSlots => IsProduct ? upper.MostSlots * lower.MostSlots : base.MostSlots;

    public override long SlotsOf(long parent) => IsProduct ? upper.SlotsOf(parent) * lower.MostSlots!.Value : base.SlotsOf(parent);

    public override long SlotsBefore(long parent, long row) => IsProduct ? SlotsOf(parent) : base.SlotsBefore(parent, row);

    public override long ChildAt(long parent, long slot)
    {
        if (!IsProduct)
            return base.ChildAt(parent, slot);
        var place = Math.DivRem(slot, upper.SlotsOf(parent), out var above);
        var middle = upper.ChildAt(parent, above);
        return middle < 0 || place >= lower.SlotsOf(middle) ? -1 : lower.ChildAt(middle, place);
    }

    public override long SlotOf(long child)
    {
        if (!IsProduct)
            return base.SlotOf(child);
        var middle = lower.ParentOf(child);
        return (lower.SlotOf(child) * upper.SlotsOf(upper.ParentOf(middle))) + upper.SlotOf(middle);
    }

    public override long ParentOf(long child) => upper.ParentOrNone(lower.ParentOrNone(child));

    public override int ChildrenOf(long parent, ref ChildCursor cursor, Span<long> into)
    {
        // The cursor's slot counts grandchildren that were given.
        Span<long> middle = stackalloc long[32];
        Span<long> found = stackalloc long[32];
        var outer = default(ChildCursor);
        var count = 0;
        long seen = 0;
        for (int parts; (parts = upper.ChildrenOf(parent, ref outer, middle)) > 0;)
        {
            foreach (var one in middle[..parts])
            {
                var inner = default(ChildCursor);
                for (int part; (part = lower.ChildrenOf(one, ref inner, found)) > 0;)
                {
                    foreach (var child in found[..part])
                    {
                        if (seen++ < cursor.Slot)
                            continue;
                        if (count == into.Length)
                            return count;
                        into[count++] = child;
                        cursor.Slot = seen;
                    }
                }
            }
        }

        return count;
    }
}
