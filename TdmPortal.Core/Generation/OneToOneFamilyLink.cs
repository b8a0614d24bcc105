namespace TdmPortal.Core.Generation;

/// <summary>No parent has more than one child, and both share an ancestor: a keyed permutation of the ancestor's rows on the parent's side.</summary>
internal sealed class OneToOneFamilyLink(ulong key, long parents, long children, Link toAncestor, Link candidates)
    : FamilyLink(key, parents, children, toAncestor, candidates)
{
    public override (long Least, long? Most) ChildrenEach => (0, 1);

    public override long OrdinalOf(long child) => 0;

    public override int ChildrenOf(long parent, ref ChildCursor cursor, Span<long> into)
    {
        var ancestor = Candidates.ParentOrNone(parent);
        if (ancestor < 0 || cursor.Slot++ > 0)
            return 0;
        var child = ToAncestor!.ChildNumber(ancestor, (long)Permutation(ancestor, Candidates.CountOf(ancestor)).Invert((ulong)Candidates.OrdinalOf(parent)));
        if (child < 0 || !Exists(child))
            return 0;
        into[0] = child;
        return 1;
    }

    protected override long Choose(long ancestor, long child)
    {
        var (count, ordinal) = (Candidates.CountOf(ancestor), ToAncestor!.OrdinalOf(child));
        return ordinal >= count ? -1 : Candidates.ChildNumber(ancestor, (long)Permutation(ancestor, count).Map((ulong)ordinal));
    }

    private KeyedPermutation Permutation(long ancestor, long count) => new(Randomness.Cell(Key, ancestor), (ulong)count);
}
