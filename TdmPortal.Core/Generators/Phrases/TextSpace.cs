namespace TdmPortal.Core.Generators.Phrases;

/// <summary>
/// A finite set of texts: it can be counted, any member can be written by its rank, and a random one by the bits of a
/// cell. Word lists, digits, patterns and whatever is put together from them are text spaces, so that capacity,
/// <c>unique</c> and <c>maxLength</c> are solved once for all of them.
/// </summary>
internal abstract class TextSpace
{
    /// <summary>How many ranks there are; <see cref="UInt128.MaxValue"/> stands for that many or more.</summary>
    public abstract UInt128 Count { get; }

    /// <summary>Room in bytes that a write may need.</summary>
    public abstract int MaxBytes { get; }

    /// <summary>Code points of the longest member.</summary>
    public abstract int MaxLength { get; }

    /// <summary>Writes a random member, returns its bytes.</summary>
    public abstract int Write(ref Draw draw, Span<byte> target);

    /// <summary>Writes the member of that rank, returns its bytes.</summary>
    public abstract int WriteRanked(UInt128 rank, Span<byte> target);

    /// <summary>The members of at most so many code points (perhaps not all of them, but only such); null when there are none.</summary>
    public virtual TextSpace? Within(int maxLength) => MaxLength <= maxLength ? this : null;

    /// <summary>A part of it in which different ranks are different texts.</summary>
    public virtual TextSpace Distinct() => this;

    /// <summary>Whether a byte can occur in a member.</summary>
    public abstract bool Contains(byte value);

    /// <summary>The members in which a byte does not occur; null when there are none.</summary>
    public virtual TextSpace? Without(byte value) => Contains(value) ? null : this;

    /// <summary>Whether all members have the same number of bytes.</summary>
    public abstract bool IsFixedSize { get; }

    /// <summary>a × b, held at the greatest value.</summary>
    public static UInt128 Times(UInt128 a, UInt128 b) => a == 0 || b == 0 ? 0 : a > UInt128.MaxValue / b ? UInt128.MaxValue : a * b;

    /// <summary>a + b, held at the greatest value.</summary>
    public static UInt128 Plus(UInt128 a, UInt128 b) => a > UInt128.MaxValue - b ? UInt128.MaxValue : a + b;
}
