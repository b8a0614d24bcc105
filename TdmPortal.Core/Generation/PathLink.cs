namespace TdmPortal.Core.Generation;

/// <summary>
/// An entity that refers to itself by a key, so that no row has two children: each row follows the one before it (within
/// its ancestor, where there is one), but for a share of roots, with which a path begins anew.
/// </summary>
/// <param name="family">From a row to the ancestor that its parent has to share; null where all rows are one family.</param>
internal sealed class PathLink(ulong key, long rows, Link? family, double rootPercent) : Link(key, rows, rows)
{
    private readonly ulong rootKey = Randomness.Derive(key, "root");
    private readonly ulong rootThreshold = Randomness.Threshold(rootPercent);

    public override bool IsOptional => true;

    public override (long Least, long? Most) ChildrenEach => (0, 1);

    public override long ParentOf(long child)
    {
        if (Randomness.Below(Randomness.Cell(rootKey, child), rootThreshold))
            return -1;
        if (family is null)
            return child - 1;
        var ancestor = family.ParentOrNone(child);
        return ancestor < 0 ? -1 : family.Neighbours(ancestor, child).Before;
    }

    public override long OrdinalOf(long child) => 0;

    public override int ChildrenOf(long parent, ref ChildCursor cursor, Span<long> into)
    {
        if (cursor.Slot++ > 0)
            return 0;
        var ancestor = family?.ParentOrNone(parent) ?? 0;
        var child = ancestor < 0 ? -1 : family is null ? parent + 1 : family.Neighbours(ancestor, parent).After;
        if (child < 0 || child >= Children || ParentOf(child) != parent)
            return 0;
        into[0] = child;
        return 1;
    }
}
