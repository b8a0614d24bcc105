namespace TdmPortal.Core.Generation;

/// <summary>
/// A field's part in a key of several: the row (or the child's place within its parent) goes through a keyed permutation
/// of all combinations, of which this field takes one digit.
/// </summary>
/// <param name="Key">Shared by the fields of the key.</param>
/// <param name="Within">Set where a parent is part of the key: combinations are counted anew in each.</param>
/// <param name="Size">Combinations in all.</param>
/// <param name="Divisor">Combinations of the fields before this one.</param>
/// <param name="Capacity">Values of this field.</param>
internal sealed record CompositeKey(ulong Key, LinkNode? Within, ulong Size, ulong Divisor, ulong Capacity)
{
    /// <summary>This field's rank in each row.</summary>
    public void Ranks(ReadOnlySpan<long> rows, Span<UInt128> ranks)
    {
        var permutation = new KeyedPermutation(Key, Size);
        for (var i = 0; i < rows.Length; i++)
        {
            var combination = Within is null
                ? permutation.Map((ulong)rows[i])
                : permutation.WithKey(Randomness.Cell(Key, Within.Link.ParentOf(rows[i]))).Map((ulong)Within.Link.OrdinalOf(rows[i]));
            ranks[i] = combination / Divisor % Capacity;
        }
    }
}
