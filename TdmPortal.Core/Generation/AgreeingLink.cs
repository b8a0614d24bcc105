namespace TdmPortal.Core.Generation;

/// <summary>
/// A composite key of which a part is filled already, through an ancestor that child and parent share: the parent is
/// one of the ancestor's rows on the parent's side, each as likely as the other.
/// </summary>
/// <param name="toAncestor">From the child to the shared ancestor; null where the child is the ancestor itself.</param>
/// <param name="candidates">From the parent to the shared ancestor: its children are the parents to choose from.</param>
internal sealed class AgreeingLink(ulong key, long parents, long children, Link? toAncestor, Link candidates) : Link(key, parents, children)
{
    public override bool IsOptional => base.IsOptional || candidates.ChildrenEach.Least == 0 || toAncestor is { IsOptional: true };

    public override long ParentOf(long child)
    {
        var ancestor = toAncestor is null ? child : toAncestor.ParentOrNone(child);
        if (ancestor < 0)
            return -1;
        Span<long> found = stackalloc long[64];
        var total = Count(ancestor, found);
        if (total == 0)
            return -1;
        var wanted = (long)Randomness.Bounded(Randomness.Cell(Key, child), (ulong)total);
        var cursor = default(ChildCursor);
        for (int count; (count = candidates.ChildrenOf(ancestor, ref cursor, found)) > 0; wanted -= count)
        {
            if (wanted < count)
                return found[(int)wanted];
        }

        throw new InvalidOperationException("fewer candidates than were counted");
    }

    public override int ChildrenOf(long parent, ref ChildCursor cursor, Span<long> into)
    {
        var ancestor = candidates.ParentOrNone(parent);
        if (ancestor < 0)
            return 0;
        if (toAncestor is null)
        {
            if (cursor.Slot++ > 0 || !Exists(ancestor) || ParentOf(ancestor) != parent)
                return 0;
            into[0] = ancestor;
            return 1;
        }

        // The cursor's slot counts the ancestor's children that were looked at.
        Span<long> found = stackalloc long[64];
        var inner = default(ChildCursor);
        var count = 0;
        long seen = 0;
        for (int part; (part = toAncestor.ChildrenOf(ancestor, ref inner, found)) > 0;)
        {
            for (var i = 0; i < part; i++)
            {
                if (seen++ < cursor.Slot || !Exists(found[i]) || ParentOf(found[i]) != parent)
                    continue;
                if (count == into.Length)
                    return count;
                into[count++] = found[i];
                cursor.Slot = seen;
            }
        }

        return count;
    }

    private long Count(long ancestor, Span<long> scratch)
    {
        var cursor = default(ChildCursor);
        long total = 0;
        for (int count; (count = candidates.ChildrenOf(ancestor, ref cursor, scratch)) > 0;)
            total += count;
        return total;
    }
}
