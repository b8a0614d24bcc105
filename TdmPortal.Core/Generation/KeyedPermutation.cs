using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace TdmPortal.Core.Generation;

/// <summary>
/// A bijection of [0, n) chosen by a key, both ways in constant time and without a table: an alternating Feistel
/// network over a × 2ᵏ ≥ n with a and 2ᵏ near √n (Black and Rogaway, "Ciphers with arbitrary finite domains"), walked
/// again in the rare case that it leaves [0, n).
/// </summary>
[StructLayout(LayoutKind.Auto)]
public readonly struct KeyedPermutation
{
    private const int Rounds = 6;
    private readonly ulong key;
    private readonly ulong size;
    private readonly ulong left;
    private readonly int rightBits;

    /// <summary>A permutation of [0, <paramref name="size"/>).</summary>
    /// <param name="size">1 to 2⁶³.</param>
    public KeyedPermutation(ulong key, ulong size)
    {
        ArgumentOutOfRangeException.ThrowIfZero(size);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, 1UL << 63);
        this.key = key;
        this.size = size;
        rightBits = (64 - BitOperations.LeadingZeroCount(size - 1)) / 2;
        left = ((size - 1) >> rightBits) + 1;
    }

    private KeyedPermutation(KeyedPermutation shape, ulong key)
    {
        this = shape;
        this.key = key;
    }

    /// <summary>Another permutation of as many values.</summary>
    public KeyedPermutation WithKey(ulong other) => new(this, other);

    /// <summary>How many values it permutes.</summary>
    public ulong Size => size;

    /// <summary>Where <paramref name="value"/> goes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Map(ulong value)
    {
        do
            value = Forward(value);
        while (value >= size);
        return value;
    }

    /// <summary>What goes to <paramref name="value"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Invert(ulong value)
    {
        do
            value = Backward(value);
        while (value >= size);
        return value;
    }

    /// <summary>Where each of several values goes, <paramref name="offset"/> taken off each: four at a time.</summary>
    public void Map(ReadOnlySpan<long> values, long offset, Span<long> into)
    {
        var i = 0;
        if (Vector256.IsHardwareAccelerated && left <= uint.MaxValue)
        {
            for (; i <= values.Length - 4; i += 4)
                ForwardFour(Vector256.Create(values[i..]) - Vector256.Create(offset)).CopyTo(into[i..]);

            // Few leave [0, n), and they are walked again one by one.
            for (var at = 0; at < i; at++)
            {
                if ((ulong)into[at] >= size)
                    into[at] = (long)Map((ulong)into[at]);
            }
        }

        for (; i < values.Length; i++)
            into[i] = (long)Map((ulong)(values[i] - offset));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector256<long> ForwardFour(Vector256<long> values)
    {
        var mask = Vector256.Create((1UL << rightBits) - 1);
        var bound = Vector256.Create(left);
        var (l, r) = (values.AsUInt64() >>> rightBits, values.AsUInt64() & mask);
        var k = key;
        for (var round = 0; round < Rounds; round += 2)
        {
            l += Randomness.Bounded(Round(r, k), left);
            l -= bound & Vector256.GreaterThanOrEqual(l.AsInt64(), bound.AsInt64()).AsUInt64();
            k = NextKey(k);
            r = (r + (Round(l, k) >>> 17)) & mask;
            k = NextKey(k);
        }

        return ((l << rightBits) | r).AsInt64();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> Round(Vector256<ulong> half, ulong key)
    {
        var x = (half ^ Vector256.Create(key)) * Vector256.Create(0x9FB21C651E98DF25UL);
        return (x ^ (x >>> 32)) * Vector256.Create(0xD6E8FEB86659FD93UL);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong NextKey(ulong k) => (k * 0x5851F42D4C957F2D) + 0x14057B7EF767814F;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Round(ulong half, ulong key)
    {
        var x = (half ^ key) * 0x9FB21C651E98DF25;
        x ^= x >> 32;
        return x * 0xD6E8FEB86659FD93;
    }

    /// <summary>Back below <see cref="left"/>, without a branch, which would be guessed wrong every other time; both are below 2⁶³.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ulong Wrap(ulong l) => l - (left & (ulong)((long)(left - 1 - l) >> 63));

    private ulong Forward(ulong value)
    {
        var mask = (1UL << rightBits) - 1;
        var (l, r) = (value >> rightBits, value & mask);
        var k = key;
        for (var round = 0; round < Rounds; round += 2)
        {
            l = Wrap(l + Math.BigMul(Round(r, k), left, out _));
            k = NextKey(k);
            r = (r + (Round(l, k) >> 17)) & mask;
            k = NextKey(k);
        }

        return (l << rightBits) | r;
    }

    private ulong Backward(ulong value)
    {
        var mask = (1UL << rightBits) - 1;
        var (l, r) = (value >> rightBits, value & mask);
        var k1 = NextKey(key);
        var k2 = NextKey(k1);
        var k3 = NextKey(k2);
        var k4 = NextKey(k3);
        var k5 = NextKey(k4);
        BackwardTwo(ref l, ref r, k4, k5, mask);
        BackwardTwo(ref l, ref r, k2, k3, mask);
        BackwardTwo(ref l, ref r, key, k1, mask);
        return (l << rightBits) | r;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void BackwardTwo(ref ulong l, ref ulong r, ulong first, ulong second, ulong mask)
    {
        r = (r - (Round(l, second) >> 17)) & mask;
        l -= Math.BigMul(Round(r, first), left, out _);
        l += left & (ulong)((long)l >> 63);
    }
}
