namespace TdmPortal.Core.Generation;

/// <summary>
/// A link whose child and parent have to share an ancestor, since a part of the key is filled already: the child's parent
/// is one of the ancestor's rows on the parent's side. Forwards at the cost of a draw; backwards at that of the
/// ancestor's children on the child's side.
/// </summary>
/// <param name="toAncestor">From the child to the shared ancestor; null where the child is the ancestor itself.</param>
/// <param name="candidates">From the parent to the shared ancestor: its children are the parents to choose from.</param>
internal abstract class FamilyLink(ulong key, long parents, long children, Link? toAncestor, Link candidates) : Link(key, parents, children)
{
    /// <summary>Whether each ancestor that has children here was found to have a candidate, so that none is left without.</summary>
    public bool IsProved { get; set; }

    public override bool IsOptional => base.IsOptional || !IsProved || toAncestor is { IsOptional: true };

    protected Link? ToAncestor => toAncestor;

    protected Link Candidates => candidates;

    public override long ParentOf(long child)
    {
        var ancestor = toAncestor is null ? child : toAncestor.ParentOrNone(child);
        return ancestor < 0 ? -1 : Choose(ancestor, child);
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
                if (seen++ < cursor.Slot || !Exists(found[i]) || Choose(ancestor, found[i]) != parent)
                    continue;
                if (count == into.Length)
                    return count;
                into[count++] = found[i];
                cursor.Slot = seen;
            }
        }

        return count;
    }

    /// <summary>The parent of a child among the ancestor's, -1 for none.</summary>
    protected abstract long Choose(long ancestor, long child);

    /// <summary>A candidate by chance, each as likely as the other; -1 where there is none that fits.</summary>
    protected long Draw(long ancestor, long child, ulong random, long slots)
    {
        // A place is empty in fifteen of sixteen cases at most, unless links are chained; who never hits looks at all in turn.
        const int tries = 512;
        long slot = 0;
        for (var number = 0; slots > 0 && number < tries; number++)
        {
            slot = (long)Randomness.Bounded(number == 0 ? random : Randomness.Next(random, (ulong)number), (ulong)slots);
            var parent = candidates.ChildAt(ancestor, slot);
            if (parent >= 0 && Fits(child, parent))
                return parent;
        }

        return Next(ancestor, child, slot, slots);
    }

    /// <summary>The first candidate that fits from a place on, going round; -1 where there is none.</summary>
    protected long Next(long ancestor, long child, long slot, long slots)
    {
        for (long seen = 0; seen < slots; seen++)
        {
            var parent = candidates.ChildAt(ancestor, slot);
            if (parent >= 0 && Fits(child, parent))
                return parent;
            slot = slot + 1 == slots ? 0 : slot + 1;
        }

        return -1;
    }

    /// <summary>How many ranks of Zipf's law a family has: about as many as candidates, since each has so many places.</summary>
    protected long Ranks(long slots) => (slots + candidates.SlotsPerChild - 1) / candidates.SlotsPerChild;

    /// <summary>Whether a child may have a candidate as its parent.</summary>
    protected virtual bool Fits(long child, long parent) => true;
}
