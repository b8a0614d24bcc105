using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Text;

namespace TdmPortal.Core.Generation;

/// <summary>
/// Randomness without state: a cell's 64 bits are a mix of a key (seed, entity, field) and the row number, so any
/// row, range, thread and machine sees the same.
/// </summary>
public static class Randomness
{
    private const ulong Golden = 0x9E3779B97F4A7C15;

    /// <summary>A bijection of 64 bits in which each bit of the input moves about half of the output (the "moremur" finaliser of P. Evensen).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Mix(ulong x)
    {
        x ^= x >> 27;
        x *= 0x3C79AC492BA7B653;
        x ^= x >> 33;
        x *= 0x1C69B3F74AC4AE35;
        x ^= x >> 27;
        return x;
    }

    /// <summary>The 64 random bits of a row under a key. For one key it is a bijection of the row number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Cell(ulong key, long row) => Mix(((ulong)row * Golden) ^ key);

    /// <summary>As <see cref="Cell(ulong, long)"/>, of four rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector256<ulong> Cell(ulong key, Vector256<long> rows)
    {
        var x = (rows.AsUInt64() * Vector256.Create(Golden)) ^ Vector256.Create(key);
        x ^= x >>> 27;
        x *= Vector256.Create(0x3C79AC492BA7B653UL);
        x ^= x >>> 33;
        x *= Vector256.Create(0x1C69B3F74AC4AE35UL);
        return x ^ (x >>> 27);
    }

    /// <summary>As <see cref="Bounded(ulong, ulong)"/>, of four draws and a bound of at most 2³².</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector256<ulong> Bounded(Vector256<ulong> random, ulong bound)
    {
        var low = ((random & Vector256.Create(0xFFFFFFFFUL)) * Vector256.Create(bound)) >>> 32;
        return (((random >>> 32) * Vector256.Create(bound)) + low) >>> 32;
    }

    /// <summary>A further, independent draw from the same cell: <paramref name="draw"/> numbers them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Next(ulong cell, ulong draw) => Mix(cell + ((draw + 1) * 0xD1342543DE82EF95));

    /// <summary>A key made of another and a number.</summary>
    public static ulong Derive(ulong key, ulong number) => Mix(Mix(key + Golden) ^ (number * 0xA0761D6478BD642F) ^ 0xE7037ED1A0B428DB);

    /// <summary>A key made of another and a name.</summary>
    public static ulong Derive(ulong key, string name)
    {
        var bytes = Encoding.UTF8.GetBytes(name);
        var state = Derive(key, (ulong)bytes.Length);
        foreach (var b in bytes)
            state = Mix(state ^ b) + Golden;
        return Mix(state);
    }

    /// <summary>Maps 64 random bits to [0, <paramref name="bound"/>), the bias being below bound ÷ 2⁶⁴.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Bounded(ulong random, ulong bound) => Math.BigMul(random, bound, out _);

    /// <summary>Maps 64 random bits to [0, 1) on a grid of 2⁻⁵³.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Unit(ulong random) => (random >> 11) * (1.0 / (1UL << 53));

    /// <summary>The bound below which 64 random bits fall in <paramref name="percent"/> of cases; compare with <see cref="Below"/>.</summary>
    public static ulong Threshold(double percent) => percent >= 100 ? ulong.MaxValue : percent <= 0 ? 0 : (ulong)(percent / 100 * 18446744073709551616.0);

    /// <summary>Whether 64 random bits fall below a <see cref="Threshold"/>; all do at 100 percent.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Below(ulong random, ulong threshold) => random < threshold || threshold == ulong.MaxValue;
}
