namespace TdmPortal.Core.Generation;

/// <summary>One of three or more relationships whose parents together are a key: no two rows have the same ones.</summary>
/// <param name="set">Which set of the design.</param>
internal sealed class TupleLink(TupleDesign design, int set, ulong key, long parents, long children) : Link(key, parents, children)
{
    public override long ParentOf(long child) => design.Member(child, set);

    public override int ChildrenOf(long parent, ref ChildCursor cursor, Span<long> into)
    {
        while (design.RowsOf(set, parent, ref cursor, into) is > 0 and var found)
        {
            var count = 0;
            for (var i = 0; i < found; i++)
            {
                if (!IsOrphan(into[i]))
                    into[count++] = into[i];
            }

            if (count > 0)
                return count;
        }

        return 0;
    }
}
