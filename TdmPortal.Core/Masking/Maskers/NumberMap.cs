using TdmPortal.Core.Generation;

namespace TdmPortal.Core.Masking.Maskers;

/// <summary>
/// One-to-one and onto among the numbers below a size, and no number becomes itself: by FF1; below a million numbers, where its standard
/// allows none, by a keyed Feistel network without such a standing, under which x goes to E⁻¹(E(x) + 1), one cycle of all of them.
/// </summary>
internal sealed class NumberMap(MaskingKey key)
{
    private readonly Ff1 ff1 = key.Ff1;

    /// <summary>Where a number goes.</summary>
    /// <param name="size">2 or more; 0 stands for 2¹²⁸.</param>
    public UInt128 Map(UInt128 value, UInt128 size) => Step(value, size, forward: true);

    /// <summary>Where two numbers go, in less time than one after the other.</summary>
    /// <param name="size">2 or more.</param>
    public void Map(ref ulong one, ref ulong other, ulong size)
    {
        if (size >= Ff1.LeastDomain)
            ff1.ChangeNumbers(ref one, ref other, size);
        else
            (one, other) = ((ulong)Map(one, size), (ulong)Map(other, size));
    }

    /// <summary>What goes to a number.</summary>
    public UInt128 Invert(UInt128 value, UInt128 size) => Step(value, size, forward: false);

    /// <summary>As <see cref="Map(UInt128, UInt128)"/>, but further along the cycle to the first number that is wanted: among those it is one-to-one too.</summary>
    /// <param name="steps">How far at most.</param>
    /// <returns>Null: none was found.</returns>
    public UInt128? Map(UInt128 value, UInt128 size, Func<UInt128, bool> wanted, int steps)
    {
        if (size < Ff1.LeastDomain)
            return null;
        var at = ff1.EncryptNumber(value, size);
        for (var step = 0; step < steps; step++)
        {
            at = Next(at, size, forward: true);
            var found = ff1.DecryptNumber(at, size);
            if (wanted(found))
                return found == value ? null : found;
        }

        return null;
    }

    private UInt128 Step(UInt128 value, UInt128 size, bool forward)
    {
        if (size == 1)
            return value;
        if (size == 0 || size >= Ff1.LeastDomain)
            return forward ? ff1.ChangeNumber(value, size) : ff1.RestoreNumber(value, size);
        var small = new KeyedPermutation((ulong)key.Number(size), (ulong)size);
        return small.Invert((ulong)Next(small.Map((ulong)value), size, forward));
    }

    private static UInt128 Next(UInt128 value, UInt128 size, bool forward) => forward
        ? value == unchecked(size - 1) ? 0 : value + 1
        : value == 0 ? unchecked(size - 1) : value - 1;
}
