namespace TdmPortal.Core.Generators.Phrases;

/// <summary>A member of each part, one after the other.</summary>
internal sealed class Sequence(TextSpace[] parts) : TextSpace
{
    public override UInt128 Count { get; } = parts.Aggregate(UInt128.One, (count, part) => Times(count, part.Count));

    public override int MaxBytes { get; } = parts.Sum(part => part.MaxBytes);

    public override int MaxLength { get; } = parts.Sum(part => part.MaxLength);

    public override bool IsFixedSize { get; } = parts.All(part => part.IsFixedSize);

    public override int Write(ref Draw draw, Span<byte> target)
    {
        var at = 0;
        foreach (var part in parts)
            at += part.Write(ref draw, target[at..]);
        return at;
    }

    public override int WriteRanked(UInt128 rank, Span<byte> target)
    {
        var at = 0;
        foreach (var part in parts)
        {
            (rank, var own) = UInt128.DivRem(rank, part.Count);
            at += part.WriteRanked(own, target[at..]);
        }

        return at;
    }

    public override bool Contains(byte value) => Array.Exists(parts, part => part.Contains(value));

    public override TextSpace? Without(byte value) => Change(part => part.Without(value));

    /// <summary>Shortens whichever part can be longest, until all of them together fit.</summary>
    public override TextSpace? Within(int maxLength)
    {
        var fitting = (TextSpace[])parts.Clone();
        for (var length = MaxLength; length > maxLength; length = fitting.Sum(part => part.MaxLength))
        {
            var shortened = false;
            foreach (var i in Enumerable.Range(0, fitting.Length).OrderByDescending(i => fitting[i].MaxLength))
            {
                if (fitting[i].Within(fitting[i].MaxLength - 1) is not { } shorter)
                    continue;
                fitting[i] = shorter;
                shortened = true;
                break;
            }

            if (!shortened)
                return null;
        }

        return new Sequence(fitting);
    }

    /// <summary>
    /// A text can be taken apart again where each part of varying size ends at a byte that does not occur in it; members
    /// with that byte are left out.
    /// </summary>
    public override TextSpace Distinct()
    {
        var distinct = Array.ConvertAll(parts, part => part.Distinct());
        for (var i = 0; i < distinct.Length - 1; i++)
        {
            if (distinct[i].IsFixedSize)
                continue;
            distinct[i] = distinct[i + 1] is Literal { Bytes: [var mark, ..] } && distinct[i].Without(mark) is { } unmarked ? unmarked : Fixed(distinct[i]);
        }

        return new Sequence(distinct);
    }

    /// <summary>Where nothing marks the end, one member stands for all.</summary>
    private static TextSpace Fixed(TextSpace part)
    {
        var text = new byte[part.MaxBytes];
        var size = part.WriteRanked(0, text);
        return new Literal(System.Text.Encoding.UTF8.GetString(text, 0, size));
    }

    private Sequence? Change(Func<TextSpace, TextSpace?> change)
    {
        var changed = Array.ConvertAll(parts, part => change(part));
        return changed.Contains(null) ? null : new(changed!);
    }
}
