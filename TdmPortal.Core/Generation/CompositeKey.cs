namespace TdmPortal.Core.Generation;

/// <summary>
/// A field's part in a key of several: the row (or the child's place within its parent) goes through a keyed permutation
/// of all combinations, of which this field takes one digit. Where keys overlap, either all share a core, whose fields
/// take the low digits, and each key tells the rest apart by its own fields; or each field takes the value of one
/// polynomial at a point of its own, of which any few determine the whole (a Reed–Solomon code).
/// </summary>
/// <param name="Key">Shared by the fields of the key.</param>
/// <param name="Within">Set where a parent is part of the key: combinations are counted anew in each.</param>
/// <param name="Size">Combinations in all.</param>
/// <param name="Divisor">Combinations of the fields before this one.</param>
/// <param name="Capacity">Values of this field.</param>
internal sealed record CompositeKey(ulong Key, LinkNode? Within, ulong Size, ulong Divisor, ulong Capacity)
{
    /// <summary>Set where the digit is not of the combination but of what is left of it without the shared core: size of the core, then key and size of a permutation of the rest.</summary>
    public (ulong Core, ulong Key, ulong Size)? Rest { get; init; }

    /// <summary>Set where the value is a polynomial's: a prime, how many coefficients, and this field's point.</summary>
    public (ulong Prime, int Terms, ulong Point)? Code { get; init; }

    /// <summary>This field's rank in each row.</summary>
    public void Ranks(ReadOnlySpan<long> rows, Span<UInt128> ranks)
    {
        var permutation = new KeyedPermutation(Key, Size);
        for (var i = 0; i < rows.Length; i++)
            ranks[i] = Rank(Combination(permutation, rows[i]));
    }

    private ulong Combination(KeyedPermutation permutation, long row)
    {
        if (Within is null)
            return permutation.Map((ulong)row);
        var parent = Within.Link.ParentOrNone(row);

        // Without a parent the key has a null, which never collides.
        return parent < 0 ? permutation.Map((ulong)row % Size) : permutation.WithKey(Randomness.Cell(Key, parent)).Map((ulong)Within.Link.SeniorityOf(row));
    }

    private ulong Rank(ulong combination)
    {
        if (Rest is { } rest)
            return new KeyedPermutation(rest.Key, rest.Size).Map(combination / rest.Core) / Divisor % Capacity;
        if (Code is not { } code)
            return combination / Divisor % Capacity;
        ulong value = 0, power = 1;
        for (var term = 0; term < code.Terms; term++)
        {
            value = (value + (combination % code.Prime * power)) % code.Prime;
            combination /= code.Prime;
            power = power * code.Point % code.Prime;
        }

        return new KeyedPermutation(Key ^ code.Point, Capacity).Map(value);
    }
}
