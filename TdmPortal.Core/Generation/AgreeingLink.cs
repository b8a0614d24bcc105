namespace TdmPortal.Core.Generation;

/// <summary>
/// A composite key of which a part is filled already, through ancestors that child and parent share: among the parents
/// that agree each is as likely as the other, or few have most children (by Zipf's law over their places, shuffled in
/// each family).
/// </summary>
/// <param name="zipf">Null for uniform.</param>
/// <param name="others">Further ancestors that a parent has to share with its child.</param>
internal sealed class AgreeingLink(ulong key, long parents, long children, Link? toAncestor, Link candidates, ZipfQuantile? zipf = null, IReadOnlyList<(Link? Child, Link Parent)>? others = null)
    : FamilyLink(key, parents, children, toAncestor, candidates)
{
    protected override long Choose(long ancestor, long child)
    {
        var slots = Candidates.SlotsOf(ancestor);
        if (slots == 0)
            return -1;
        var random = Randomness.Cell(Key, child);
        if (zipf is null)
            return Draw(ancestor, child, random, slots);
        var ranks = Ranks(slots);
        var rank = new KeyedPermutation(Randomness.Cell(Key, ~ancestor), (ulong)ranks).Map((ulong)zipf.Rank(Randomness.Unit(random), ranks));
        return Next(ancestor, child, (long)rank * Candidates.SlotsPerChild, slots);
    }

    protected override bool Fits(long child, long parent)
    {
        foreach (var (fromChild, fromParent) in others ?? [])
        {
            if ((fromChild is null ? child : fromChild.ParentOrNone(child)) != fromParent.ParentOrNone(parent))
                return false;
        }

        return true;
    }
}
