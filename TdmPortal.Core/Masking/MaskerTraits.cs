namespace TdmPortal.Core.Masking;

/// <summary>What a masker promises; the plan, the proof after a run and the documentation go by it.</summary>
[Flags]
public enum MaskerTraits
{
    /// <summary>Nothing of these.</summary>
    None = 0,
    /// <summary>The same value becomes the same value wherever it stands, under one key.</summary>
    Consistent = 1,
    /// <summary>Different values (in canonical form) become different values, so keys stay unique.</summary>
    OneToOne = 2,
    /// <summary>The form stays: length, separators, check digits, kind of characters.</summary>
    KeepsForm = 4,
    /// <summary>Somebody who has the key can find the original.</summary>
    Reversible = 8,
    /// <summary>A value may become itself, so the proof compares it no row by row (shuffle, generalise, clamp).</summary>
    MayKeepValue = 16,
    /// <summary>Looks at all rows of the column before it masks the first (shuffle, rank, noise with its mean kept).</summary>
    LooksAtAllRows = 32,
    /// <summary>Nothing of the original can be seen or worked out from it, even with the key.</summary>
    Forgets = 64,
}
