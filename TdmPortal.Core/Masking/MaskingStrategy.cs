namespace TdmPortal.Core.Masking;

/// <summary>A ready way to mask everything that was found personal.</summary>
public enum MaskingStrategy
{
    /// <summary>Nothing leads back, not even with the key: redacted, generalised, synthetic or shuffled values.</summary>
    Anonymise,
    /// <summary>Each person stays one person under another name: consistent, keyed replacement, joins kept.</summary>
    Pseudonymise,
    /// <summary>Values become coarser: bands, prefixes, months.</summary>
    Generalise,
}
