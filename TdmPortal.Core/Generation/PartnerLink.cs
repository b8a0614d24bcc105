namespace TdmPortal.Core.Generation;

/// <summary>
/// The other side of a junction whose first side is per parent: the children of one parent of the first side all have
/// another parent here. Child number k of each meets groups of this side as a <see cref="PairDesign"/>'s layer k does,
/// and takes the next of a keyed permutation of the group.
/// </summary>
/// <param name="otherwise">The parents of rows that the first side leaves without one; null where there are none.</param>
internal sealed class PartnerLink(ulong key, Link first, long parents, Link? otherwise = null) : SecondSideLink(key, first, parents, otherwise)
{
    private readonly PairDesign design = new(key, Math.Max(1, first.Parents), Math.Max(1, parents), first.Children);

    public override long ParentOf(long child)
    {
        var member = First.ParentOrNone(child);
        return member < 0 ? Otherwise(child) : design.Partner(member, First.OrdinalOf(child));
    }

    protected override int Met(long parent, ref ChildCursor cursor, Span<long> into)
    {
        var count = 0;
        for (; cursor.Layer < (First.ChildrenEach.Most ?? 0); cursor.Layer++, cursor.Slot = 0)
        {
            // The cursor's slot is the next member of the first side to look at.
            while (design.NextPartner(parent, cursor.Layer, ref cursor.Slot, out var member))
            {
                if (count == into.Length)
                {
                    cursor.Slot = design.Before(member);
                    return count;
                }

                var child = First.ChildNumber(member, cursor.Layer);
                if (child >= 0 && Exists(child))
                    into[count++] = child;
            }
        }

        return count;
    }
}
