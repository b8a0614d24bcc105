using System.Buffers;

namespace TdmPortal.Core.Generation;

/// <summary>
/// A generator made ready for one field: gives the value of any row as a pure function of the field's key and the row
/// number. Immutable and used by several threads at once; it allocates nothing while it fills.
/// </summary>
public abstract class ValueSource
{
    /// <summary>How many distinct values it can give; null when it cannot enumerate them (then the field cannot be unique, unless <see cref="IsDistinct"/>).</summary>
    public virtual UInt128? Capacity => null;

    /// <summary>Whether <see cref="Fill"/> by itself never gives two rows (below <see cref="Capacity"/>, where there is one) the same value.</summary>
    public virtual bool IsDistinct => false;

    /// <summary>Length in code points that no text exceeds; null when unknown: the engine then cuts at the field's maxLength.</summary>
    public virtual int? LongestText => null;

    /// <summary>Whether a null may come out of <see cref="Fill"/> (because a field that it reads is null).</summary>
    public virtual bool CanBeNull => false;

    /// <summary>
    /// Fills row i of <paramref name="target"/> with the value of row number <paramref name="rows"/>[i]. The column has been
    /// reset to that many rows. Rows come in any order and may repeat.
    /// </summary>
    public abstract void Fill(Column target, ReadOnlySpan<long> rows, FillContext fill);

    /// <summary>Whether its values have an order, and <see cref="FillRanks"/> gives them by their place in it.</summary>
    public virtual bool HasOrder => false;

    /// <summary>
    /// Fills row i with the value of rank <paramref name="ranks"/>[i], evenly spread between 0 and 2⁶⁴: a greater rank never has a
    /// lesser value, and the values are spread as those of <see cref="Fill"/> are.
    /// </summary>
    public virtual void FillRanks(Column target, ReadOnlySpan<ulong> ranks, FillContext fill) =>
        throw new NotSupportedException($"{GetType().Name} has no order");

    /// <summary>Fills row i with the distinct value number <paramref name="ranks"/>[i], each below <see cref="Capacity"/>.</summary>
    public virtual void FillDistinct(Column target, ReadOnlySpan<UInt128> ranks, FillContext fill) =>
        throw new NotSupportedException($"{GetType().Name} cannot enumerate its values");

    /// <summary>
    /// Fills as <see cref="Fill"/>, but no two rows alike: by default the row number goes through a keyed permutation of
    /// [0, <see cref="Capacity"/>) and the distinct value of that rank is taken. The engine has made sure that there are
    /// not more rows than that.
    /// </summary>
    public virtual void FillUnique(Column target, ReadOnlySpan<long> rows, FillContext fill)
    {
        if (IsDistinct)
        {
            Fill(target, rows, fill);
            return;
        }

        var limit = (UInt128)1 << 62;
        var size = Capacity is { } capacity && capacity < limit ? (ulong)capacity : (ulong)limit;
        var permutation = new KeyedPermutation(fill.Key, size);
        var ranks = ArrayPool<UInt128>.Shared.Rent(rows.Length);
        for (var i = 0; i < rows.Length; i++)
            ranks[i] = permutation.Map((ulong)rows[i]);
        if (Capacity is { } all && all / limit > 1)
            Spread(ranks.AsSpan(0, rows.Length), rows, fill.Key, limit, all / limit);

        FillDistinct(target, ranks.AsSpan(0, rows.Length), fill);
        ArrayPool<UInt128>.Shared.Return(ranks);
    }

    /// <summary>Ranks beyond what a permutation reaches: multiples of its size, added at random, leave the rest, which tells rows apart, as it is.</summary>
    private static void Spread(Span<UInt128> ranks, ReadOnlySpan<long> rows, ulong key, UInt128 limit, UInt128 blocks)
    {
        for (var i = 0; i < rows.Length; i++)
        {
            var random = Randomness.Cell(key, rows[i]);
            ranks[i] += new UInt128(random, Randomness.Next(random, 0)) % blocks * limit;
        }
    }
}
