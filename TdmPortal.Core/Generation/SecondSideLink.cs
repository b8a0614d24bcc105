namespace TdmPortal.Core.Generation;

/// <summary>The side of a junction that keeps apart the children of one parent of the first side.</summary>
/// <param name="otherwise">The parents of rows that the first side leaves without one; null where there are none.</param>
internal abstract class SecondSideLink(ulong key, Link first, long parents, Link? otherwise) : Link(key, parents, first.Children)
{
    protected Link First => first;

    /// <summary>Parent of a child that the first side leaves without one, -1 for none.</summary>
    protected long Otherwise(long child) => otherwise?.ParentOf(child) ?? -1;

    public override int ChildrenOf(long parent, ref ChildCursor cursor, Span<long> into)
    {
        if (cursor.Part == 0)
        {
            var met = Met(parent, ref cursor, into);
            if (met > 0 || otherwise is null)
                return met;
            cursor = new() { Part = 1 };
        }

        while (otherwise!.ChildrenOf(parent, ref cursor, into) is > 0 and var found)
        {
            var count = 0;
            for (var i = 0; i < found; i++)
            {
                if (!IsOrphan(into[i]) && first.ParentOrNone(into[i]) < 0)
                    into[count++] = into[i];
            }

            if (count > 0)
                return count;
        }

        return 0;
    }

    /// <summary>The next children of a parent of those that have one on the first side.</summary>
    protected abstract int Met(long parent, ref ChildCursor cursor, Span<long> into);
}
