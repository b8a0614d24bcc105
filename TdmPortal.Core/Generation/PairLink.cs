namespace TdmPortal.Core.Generation;

/// <summary>One side of a junction whose rows are distinct pairs; a row that is null on either side is no pair.</summary>
/// <param name="present">The rows that are pairs, where there are more rows than pairs; null where all are.</param>
/// <param name="otherwise">The parents of the rows that are no pairs; null where they have none.</param>
internal sealed class PairLink(PairDesign design, bool isA, ulong key, long parents, long children, OrphanRows? present = null, Link? otherwise = null) : Link(key, parents, children)
{
    public override bool IsOptional => base.IsOptional || (present is not null && otherwise is null);

    public override long ParentOf(long child)
    {
        var number = present?.NumberOf(child) ?? child;
        if (number < 0)
            return otherwise?.ParentOf(child) ?? -1;
        return isA ? design.Pair(number).A : design.Pair(number).B;
    }

    public override int ChildrenOf(long parent, ref ChildCursor cursor, Span<long> into)
    {
        for (; cursor.Part < 2; cursor = new() { Part = cursor.Part + 1 })
        {
            while (Walk(parent, ref cursor, into) is > 0 and var found)
            {
                var count = 0;
                for (var i = 0; i < found; i++)
                {
                    var child = cursor.Part == 0 && present is not null ? present.RowOf(into[i]) : into[i];
                    if (!IsOrphan(child) && (cursor.Part == 0 || present!.NumberOf(child) < 0))
                        into[count++] = child;
                }

                if (count > 0)
                    return count;
            }
        }

        return 0;
    }

    private int Walk(long parent, ref ChildCursor cursor, Span<long> into) =>
        cursor.Part == 1 ? otherwise?.ChildrenOf(parent, ref cursor, into) ?? 0
        : isA ? design.RowsOfA(parent, ref cursor, into) : design.RowsOfB(parent, ref cursor, into);
}
