namespace TdmPortal.Core.Quality.Fidelity;

/// <summary>
/// Keys and how often each came, by 64 bits of their hash: all of them up to a bound, beyond it those whose hash begins with
/// <see cref="Level"/> zero bits, which is the same choice in every table, so that children find their parents.
/// </summary>
internal sealed class KeyCounts(int most)
{
    private ulong[] hashes = new ulong[64];
    private int[] counts = new int[64];

    public int Level { get; private set; }

    /// <summary>Different keys that are held.</summary>
    public int Count { get; private set; }

    /// <summary>Rows with a key, and without one.</summary>
    public (long Filled, long Nulls) Rows { get; private set; }

    public void AddNulls(long rows) => Rows = (Rows.Filled, Rows.Nulls + rows);

    public void Add(ulong hash)
    {
        Rows = (Rows.Filled + 1, Rows.Nulls);
        if (!IsHeld(hash, Level))
            return;
        Put(hash, 1);
        while (Count > most)
            Thin();
    }

    public static bool IsHeld(ulong hash, int level) => level == 0 || hash >> (64 - level) == 0;

    public int Times(ulong hash)
    {
        var at = Place(hash);
        return hashes[at] == hash ? counts[at] : 0;
    }

    /// <summary>Keys and how often they came, in no order.</summary>
    public IEnumerable<(ulong Hash, int Times)> All()
    {
        for (var at = 0; at < hashes.Length; at++)
        {
            if (hashes[at] != 0)
                yield return (hashes[at], counts[at]);
        }
    }

    private int Place(ulong hash)
    {
        var at = (int)hash & (hashes.Length - 1);
        while (hashes[at] != 0 && hashes[at] != hash)
            at = (at + 1) & (hashes.Length - 1);
        return at;
    }

    private void Put(ulong hash, int times)
    {
        var at = Place(hash);
        counts[at] += times;
        if (hashes[at] == hash)
            return;
        hashes[at] = hash;
        if (++Count * 2 > hashes.Length)
            Rebuild(hashes.Length * 2);
    }

    private void Thin()
    {
        Level++;
        Rebuild(hashes.Length);
    }

    private void Rebuild(int size)
    {
        var (before, times) = (hashes, counts);
        (hashes, counts, Count) = (new ulong[size], new int[size], 0);
        for (var at = 0; at < before.Length; at++)
        {
            if (before[at] == 0 || !IsHeld(before[at], Level))
                continue;
            var place = Place(before[at]);
            (hashes[place], counts[place]) = (before[at], times[at]);
            Count++;
        }
    }
}
