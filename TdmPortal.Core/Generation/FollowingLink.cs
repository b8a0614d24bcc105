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

    public override int SlotsPerChild => Math.Max(chain.SlotsPerChild, otherwise?.SlotsPerChild ?? 1);

    public override long SlotsOf(long parent) => chain.SlotsOf(parent) + (otherwise?.SlotsOf(parent) ?? 0);

    public override long? MostSlots => otherwise is null ? chain.MostSlots : chain.MostSlots + otherwise.MostSlots;

    public override long ChildAt(long parent, long slot)
    {
        var own = chain.SlotsOf(parent);
        if (slot < own)
            return chain.ChildAt(parent, slot);
        var child = otherwise?.ChildAt(parent, slot - own) ?? -1;
        return child >= 0 && leader.ParentOrNone(child) < 0 ? child : -1;
    }

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
