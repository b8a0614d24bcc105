namespace TdmPortal.Core.Generation;

/// <summary>
/// Which parent each child row has: arithmetic, walked both ways. Adding child rows moves no link that is there, since
/// nothing but the parents' number enters the way from child to parent.
/// </summary>
internal abstract class Link(ulong key, long parents, long children)
{
    /// <summary>Parents up to which a row drawn at random is soon one of a given parent's.</summary>
    private const long FewParents = 512;

    private readonly ulong nullKey = Randomness.Derive(key, "null");
    private FamilyMemory? elders;

    /// <summary>Share of children without a parent, as a threshold.</summary>
    public ulong NullThreshold { get; init; }

    /// <summary>Whether a child may be without a parent.</summary>
    public virtual bool IsOptional => NullThreshold > 0;

    public long Parents { get; } = parents;

    public long Children { get; } = children;

    protected ulong Key { get; } = key;

    /// <summary>Least and most children that a parent can have; most is null where no useful bound is known.</summary>
    public virtual (long Least, long? Most) ChildrenEach => (0, null);

    /// <summary>Parent of each child, -1 for none. A child of -1 has none.</summary>
    public void ParentsOf(ReadOnlySpan<long> children, Span<long> parents)
    {
        if (Parents == 0)
        {
            parents[..children.Length].Fill(-1);
            return;
        }

        if (NullThreshold == 0 && children.IndexOf(-1) < 0)
        {
            ParentsOfAll(children, parents);
            return;
        }

        for (var i = 0; i < children.Length; i++)
            parents[i] = ParentOrNone(children[i]);
    }

    /// <summary>Parent of a child, -1 for none.</summary>
    public long ParentOrNone(long child) => child < 0 || Parents == 0 || IsOrphan(child) ? -1 : ParentOf(child);

    /// <summary>Whether a child is without a parent by the share of nulls.</summary>
    public bool IsOrphan(long child) => NullThreshold > 0 && Randomness.Below(Randomness.Cell(nullKey, child), NullThreshold);

    /// <summary>
    /// The next children of a parent, in an order of the link's own, as many as fit; 0 when there are no more. The
    /// cursor starts as default.
    /// </summary>
    public abstract int ChildrenOf(long parent, ref ChildCursor cursor, Span<long> into);

    /// <summary>How many children a parent has, at the cost of walking them unless the link knows.</summary>
    public virtual long CountOf(long parent)
    {
        Span<long> found = stackalloc long[64];
        var cursor = default(ChildCursor);
        long total = 0;
        for (int count; (count = ChildrenOf(parent, ref cursor, found)) > 0;)
            total += count;
        return total;
    }

    /// <summary>Whether a parent has a child at all.</summary>
    public bool HasChild(long parent)
    {
        Span<long> found = stackalloc long[1];
        var cursor = default(ChildCursor);
        return ChildrenOf(parent, ref cursor, found) > 0;
    }

    /// <summary>
    /// How many places a parent's children are spread over: a draw of a place finds a child, or an empty place, without
    /// looking at the others. By default each row is a place while there are few parents, so that enough of the rows are
    /// the parent's; else families are small, and the places are the children as they are walked.
    /// </summary>
    public virtual long SlotsOf(long parent) => HasSlots ? Children : CountOf(parent);

    /// <summary>Whether a place can be looked at alone.</summary>
    public virtual bool HasSlots => Parents <= FewParents;

    /// <summary>About how many places there are for one child.</summary>
    public virtual int SlotsPerChild => HasSlots ? (int)Math.Max(1, Parents) : 1;

    /// <summary>Most places that a parent can have; null where no useful bound is known.</summary>
    public virtual long? MostSlots => HasSlots ? Children : null;

    /// <summary>How many of a parent's places, the first ones, can hold rows before a given row.</summary>
    public virtual long SlotsBefore(long parent, long row) => HasSlots ? Math.Min(Children, row) : SlotsOf(parent);

    /// <summary>The child at a place, -1 where there is none.</summary>
    public virtual long ChildAt(long parent, long slot) => !HasSlots ? ChildNumber(parent, slot) : ParentOrNone(slot) == parent ? slot : -1;

    /// <summary>The place of a child that has a parent. It does not depend on the number of children.</summary>
    public virtual long SlotOf(long child) => HasSlots ? child : OrdinalOf(child);

    /// <summary>The child with an <see cref="OrdinalOf">ordinal</see>, -1 where there are fewer.</summary>
    public virtual long ChildNumber(long parent, long ordinal)
    {
        Span<long> found = stackalloc long[64];
        var cursor = default(ChildCursor);
        for (int count; (count = ChildrenOf(parent, ref cursor, found)) > 0; ordinal -= count)
        {
            if (ordinal < count)
                return found[(int)ordinal];
        }

        return -1;
    }

    /// <summary>A parent's last child before a row and its first one after it, -1 where there is none.</summary>
    public virtual (long Before, long After) Neighbours(long parent, long row)
    {
        Span<long> found = stackalloc long[64];
        var cursor = default(ChildCursor);
        var (before, after) = (-1L, long.MaxValue);
        for (int count; (count = ChildrenOf(parent, ref cursor, found)) > 0;)
        {
            foreach (var child in found[..count])
            {
                if (child < row)
                    before = Math.Max(before, child);
                else if (child > row)
                    after = Math.Min(after, child);
            }
        }

        return (before, after == long.MaxValue ? -1 : after);
    }

    /// <summary>0-based place of a child among its parent's children, at the cost of walking them.</summary>
    public virtual long OrdinalOf(long child)
    {
        Span<long> siblings = stackalloc long[128];
        var cursor = default(ChildCursor);
        var parent = ParentOf(child);
        long before = 0;
        for (int count; (count = ChildrenOf(parent, ref cursor, siblings)) > 0; before += count)
        {
            var at = siblings[..count].IndexOf(child);
            if (at >= 0)
                return before + at;
        }

        throw new InvalidOperationException("a child was not found among its parent's children");
    }

    /// <summary>How many of its parent's children come before a child by row number: more rows do not change it.</summary>
    public virtual long SeniorityOf(long child)
    {
        var parent = ParentOf(child);
        if (elders?.Find(parent) is { IsTooLarge: false } known)
            return known.Of(parent).BinarySearch(child);
        Span<long> siblings = stackalloc long[64];
        var cursor = default(ChildCursor);
        long before = 0;
        for (int count; (count = ChildrenOf(parent, ref cursor, siblings)) > 0;)
        {
            // A large family is sorted once for all who belong to it.
            if (count == siblings.Length && (elders ??= new(Parents)).ChildrenOf(this, parent, byAge: true) is { } family)
                return family.Of(parent).BinarySearch(child);
            foreach (var sibling in siblings[..count])
                before += sibling < child ? 1 : 0;
        }

        return before;
    }

    /// <summary>Parent of a child whom the share of nulls leaves one; -1 where there is none all the same.</summary>
    public abstract long ParentOf(long child);

    /// <summary>As <see cref="ParentOf"/> for each of several children, which a link may do faster together.</summary>
    protected virtual void ParentsOfAll(ReadOnlySpan<long> children, Span<long> parents)
    {
        for (var i = 0; i < children.Length; i++)
            parents[i] = ParentOf(children[i]);
    }

    /// <summary>Whether a row number found backwards is a child that exists and has a parent.</summary>
    protected bool Exists(long child) => child < Children && !IsOrphan(child);
}
