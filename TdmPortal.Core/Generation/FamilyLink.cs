using System.Buffers;

namespace TdmPortal.Core.Generation;

/// <summary>
/// A link whose child and parent have to share an ancestor, since a part of the key is filled already: the child's parent
/// is one of the ancestor's rows on the parent's side. Forwards at the cost of a draw; backwards at that of making the
/// ancestor's children on the child's side, once for all its parents where the family is not too large to be kept.
/// </summary>
/// <param name="toAncestor">From the child to the shared ancestor; null where the child is the ancestor itself.</param>
/// <param name="candidates">From the parent to the shared ancestor: its children are the parents to choose from.</param>
internal abstract class FamilyLink(ulong key, long parents, long children, Link? toAncestor, Link candidates) : Link(key, parents, children)
{
    /// <summary>What the cursor's layer says of a walk over a family that is kept.</summary>
    private const long Remembered = -1;

    private readonly FamilyMemory memory = new(candidates.Parents);

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

        // A walk goes on as it began: what is kept may be forgotten in between.
        var isNew = cursor is { Layer: 0, Slot: 0 };
        if (!isNew && cursor.Layer != Remembered)
            return Walk(ancestor, parent, ref cursor, into);
        var family = memory.Find(ancestor) ?? (isNew && !IsWorth(ancestor) ? null : WorkOut(ancestor));
        if (family is null or { IsTooLarge: true })
            return Walk(ancestor, parent, ref cursor, into);
        var left = family.Of(parent)[(int)cursor.Slot..];
        var taken = Math.Min(left.Length, into.Length);
        left[..taken].CopyTo(into);
        (cursor.Layer, cursor.Slot) = (Remembered, cursor.Slot + taken);
        return taken;
    }

    /// <summary>The next of a parent's children, without what is kept.</summary>
    protected virtual int Walk(long ancestor, long parent, ref ChildCursor cursor, Span<long> into)
    {
        // The cursor's slot counts the ancestor's children that were looked at.
        Span<long> found = stackalloc long[64];
        var inner = default(ChildCursor);
        var count = 0;
        long seen = 0;
        for (int part; (part = toAncestor!.ChildrenOf(ancestor, ref inner, found)) > 0;)
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

    /// <summary>As <see cref="Choose"/>, with the child's place in the order in which <see cref="Walk"/> gives its parent's children: by layer, then slot.</summary>
    protected virtual (long Parent, long Layer, long Slot) Placed(long ancestor, long child, long number) => (Choose(ancestor, child), 0, number);

    /// <summary>How many walks of a family cost as much as working it out: one, where a walk looks at the whole of it.</summary>
    protected virtual long WalksOfFamily(long ancestor) => 1;

    private bool IsWorth(long ancestor) => memory.Walked(ancestor) >= WalksOfFamily(ancestor);

    /// <summary>Null where the family is too large to be kept.</summary>
    private Family? WorkOut(long ancestor)
    {
        var buffer = ArrayPool<long>.Shared.Rent(4096);
        var members = new List<(long Parent, long Layer, long Slot, long Child)>();
        var cursor = default(ChildCursor);
        long number = 0;
        for (int count; number <= FamilyMemory.MostChildren && (count = toAncestor!.ChildrenOf(ancestor, ref cursor, buffer)) > 0;)
        {
            foreach (var child in buffer.AsSpan(0, count))
            {
                if (Exists(child) && Placed(ancestor, child, number) is { Parent: >= 0 } placed)
                    members.Add((placed.Parent, placed.Layer, placed.Slot, child));
                number++;
            }
        }

        ArrayPool<long>.Shared.Return(buffer);
        return memory.Keep(number > FamilyMemory.MostChildren ? new(ancestor) : new(ancestor, members));
    }

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
