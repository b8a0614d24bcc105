namespace TdmPortal.Core.Generation;

/// <summary>What a <see cref="ValueSource"/> may use while it fills, beside the row numbers.</summary>
public class FillContext
{
    /// <summary>The field's key, with the try and the array element mixed in: a cell's bits are <see cref="Randomness.Cell"/> of it and the row number.</summary>
    public ulong Key { get; set; }

    /// <summary>The values of a field referred to, in the same rows; resolved when the source was made.</summary>
    public virtual Column this[FieldReference reference] => throw new InvalidOperationException("this field refers to no other");
}
