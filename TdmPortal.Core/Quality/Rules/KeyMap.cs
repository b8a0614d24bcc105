namespace TdmPortal.Core.Quality.Rules;

/// <summary>Numbers the different hashes in the order in which they come, in memory of about 30 bytes each.</summary>
internal sealed class KeyMap
{
    /// <summary>Most hashes that are held at once; more are looked at in parts, by their first bits.</summary>
    public const int Most = 1_500_000;

    private UInt128[] keys = new UInt128[1024];
    private int[] numbers = new int[1024];

    public int Count { get; private set; }

    /// <summary>In how many parts so many hashes are looked at.</summary>
    public static int Parts(long hashes, int most = Most) => checked((int)Math.Max(1, (hashes + most - 1) / most));

    /// <summary>The part that a hash belongs to.</summary>
    public static int PartOf(UInt128 hash, int parts) => parts == 1 ? 0 : (int)Math.BigMul((ulong)(hash >> 64), (ulong)parts, out _);

    /// <summary>The number of a hash, -1 where it has not come.</summary>
    public int Find(UInt128 hash)
    {
        var at = Place(hash);
        return numbers[at] - 1;
    }

    /// <summary>The number of a hash, given now if it is new.</summary>
    public int Add(UInt128 hash, out bool isNew)
    {
        var at = Place(hash);
        isNew = numbers[at] == 0;
        if (!isNew)
            return numbers[at] - 1;
        (keys[at], numbers[at]) = (hash, ++Count);
        if (Count > keys.Length / 4 * 3)
            Grow();
        return Count - 1;
    }

    private int Place(UInt128 hash)
    {
        var at = (int)((ulong)hash & (ulong)(keys.Length - 1));
        while (numbers[at] != 0 && keys[at] != hash)
            at = (at + 1) & (keys.Length - 1);
        return at;
    }

    private void Grow()
    {
        var (oldKeys, oldNumbers) = (keys, numbers);
        (keys, numbers) = (new UInt128[oldKeys.Length * 2], new int[oldKeys.Length * 2]);
        for (var i = 0; i < oldKeys.Length; i++)
        {
            if (oldNumbers[i] == 0)
                continue;
            var at = Place(oldKeys[i]);
            (keys[at], numbers[at]) = (oldKeys[i], oldNumbers[i]);
        }
    }
}
