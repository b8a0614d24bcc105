namespace TdmPortal.Core.Subsets;

/// <summary>A foreign key, with the keys that are followed over it.</summary>
/// <param name="child">Place of the entity that refers.</param>
/// <param name="childColumns">Places of its columns.</param>
/// <param name="parent">Place of the entity that is referred to.</param>
/// <param name="parentColumns">Places of its key's columns.</param>
internal sealed class SubsetLink(int child, int[] childColumns, int parent, int[] parentColumns)
{
    // Of a self reference: what each key refers to, so that chains are followed without a pass for each step.
    private readonly Dictionary<UInt128, UInt128> chain = [];

    public int Child => child;

    public int[] ChildColumns => childColumns;

    public int Parent => parent;

    public int[] ParentColumns => parentColumns;

    public bool IsSelf => child == parent;

    /// <summary>Keys of parents whose children come along.</summary>
    public HashSet<UInt128> Down { get; } = [];

    /// <summary>Keys of parents that are asked for.</summary>
    public HashSet<UInt128> Up { get; } = [];

    /// <summary>Remembers a row of a self reference.</summary>
    public void Chain(UInt128 key, UInt128 parentKey) => chain[key] = parentKey;

    /// <summary>Adds the keys of all that descend from those in <see cref="Down"/>.</summary>
    /// <returns>Whether there were any.</returns>
    public bool Descend()
    {
        var before = Down.Count;
        var others = new HashSet<UInt128>();
        var path = new List<UInt128>();
        foreach (var start in chain.Keys)
        {
            path.Clear();
            var key = start;
            var isDown = false;
            while (!(isDown = Down.Contains(key)) && others.Add(key))
            {
                path.Add(key);
                if (!chain.TryGetValue(key, out key))
                    break;
            }

            if (!isDown)
                continue;
            foreach (var one in path)
            {
                Down.Add(one);
                others.Remove(one);
            }
        }

        return Down.Count > before;
    }

    /// <summary>Adds the keys of all that those in <see cref="Up"/> descend from.</summary>
    /// <returns>Whether there were any.</returns>
    public bool Ascend()
    {
        var before = Up.Count;
        foreach (var start in Up.ToArray())
        {
            var key = start;
            while (chain.TryGetValue(key, out key) && Up.Add(key))
            {
            }
        }

        return Up.Count > before;
    }
}
