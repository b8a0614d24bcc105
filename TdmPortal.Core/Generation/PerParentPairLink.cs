namespace TdmPortal.Core.Generation;

/// <summary>
/// The other side of a junction whose first side is per parent: the children of one parent of the first side all have
/// another parent here. Child number k of each meets groups of this side as a <see cref="PairDesign"/>'s layer k does,
/// and takes the next of a keyed permutation of the group.
/// </summary>
internal sealed class PerParentPairLink(ulong key, PerParentLink first, long parents) : Link(key, parents, first.Children)
{
    private readonly PairDesign design = new(key, Math.Max(1, first.Parents), Math.Max(1, parents), first.Children);

    public override long ParentOf(long child) => design.Partner(first.ParentOf(child), first.OrdinalOf(child));

    public override int ChildrenOf(long parent, ref ChildCursor cursor, Span<long> into)
    {
        var count = 0;
        Span<long> met = stackalloc long[1];
        for (; cursor.Layer < (first.ChildrenEach.Most ?? 0); cursor.Layer++, cursor.Slot = 0)
        {
            // The cursor's slot is the next member of the first side to look at.
            while (design.NextPartner(parent, cursor.Layer, ref cursor.Slot, out var member))
            {
                if (count == into.Length)
                {
                    cursor.Slot = design.Before(member);
                    return count;
                }

                var inner = new ChildCursor { Slot = cursor.Layer };
                if (first.ChildrenOf(member, ref inner, met) == 1)
                    into[count++] = met[0];
            }
        }

        return count;
    }
}
