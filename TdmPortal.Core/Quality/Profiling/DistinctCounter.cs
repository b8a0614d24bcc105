using System.Numerics;
using System.Runtime.CompilerServices;

namespace TdmPortal.Core.Quality.Profiling;

/// <summary>
/// How many different hashes came: counted up to <see cref="MostExact"/>, then estimated by HyperLogLog (P. Flajolet et
/// al., 2007) of 2^14 registers with the estimator of O. Ertl (2017), which needs no correction tables.
/// </summary>
internal sealed class DistinctCounter
{
    public const int MostExact = 16_384;
    /// <summary>Relative standard error of an estimate.</summary>
    public const double Error = 0.008125; // 1.04 / sqrt(2^14)

    private const int Precision = 14;
    private const int Registers = 1 << Precision;
    private const int LargestRank = 64 - Precision;
    private const double NaturalLogOfTwo = 0.693147180559945309;

    private ulong[] seen = new ulong[64];
    private int count;
    private byte[] registers = [];

    public bool IsExact { get; private set; } = true;

    public void Clear()
    {
        (count, IsExact) = (0, true);
        seen.AsSpan().Clear();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(ulong hash)
    {
        if (IsExact)
            Insert(hash);
        else
            Register(hash);
    }

    public void Merge(DistinctCounter other)
    {
        if (other.IsExact)
        {
            foreach (var hash in other.seen)
            {
                if (hash != 0)
                    Add(hash);
            }

            return;
        }

        if (IsExact)
            Estimate();
        for (var i = 0; i < Registers; i++)
            registers[i] = Math.Max(registers[i], other.registers[i]);
    }

    public long Count()
    {
        if (IsExact)
            return count;
        Span<int> ranks = stackalloc int[LargestRank + 2];
        ranks.Clear();
        foreach (var rank in registers)
            ranks[rank]++;
        var z = Registers * Tau(1 - ((double)ranks[LargestRank + 1] / Registers));
        for (var rank = LargestRank; rank >= 1; rank--)
            z = 0.5 * (z + ranks[rank]);
        z += Registers * Sigma((double)ranks[0] / Registers);
        return (long)Math.Round((double)Registers / (2 * NaturalLogOfTwo) * Registers / z);
    }

    private void Insert(ulong hash)
    {
        // 0 marks a free place.
        hash = hash == 0 ? 1 : hash;
        var at = (int)hash & (seen.Length - 1);
        for (; seen[at] != 0; at = (at + 1) & (seen.Length - 1))
        {
            if (seen[at] == hash)
                return;
        }

        if (count == MostExact)
        {
            Estimate();
            Register(hash);
            return;
        }

        seen[at] = hash;
        if (++count * 2 > seen.Length)
            Grow();
    }

    private void Grow()
    {
        var before = seen;
        seen = new ulong[before.Length * 2];
        foreach (var hash in before)
        {
            if (hash == 0)
                continue;
            var at = (int)hash & (seen.Length - 1);
            while (seen[at] != 0)
                at = (at + 1) & (seen.Length - 1);
            seen[at] = hash;
        }
    }

    private void Estimate()
    {
        IsExact = false;
        if (registers.Length == 0)
            registers = new byte[Registers];
        registers.AsSpan().Clear();
        foreach (var hash in seen)
        {
            if (hash != 0)
                Register(hash);
        }

        // Not needed any more until it is cleared for other rows.
        seen = new ulong[64];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Register(ulong hash)
    {
        ref var register = ref registers[(int)(hash >> (64 - Precision))];
        var rank = (byte)(Math.Min(BitOperations.LeadingZeroCount(hash << Precision), LargestRank) + 1);
        if (rank > register)
            register = rank;
    }

    private static double Sigma(double x)
    {
        if (x == 1)
            return double.PositiveInfinity;
        for (var (y, z) = (1.0, x); ; y += y)
        {
            x *= x;
            var before = z;
            z += x * y;
            if (z == before)
                return z;
        }
    }

    private static double Tau(double x)
    {
        if (x is 0 or 1)
            return 0;
        for (var (y, z) = (1.0, 1 - x); ;)
        {
            x = Math.Sqrt(x);
            var before = z;
            y *= 0.5;
            z -= (1 - x) * (1 - x) * y;
            if (z == before)
                return z / 3;
        }
    }
}
