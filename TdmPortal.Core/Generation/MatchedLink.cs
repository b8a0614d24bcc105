namespace TdmPortal.Core.Generation;

/// <summary>
/// Uniform among the parents that agree, both ways at a cost that does not depend on how large the families are. A
/// family has places on either side, of which some are empty. A child's place goes through a keyed permutation to a place
/// of the parents' side; where that is empty, through the next permutation, and after the last one on to the next place
/// that is not. Backwards, each permutation is inverted, and the empty places before the parent's are looked at.
/// </summary>
internal sealed class MatchedLink(ulong key, long parents, long children, Link toAncestor, Link candidates) : FamilyLink(key, parents, children, toAncestor, candidates)
{
    /// <summary>Where no place of the children's side is empty, each stands for several, of which its child takes one: else all parents would have the same number.</summary>
    private readonly int spread = toAncestor.SlotsPerChild > 1 ? 1 : 4;

    private readonly int tries = Math.Min(128, 8 * candidates.SlotsPerChild);

    protected override int Walk(long ancestor, long parent, ref ChildCursor cursor, Span<long> into)
    {
        var (place, slots) = (Candidates.SlotOf(parent), Candidates.SlotsOf(ancestor));
        var places = ToAncestor!.SlotsOf(ancestor) * spread;
        var layers = (places + slots - 1) / slots;
        var familyKey = Randomness.Cell(Key, ancestor);
        var count = 0;

        // The cursor's layer counts the tries, then the places before the parent's; its slot the layers.
        for (; cursor.Layer < tries + slots; cursor.Layer++, cursor.Slot = 0)
        {
            var number = (int)Math.Min(cursor.Layer, tries);
            var back = cursor.Layer - number;
            var at = (place - back + slots) % slots;
            if (back > 0 && Candidates.ChildAt(ancestor, at) >= 0)
                return count;
            for (; cursor.Slot < layers; cursor.Slot++)
            {
                var from = (cursor.Slot * slots) + (long)Permutation(familyKey, cursor.Slot, Math.Min(number, tries - 1), slots).Invert((ulong)at);
                if (from >= places)
                    continue;
                var child = ToAncestor.ChildAt(ancestor, from / spread);
                if (child < 0 || !Exists(child) || Place(child) != from || Find(ancestor, child, out _, out var found) != parent || found != cursor.Layer)
                    continue;
                if (count == into.Length)
                    return count;
                into[count++] = child;
            }
        }

        return count;
    }

    protected override long Choose(long ancestor, long child) => Find(ancestor, child, out _, out _);

    protected override (long Parent, long Layer, long Slot) Placed(long ancestor, long child, long number) => (Find(ancestor, child, out var slot, out var layer), layer, slot);

    // A walk goes through all tries for each layer; a child is found by a few.
    protected override long WalksOfFamily(long ancestor) => Math.Max(2, Candidates.SlotsOf(ancestor) / Candidates.SlotsPerChild / 8);

    /// <summary>A child's parent, its layer, and by which try, or how many places after the last one's.</summary>
    private long Find(long ancestor, long child, out long layer, out long number)
    {
        (layer, number) = (0, 0);
        var slots = Candidates.SlotsOf(ancestor);
        if (slots == 0)
            return -1;
        layer = Math.DivRem(Place(child), slots, out var position);
        var familyKey = Randomness.Cell(Key, ancestor);
        long at = 0;
        for (; number < tries; number++)
        {
            at = (long)Permutation(familyKey, layer, (int)number, slots).Map((ulong)position);
            var parent = Candidates.ChildAt(ancestor, at);
            if (parent >= 0)
                return parent;
        }

        for (var back = 1; back < slots; back++)
        {
            if (Candidates.ChildAt(ancestor, (at + back) % slots) is >= 0 and var parent)
            {
                number = tries + back;
                return parent;
            }
        }

        return -1;
    }

    private long Place(long child) => (ToAncestor!.SlotOf(child) * spread) + (spread == 1 ? 0 : (long)(Randomness.Cell(Key, child) % (ulong)spread));

    private static KeyedPermutation Permutation(ulong familyKey, long layer, int number, long slots) => new(Randomness.Next(Randomness.Cell(familyKey, layer), (ulong)number), (ulong)slots);
}
