namespace TdmPortal.Core.Generators.Phrases;

/// <summary>A member of one of several spaces, each space equally likely.</summary>
internal sealed class Alternatives(TextSpace[] spaces) : TextSpace
{
    public override UInt128 Count { get; } = spaces.Aggregate(UInt128.Zero, (count, space) => Plus(count, space.Count));

    public override int MaxBytes { get; } = spaces.Max(space => space.MaxBytes);

    public override int MaxLength { get; } = spaces.Max(space => space.MaxLength);

    public override bool IsFixedSize => false;

    public override int Write(ref Draw draw, Span<byte> target) => spaces[draw.Below(spaces.Length)].Write(ref draw, target);

    public override int WriteRanked(UInt128 rank, Span<byte> target)
    {
        foreach (var space in spaces)
        {
            if (rank < space.Count)
                return space.WriteRanked(rank, target);
            rank -= space.Count;
        }

        throw new ArgumentOutOfRangeException(nameof(rank));
    }

    public override bool Contains(byte value) => Array.Exists(spaces, space => space.Contains(value));

    public override TextSpace? Within(int maxLength) => MaxLength <= maxLength ? this : Keep(space => space.Within(maxLength));

    public override TextSpace? Without(byte value) => Keep(space => space.Without(value));

    /// <summary>Two alternatives may hold the same text, so only the one with most texts is kept.</summary>
    public override TextSpace Distinct() => spaces.Select(space => space.Distinct()).MaxBy(space => space.Count)!;

    private TextSpace? Keep(Func<TextSpace, TextSpace?> change)
    {
        var kept = spaces.Select(change).OfType<TextSpace>().ToArray();
        return kept.Length switch { 0 => null, 1 => kept[0], _ => new Alternatives(kept) };
    }
}
