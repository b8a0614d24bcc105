using System.Runtime.CompilerServices;

namespace TdmPortal.Core.Generation;

/// <summary>What a <see cref="ValueSource"/> may use while it fills, beside the row numbers.</summary>
public class FillContext
{
    /// <summary>The field's key, with the try and the array element mixed in: a cell's bits are <see cref="Randomness.Cell(ulong, long)"/> of it and the row number.</summary>
    public ulong Key { get; set; }

    /// <summary>A bit a row: rows that will be null whatever is filled in; null when there are none.</summary>
    internal ulong[]? Nulls { get; set; }

    /// <summary>Whether row i will be null whatever is filled in, so that a source may leave out the work.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsSkipped(int row) => Nulls is { } nulls && (nulls[row >> 6] & (1UL << row)) != 0;

    /// <summary>The values of a field referred to, in the same rows; resolved when the source was made.</summary>
    public virtual Column this[FieldReference reference] => throw new InvalidOperationException("this field refers to no other");
}
