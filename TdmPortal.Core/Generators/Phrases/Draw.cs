using System.Runtime.CompilerServices;

namespace TdmPortal.Core.Generators.Phrases;

/// <summary>
/// The random numbers of one cell, one after another: SplitMix64 (Steele, Lea, Flood 2014) started from the cell's own
/// 64 bits, so that a cell may use as many as it needs without touching its neighbours.
/// </summary>
internal struct Draw(ulong cell)
{
    private ulong state = cell;

    /// <summary>The next 64 bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Next() => Mix(state += 0x9E3779B97F4A7C15);

    /// <summary>Leaves out so many numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Skip(ulong numbers) => state += numbers * 0x9E3779B97F4A7C15;

    /// <summary>0 to n-1, each equally likely to within n/2^64.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Below(ulong n) => Math.BigMul(Next(), n, out _);

    /// <summary>0 to n-1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Below(int n) => (int)(((Next() >> 32) * (uint)n) >> 32);

    /// <summary>low to high, both included.</summary>
    public int Between(int low, int high) => low + Below(high - low + 1);

    /// <summary>In [0, 1), 53 bits.</summary>
    public double Unit() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>The finalizer of SplitMix64: every bit of the result depends on every bit given.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
