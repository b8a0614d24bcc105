namespace TdmPortal.Core.Generation;

/// <summary>One side of a junction whose rows are distinct pairs.</summary>
internal sealed class PairLink(PairDesign design, bool isA, ulong key, long parents, long children) : Link(key, parents, children)
{
    public override long ParentOf(long child) => isA ? design.Pair(child).A : design.Pair(child).B;

    public override int ChildrenOf(long parent, ref ChildCursor cursor, Span<long> into) =>
        isA ? design.RowsOfA(parent, ref cursor, into) : design.RowsOfB(parent, ref cursor, into);
}
