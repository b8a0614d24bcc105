using System.Runtime.CompilerServices;

namespace TdmPortal.Core.Generators.Basics;

/// <summary>Draws an index by weight in constant time (A. J. Walker's alias method as M. D. Vose builds it, 1991).</summary>
internal sealed class AliasTable
{
    private readonly ulong[] keep;
    private readonly int[] other;

    /// <param name="weights">Not negative, with a sum above zero.</param>
    public AliasTable(IReadOnlyList<double> weights)
    {
        var n = weights.Count;
        keep = new ulong[n];
        other = new int[n];
        var sum = weights.Sum();
        var scaled = weights.Select(weight => weight * n / sum).ToArray();
        var (small, large) = (new Stack<int>(), new Stack<int>());
        for (var i = 0; i < n; i++)
            (scaled[i] < 1 ? small : large).Push(i);
        while (small.Count > 0 && large.Count > 0)
        {
            var (low, high) = (small.Pop(), large.Pop());
            keep[low] = (ulong)(scaled[low] * 9007199254740992.0) << 11;
            other[low] = high;
            scaled[high] -= 1 - scaled[low];
            (scaled[high] < 1 ? small : large).Push(high);
        }

        foreach (var full in small.Concat(large))
        {
            keep[full] = ulong.MaxValue;
            other[full] = full;
        }
    }

    /// <summary>The upper half of a 128-bit product picks the index, the lower half decides whether it is kept.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Pick(ulong random)
    {
        // By a mask, since a branch would often be guessed wrong; 1 : 0, since that is what the compiler makes no branch of.
        var index = (int)Math.BigMul(random, (ulong)keep.Length, out _);
        var moved = -(random * (ulong)keep.Length >= keep[index] ? 1 : 0);
        return index ^ ((index ^ other[index]) & moved);
    }
}
