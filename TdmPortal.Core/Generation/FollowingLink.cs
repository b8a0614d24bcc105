namespace TdmPortal.Core.Generation;

/// <summary>
/// A relationship that follows from another of the same child: whose order it is says whose tenant it is. Where the
/// leading one gives a child no parent, the child has one by the relationship's own distribution.
/// </summary>
/// <param name="chain">From the child over the leading relationship to the parent.</param>
/// <param name="leader">The leading relationship.</param>
/// <param name="otherwise">Null where the leading one leaves no child without a parent.</param>
internal sealed class FollowingLink(Link chain, Link leader, Link? otherwise) : Link(0, chain.Parents, chain.Children)
{
    public override bool IsOptional => otherwise is null ? chain.IsOptional : !AlwaysUp || otherwise.IsOptional;

    public override (long Least, long? Most) ChildrenEach => otherwise is null ? chain.ChildrenEach : (chain.ChildrenEach.Least, null);

    /// <summary>Whether each row that the leading relationship points to has a parent here.</summary>
    public required bool AlwaysUp { get; init; }

    public override bool HasSlots => otherwise is null ? chain.HasSlots : base.HasSlots;

    public override int SlotsPerChild => otherwise is null ? chain.SlotsPerChild : base.SlotsPerChild;

    public override long? MostSlots => otherwise is null ? chain.MostSlots : base.MostSlots;

    public override long SlotsOf(long parent) => otherwise is null ? chain.SlotsOf(parent) : base.SlotsOf(parent);

    public override long SlotsBefore(long parent, long row) => otherwise is null ? chain.SlotsBefore(parent, row) : base.SlotsBefore(parent, row);

    public override long ChildAt(long parent, long slot) => otherwise is null ? chain.ChildAt(parent, slot) : base.ChildAt(parent, slot);

    public override long SlotOf(long child) => otherwise is null ? chain.SlotOf(child) : base.SlotOf(child);

    public override long ParentOf(long child) =>
        otherwise is null || leader.ParentOrNone(child) >= 0 ? chain.ParentOrNone(child) : otherwise.ParentOrNone(child);

    public override int ChildrenOf(long parent, ref ChildCursor cursor, Span<long> into)
    {
        if (cursor.Part == 0)
        {
            var count = chain.ChildrenOf(parent, ref cursor, into);
            if (count > 0 || otherwise is null)
                return count;
            cursor = new() { Part = 1 };
        }

        for (int found; (found = otherwise!.ChildrenOf(parent, ref cursor, into)) > 0;)
        {
            var kept = 0;
            for (var i = 0; i < found; i++)
            {
                if (leader.ParentOrNone(into[i]) < 0)
                    into[kept++] = into[i];
            }

            if (kept > 0)
                return kept;
        }

        return 0;
    }
}
