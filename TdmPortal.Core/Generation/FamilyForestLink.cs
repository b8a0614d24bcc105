namespace TdmPortal.Core.Generation;

/// <summary>
/// An entity that refers to itself within an ancestor, as the categories of one tenant do: a share of all rows and the
/// first row of each family are roots, each other has one of the family's rows before it as its parent. For zipf the
/// first rows of a family are the first ranks.
/// </summary>
/// <param name="family">From a row to the ancestor that its parent has to share.</param>
internal sealed class FamilyForestLink(ulong key, long rows, Link family, double rootPercent, ZipfQuantile? zipf) : FamilyLink(key, rows, rows, family, family)
{
    private readonly ulong rootKey = Randomness.Derive(key, "root");
    private readonly ulong rootThreshold = Randomness.Threshold(rootPercent);

    public override bool IsOptional => true;

    protected override long Choose(long ancestor, long child)
    {
        if (Randomness.Below(Randomness.Cell(rootKey, child), rootThreshold))
            return -1;
        var slots = Candidates.SlotsBefore(ancestor, child);
        if (slots == 0)
            return -1;
        var random = Randomness.Cell(Key, child);
        if (zipf is null)
            return Draw(ancestor, child, random, slots);
        var ranks = Ranks(slots);
        return Next(ancestor, child, zipf.Rank(Randomness.Unit(random), ranks) * Candidates.SlotsPerChild, slots);
    }

    protected override bool Fits(long child, long parent) => parent < child;
}
