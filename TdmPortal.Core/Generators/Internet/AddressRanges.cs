using TdmPortal.Core.Generation;
using TdmPortal.Core.Generators.Phrases;

namespace TdmPortal.Core.Generators.Internet;

/// <summary>IPv4 addresses out of ranges, each address equally likely.</summary>
internal sealed class AddressRanges((uint First, uint Count)[] ranges, int maskBits, int? maxLength) : ValueSource
{
    // RFC 1918 and RFC 5737.
    private static readonly (uint, uint)[] Private = [(0x0A000000, 1u << 24), (0xAC100000, 1u << 20), (0xC0A80000, 1u << 16)];
    private static readonly (uint, uint)[] Documentation = [(0xC0000200, 256), (0xC6336400, 256), (0xCB007100, 256)];
    private readonly ulong total = (ulong)ranges.Sum(range => (long)range.Count);

    /// <summary>None where the longest would be cut.</summary>
    public override UInt128? Capacity => maxLength < LongestText ? 0 : total;

    public override int? LongestText => maskBits > 0 ? 18 : 15;

    public static ValueSource? Addresses(SourceContext context)
    {
        var range = context.Option("range");
        return context.Failed() ? null : new AddressRanges(
            range switch { "private" => Private, "documentation" => Documentation, _ => [(0x01000000, 0xDF000000 - 0x01000000)] },
            0,
            context.MaxLength);
    }

    /// <summary>Private networks of 256 addresses.</summary>
    public static ValueSource Networks(SourceContext context) => new AddressRanges([(0x000A0000, 1u << 16), (0x00AC1000, 1u << 12), (0x00C0A800, 1u << 8)], 24, context.MaxLength);

    public override void Fill(Column target, ReadOnlySpan<long> rows, FillContext fill)
    {
        foreach (var row in rows)
            Write((TextColumn)target, Randomness.Bounded(Randomness.Cell(fill.Key, row), total));
    }

    public override void FillDistinct(Column target, ReadOnlySpan<UInt128> ranks, FillContext fill)
    {
        foreach (var rank in ranks)
            Write((TextColumn)target, (ulong)rank);
    }

    private void Write(TextColumn target, ulong rank)
    {
        var i = 0;
        for (; rank >= ranges[i].Count; i++)
            rank -= ranges[i].Count;
        var address = (ranges[i].First + (uint)rank) << (maskBits > 0 ? 32 - maskBits : 0);
        var text = target.Reserve(18);
        var at = 0;
        for (var shift = 24; shift >= 0; shift -= 8)
        {
            at += Utf8.Write((address >> shift) & 255, text[at..]);
            if (shift > 0)
                text[at++] = (byte)'.';
        }

        if (maskBits > 0)
        {
            text[at++] = (byte)'/';
            at += Utf8.Write((ulong)maskBits, text[at..]);
        }

        target.Advance(at);
        target.End();
    }
}
