namespace TdmPortal.Core.Generation;

/// <summary>
/// The second relationship of a junction within an ancestor, as users and groups of one tenant are: the children that one
/// parent of the first relationship has all get another parent here, taken in turn from a keyed permutation of the
/// family's places.
/// </summary>
/// <param name="first">The relationship that fills the rest of the key.</param>
internal sealed class DistinctLink(ulong key, long parents, long children, Link first, Link toAncestor, Link candidates)
    : FamilyLink(key, parents, children, toAncestor, candidates)
{
    protected override long Choose(long ancestor, long child)
    {
        var slots = Candidates.SlotsOf(ancestor);
        if (slots == 0)
            return -1;
        var owner = first.ParentOrNone(child);
        if (owner < 0)
            return Draw(ancestor, child, Randomness.Cell(Key, child), slots);
        var places = new KeyedPermutation(Randomness.Cell(Key, owner), (ulong)slots);
        var before = first.SeniorityOf(child);
        for (long number = 0; number < slots; number++)
        {
            var parent = Candidates.ChildAt(ancestor, (long)places.Map((ulong)number));
            if (parent >= 0 && before-- == 0)
                return parent;
        }

        return -1;
    }
}
