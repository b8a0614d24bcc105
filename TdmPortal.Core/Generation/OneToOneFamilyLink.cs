using System.Buffers;

namespace TdmPortal.Core.Generation;

/// <summary>No parent has more than one child, and both share an ancestor: a keyed permutation of the ancestor's rows on the parent's side.</summary>
internal sealed class OneToOneFamilyLink(ulong key, long parents, long children, Link toAncestor, Link candidates)
    : FamilyLink(key, parents, children, toAncestor, candidates)
{
    private readonly FamilyMemory others = new(candidates.Parents);
    private readonly FamilyMemory elders = new(candidates.Parents);

    public override (long Least, long? Most) ChildrenEach => (0, 1);

    public override long OrdinalOf(long child) => 0;

    public override int ChildrenOf(long parent, ref ChildCursor cursor, Span<long> into)
    {
        var ancestor = Candidates.ParentOrNone(parent);
        if (ancestor < 0 || cursor.Slot++ > 0)
            return 0;
        var child = Senior(ancestor, (long)Permutation(ancestor, Candidates.CountOf(ancestor)).Invert((ulong)Candidates.OrdinalOf(parent)));
        if (child < 0 || !Exists(child))
            return 0;
        into[0] = child;
        return 1;
    }

    protected override long Choose(long ancestor, long child)
    {
        var family = Candidates.HasSlots && Candidates.SlotsPerChild == 1 ? null : others.ChildrenOf(Candidates, ancestor, byAge: false);
        var (count, ordinal) = (family?.Count ?? Candidates.CountOf(ancestor), ToAncestor!.SeniorityOf(child));
        if (ordinal >= count)
            return -1;
        var number = (long)Permutation(ancestor, count).Map((ulong)ordinal);
        return family is null ? Candidates.ChildNumber(ancestor, number) : family.Of(ancestor)[(int)number];
    }

    /// <summary>The child of an ancestor with a seniority, -1 where there are fewer.</summary>
    private long Senior(long ancestor, long seniority)
    {
        if (elders.ChildrenOf(ToAncestor!, ancestor, byAge: true) is { } kept)
            return seniority < kept.Count ? kept.Of(ancestor)[(int)seniority] : -1;
        var count = (int)ToAncestor!.CountOf(ancestor);
        if (seniority >= count)
            return -1;
        var family = ArrayPool<long>.Shared.Rent(count);
        var cursor = default(ChildCursor);
        for (var filled = 0; filled < count;)
            filled += ToAncestor.ChildrenOf(ancestor, ref cursor, family.AsSpan(filled, count - filled));
        family.AsSpan(0, count).Sort();
        var child = family[seniority];
        ArrayPool<long>.Shared.Return(family);
        return child;
    }

    private KeyedPermutation Permutation(long ancestor, long count) => new(Randomness.Cell(Key, ancestor), (ulong)count);
}
