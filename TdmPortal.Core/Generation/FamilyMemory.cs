using System.Buffers;
using System.Numerics;

namespace TdmPortal.Core.Generation;

/// <summary>
/// Families that were worked out whole, so that the children of all parents in one cost what making them costs once. It
/// forgets at will: whoever asks for a family works it out again, the same. Several threads may use it at once.
/// </summary>
internal sealed class FamilyMemory(long ancestors)
{
    /// <summary>Children of a family that is kept; a larger one is walked for each parent.</summary>
    public const int MostChildren = 1 << 17;

    /// <summary>Children of all families that are kept together: 16 MiB.</summary>
    private const long MostInAll = 1 << 21;

    private const int MostPlaces = 1 << 14;

    private readonly int mask = (int)Math.Min(MostPlaces, (long)BitOperations.RoundUpToPowerOf2((ulong)Math.Max(1, ancestors))) - 1;
    private Family?[]? families;
    private int[]? walks;
    private long kept;

    /// <summary>The ancestor's family, which may be too large to be kept; null where it is not known.</summary>
    public Family? Find(long ancestor) =>
        Volatile.Read(ref families) is { } known && Volatile.Read(ref known[ancestor & mask]) is { } family && family.Ancestor == ancestor ? family : null;

    /// <summary>Keeps a family; null where it is too large, which is kept in mind.</summary>
    public Family? Keep(Family family)
    {
        if (families is null || Interlocked.Add(ref kept, family.Count + 1) > MostInAll)
        {
            Volatile.Write(ref families, new Family?[mask + 1]);
            Interlocked.Exchange(ref kept, family.Count + 1);
        }

        Volatile.Write(ref families[family.Ancestor & mask], family);
        return family.IsTooLarge ? null : family;
    }

    /// <summary>All children of one parent over a link, worked out unless they are kept; null where they are too many.</summary>
    /// <param name="byAge">Whether in the order of their row numbers, else in the link's own.</param>
    public Family? ChildrenOf(Link link, long parent, bool byAge)
    {
        if (Find(parent) is { } known)
            return known.IsTooLarge ? null : known;
        var buffer = ArrayPool<long>.Shared.Rent(4096);
        var members = new List<(long Parent, long Layer, long Slot, long Child)>();
        var cursor = default(ChildCursor);
        for (int count; members.Count <= MostChildren && (count = link.ChildrenOf(parent, ref cursor, buffer)) > 0;)
        {
            foreach (var child in buffer.AsSpan(0, count))
                members.Add((parent, byAge ? child : members.Count, 0, child));
        }

        ArrayPool<long>.Shared.Return(buffer);
        return Keep(members.Count > MostChildren ? new(parent) : new(parent, members));
    }

    /// <summary>How often a family was asked about, this time included; roughly, since ancestors may share a place.</summary>
    public int Walked(long ancestor)
    {
        walks ??= new int[mask + 1];
        return Interlocked.Increment(ref walks[ancestor & mask]);
    }
}
