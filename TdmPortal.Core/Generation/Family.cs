namespace TdmPortal.Core.Generation;

/// <summary>The children of one ancestor's rows, by the parent that each has.</summary>
internal sealed class Family
{
    private readonly long[] parents;
    private readonly int[] starts;
    private readonly long[] children;

    /// <summary>Sorts children by parent, those of one parent by their place in its order.</summary>
    public Family(long ancestor, List<(long Parent, long Layer, long Slot, long Child)> members)
    {
        Ancestor = ancestor;
        members.Sort();
        children = new long[members.Count];
        var (found, begins) = (new List<long>(), new List<int>());
        for (var i = 0; i < members.Count; i++)
        {
            children[i] = members[i].Child;
            if (i > 0 && members[i].Parent == members[i - 1].Parent)
                continue;
            found.Add(members[i].Parent);
            begins.Add(i);
        }

        begins.Add(members.Count);
        (parents, starts) = ([.. found], [.. begins]);
    }

    /// <summary>A family that is too large to be kept.</summary>
    public Family(long ancestor) => (Ancestor, IsTooLarge, parents, starts, children) = (ancestor, true, [], [], []);

    public long Ancestor { get; }

    public bool IsTooLarge { get; }

    public int Count => children.Length;

    /// <summary>A parent's children.</summary>
    public ReadOnlySpan<long> Of(long parent) =>
        Array.BinarySearch(parents, parent) is >= 0 and var at ? children.AsSpan(starts[at], starts[at + 1] - starts[at]) : [];
}
