namespace TdmPortal.Core.Generation;

/// <summary>Two links one after another: from a child over its parent to the parent's parent.</summary>
internal sealed class ChainLink(Link lower, Link upper) : Link(0, upper.Parents, lower.Children)
{
    public override bool IsOptional => lower.IsOptional || upper.IsOptional;

    public override (long Least, long? Most) ChildrenEach => (lower.ChildrenEach.Least * upper.ChildrenEach.Least, lower.ChildrenEach.Most * upper.ChildrenEach.Most);

    public override int SlotsPerChild => (int)Math.Min(1 << 20, (long)upper.SlotsPerChild * lower.SlotsPerChild);

    /// <summary>Drawn by places only where that saves a long walk: each place of the upper link has room for the most that the lower has.</summary>
    private bool IsSpread => SlotsPerChild > 1 && lower.MostSlots is not null;

    public override long? MostSlots => IsSpread ? upper.MostSlots * lower.MostSlots : null;

    public override long SlotsOf(long parent) => IsSpread ? upper.SlotsOf(parent) * lower.MostSlots!.Value : base.SlotsOf(parent);

    public override long ChildAt(long parent, long slot)
    {
        if (!IsSpread)
            return base.ChildAt(parent, slot);
        var middle = upper.ChildAt(parent, Math.DivRem(slot, lower.MostSlots!.Value, out var place));
        return middle < 0 || place >= lower.SlotsOf(middle) ? -1 : lower.ChildAt(middle, place);
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
