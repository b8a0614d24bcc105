using System.Runtime.CompilerServices;
using TdmPortal.Core.Generation;

namespace TdmPortal.Core.Quality.Profiling;

/// <summary>
/// How numbers are spread, in some 14 KB: the sketch of Karnin, Lang and Liberty (2016). A level holds numbers that stand
/// for 2^level each; one that is full is sorted and every second number goes up. Which of the two halves goes is a coin
/// made of the seed, so that the same rows give the same sketch; every second coin is the opposite of the one before, which
/// takes errors back. Ranks are off by 0.4 % of the count (one standard deviation). Moments are kept beside it.
/// </summary>
internal sealed class QuantileSketch
{
    private const int TopCapacity = 512;
    private const int LeastCapacity = 16;
    private const int BlockSize = 256;

    /// <summary>Of a level by how far it is below the top: two thirds of the one above.</summary>
    private static readonly int[] Capacities = CapacitiesFromTop();

    private readonly double[] block = new double[BlockSize];
    private readonly List<Level> levels = [];
    private int filled;
    private int used;
    private ulong seed;
    private Moments moments;

    /// <summary>Numbers seen.</summary>
    public long Count => moments.Count + filled;

    public void Clear(ulong newSeed)
    {
        foreach (var level in levels)
            (level.Count, level.Compactions) = (0, 0);
        (filled, used, seed, moments) = (0, 0, newSeed, default);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(double number)
    {
        block[filled++] = number;
        if (filled == BlockSize)
            Flush();
    }

    /// <summary>A number that came several times.</summary>
    public void Add(double number, long times)
    {
        if (times == 1)
        {
            Add(number);
            return;
        }

        moments.Merge(Moments.Of(number, times));
        for (var level = 0; times > 0; level++, times >>= 1)
        {
            if ((times & 1) != 0)
                Use(level).Add([number]);
        }

        Compact();
    }

    public void Merge(QuantileSketch other)
    {
        Flush();
        moments.Merge(other.moments);
        moments.Merge(Moments.Of(other.block.AsSpan(0, other.filled)));
        Use(0).Add(other.block.AsSpan(0, other.filled));
        for (var level = 0; level < other.used; level++)
            Use(level).Add(other.levels[level].Numbers.AsSpan(0, other.levels[level].Count));

        Compact();
    }

    /// <summary>Of all numbers, exact but for rounding.</summary>
    public Moments AllMoments()
    {
        var all = moments;
        all.Merge(Moments.Of(block.AsSpan(0, filled)));
        return all;
    }

    /// <summary>What is kept, with what each stands for.</summary>
    public List<(double Number, long Times)> Items()
    {
        var items = new List<(double, long)>();
        foreach (var number in block.AsSpan(0, filled))
            items.Add((number, 1));
        for (var level = 0; level < used; level++)
        {
            foreach (var number in levels[level].Numbers.AsSpan(0, levels[level].Count))
                items.Add((number, 1L << level));
        }

        return items;
    }

    private void Flush()
    {
        if (filled == 0)
            return;
        moments.Merge(Moments.Of(block.AsSpan(0, filled)));
        Use(0).Add(block.AsSpan(0, filled));
        filled = 0;
        Compact();
    }

    private Level Use(int level)
    {
        while (level >= levels.Count)
            levels.Add(new());
        used = Math.Max(used, level + 1);
        return levels[level];
    }

    private static int[] CapacitiesFromTop()
    {
        var capacities = new int[64];
        var capacity = (double)TopCapacity;
        for (var depth = 0; depth < capacities.Length; depth++, capacity *= 2.0 / 3)
            capacities[depth] = Math.Max(LeastCapacity, (int)capacity);
        return capacities;
    }

    private void Compact()
    {
        for (var level = 0; level < used; level++)
        {
            // The lowest one takes in whole blocks.
            var full = level == 0 ? TopCapacity : Capacities[used - 1 - level];
            if (levels[level].Count < full)
                continue;
            var from = levels[level];
            var numbers = from.Numbers.AsSpan(0, from.Count);
            numbers.Sort();
            var coin = (int)((Randomness.Next(seed, ((ulong)level << 32) | (uint)(from.Compactions >> 1)) >> 40) ^ (ulong)from.Compactions) & 1;
            from.Compactions++;

            // Of an odd number the first or the last one stays.
            var stays = numbers.Length & 1;
            var start = stays == 1 && coin == 1 ? 1 : 0;
            Use(level + 1).AddEverySecond(numbers[start..(numbers.Length - stays + start)], coin);
            if (stays == 1)
                from.Numbers[0] = numbers[start == 1 ? 0 : numbers.Length - 1];
            from.Count = stays;
        }
    }

    private sealed class Level
    {
        public double[] Numbers { get; private set; } = new double[64];
        public int Count { get; set; }
        public int Compactions { get; set; }

        public void Add(ReadOnlySpan<double> more)
        {
            Reserve(more.Length);
            more.CopyTo(Numbers.AsSpan(Count));
            Count += more.Length;
        }

        public void AddEverySecond(ReadOnlySpan<double> of, int from)
        {
            Reserve(of.Length / 2);
            for (var i = from; i < of.Length; i += 2)
                Numbers[Count++] = of[i];
        }

        private void Reserve(int more)
        {
            if (Numbers.Length - Count >= more)
                return;
            var larger = new double[Math.Max(Count + more, Numbers.Length * 2)];
            Numbers.AsSpan(0, Count).CopyTo(larger);
            Numbers = larger;
        }
    }
}
